"""The command line: one small file a command."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.commands import Commands

app = typer.Typer(
    cls=Commands,
    name="kinward",
    help="Kinward: each client's family and contacts, kept straight by the staff of a practice from Slack.",
    no_args_is_help=True,
    add_completion=False,
    # Typer's own tracebacks print the values of variables, which may be a client's.
    pretty_exceptions_enable=False,
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - needed only where it is asked for

        typer.echo(f"Kinward {version('kinward')}")
        raise typer.Exit


@app.callback()
def kinward(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    """Do what the command says that follows."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; whatever goes wrong is told in one sentence, and never by a traceback.

    Args:
        arguments: what follows the program's name; what was typed unless given.

    Raises:
        SystemExit: always; 0 done, 1 not done, 2 misused.
    """
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kinward")
    except Exception as error:  # noqa: BLE001 - the last net: people at a terminal get a sentence too
        from bot.cli.outcome import sentence_about  # noqa: PLC0415 - needed only where something goes wrong

        typer.echo(sentence_about(error), err=True)
        raise SystemExit(1) from None
