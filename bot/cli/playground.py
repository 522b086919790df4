"""`kinward playground`: the whole thing on this machine, without a Slack workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import platformdirs
import typer
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.cli.serving import serve
from bot.config import PracticeSettings
from bot.log import set_up_logging

if TYPE_CHECKING:
    from bot.playground.playground import Playground

DEFAULT_PORT = 8080


def playground(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the page is.")] = DEFAULT_PORT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the practice away and begin anew.")] = False,
    data_dir: Annotated[
        Path | None,
        typer.Option(help="Where the practice is kept between starts; your user's data folder unless given."),
    ] = None,
) -> None:
    """Play with the bot in a browser: a local Slack, a made-up practice, nothing leaves this machine."""
    from bot.playground.kept import Kept  # noqa: PLC0415 - see below
    from bot.playground.playground import playing  # noqa: PLC0415 - a Slack and a practice, for this command alone

    set_up_logging(PracticeSettings.from_environment().log_format)
    folder = data_dir or platformdirs.user_data_path("kinward") / "playground"
    console = Console(highlight=False)

    def started(running: "Playground") -> None:
        console.print(_invitation(running, folder))

    if fresh or not Kept(folder).has_practice:
        console.print("Making up a practice; this takes some seconds.", style="dim")
    serve(lambda: playing(folder.absolute(), port=port, fresh=fresh), on_start=started)
    console.print("Stopped. The practice is kept for the next time.")


def _invitation(running: "Playground", folder: Path) -> Panel:
    practice = "a new practice" if running.is_new else "the practice as you left it (--fresh begins anew)"
    text = Text.assemble(
        "Open  ",
        (running.slack.page_url, "bold underline"),
        f"\n\nwith {practice}, kept in\n{folder}\n\n",
        "Try  ",
        ("/family show K-1005", "bold"),
        "\nCtrl-C stops it.",
    )
    return Panel(text, title="Kinward playground", expand=False, padding=(1, 2))
