"""`kinward playground`: the whole thing on this machine, without a Slack workspace."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import platformdirs
import typer
from rich.console import Console
from rich.panel import Panel
from rich.progress import Progress, TaskID
from rich.text import Text

from bot.cli.serving import serve
from bot.cli.uncollected import uncollected
from bot.config import PracticeSettings
from bot.log import set_up_logging

if TYPE_CHECKING:
    from bot.playground.playground import Playground

DEFAULT_PORT = 8080
MOST_CLIENTS = 5_000_000
"""More than any practice has; a database of them takes some gigabytes."""

MANY = 300_000
"""From here on it is more than seconds until they are in."""


def playground(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the page is.")] = DEFAULT_PORT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the practice away and begin anew.")] = False,
    clients: Annotated[
        int,
        typer.Option(
            min=0,
            max=MOST_CLIENTS,
            help="How many clients there are besides, without families: find anyone among 1000000.",
        ),
    ] = 0,
    data_dir: Annotated[
        Path | None,
        typer.Option(help="Where the practice is kept between starts; your user's data folder unless given."),
    ] = None,
) -> None:
    """Play with the bot in a browser: a local Slack, a made-up practice, nothing leaves this machine."""
    with uncollected():
        from bot.playground.kept import Kept  # noqa: PLC0415 - see below
        from bot.playground.playground import playing  # noqa: PLC0415 - a Slack and a practice, for this command alone

    set_up_logging(PracticeSettings.from_environment().log_format)
    folder = data_dir or platformdirs.user_data_path("kinward") / "playground"
    console = Console(highlight=False)

    def started(running: "Playground") -> None:
        console.print(_invitation(running, folder))

    progress = Progress(console=console, transient=True)

    def entered() -> "AbstractAsyncContextManager[Playground]":
        # Said when Ctrl-C is listened for, and not a moment before.
        if fresh or not Kept(folder, crowd=clients).has_practice:
            takes = "a minute or two" if clients >= MANY else "some seconds"
            console.print(f"Making up a practice; this takes {takes}.", style="dim")
            if clients:
                progress.start()
                progress.add_task("Clients come in", total=clients)
        return playing(folder.absolute(), port=port, fresh=fresh, crowd=clients, told=told, warms_up=True)

    def told(done: int) -> None:
        progress.update(TaskID(0), completed=done)
        if done == clients:
            progress.stop()
            console.print("Everybody is in; now they are sorted.", style="dim")

    serve(entered, on_start=started)
    console.print("Stopped. The practice is kept for the next time.")


def _ways_in(running: "Playground") -> Iterator[str | tuple[str, str]]:
    """Yield how e-mails come in otherwise than from the page."""
    if running.bot.mail is not None:
        yield "\nHand in e-mail at "
        yield (f"127.0.0.1:{running.bot.mail.port}", "bold")
        yield ", or with the command line over\n"
        yield (f"DATABASE_URL={running.database_url}", "bold")


def _invitation(running: "Playground", folder: Path) -> Panel:
    practice = "a new practice" if running.is_new else "the practice as you left it (--fresh begins anew)"
    text = Text.assemble(
        "Open  ",
        (running.slack.page_url, "bold underline"),
        f"\n\nwith {practice}, kept in\n{folder}\n\n",
        "Try  ",
        ("/family show K-1005", "bold"),
        *_ways_in(running),
        "\nCtrl-C stops it.",
    )
    return Panel(text, title="Kinward playground", expand=False, padding=(1, 2))
