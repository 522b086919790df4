"""`kinward check`: whether everything is in place, before anybody waits for an answer."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.checks.finding import State
from bot.cli.uncollected import uncollected
from bot.config import LogFormat
from bot.log import set_up_logging

_MARKS = {
    State.GOOD: ("\N{CHECK MARK}", "green"),
    State.NOTE: ("!", "yellow"),
    State.WRONG: ("\N{BALLOT X}", "red"),
}
_WIDTH = 16


def check(
    *,
    http: Annotated[bool, typer.Option("--http", help="For `run --http` and not for Socket Mode.")] = False,
) -> None:
    """Check the settings, tokens, scopes, Home, clock, database and versions: a line each.

    Nothing is changed by it. Ends with 0 where nothing is wrong, else with 1.
    """
    set_up_logging(LogFormat.CONSOLE)
    with uncollected():
        from bot.checks.everything import check_everything  # noqa: PLC0415 - Alembic with it, which no other command needs

    console = Console(highlight=False)
    findings = asyncio.run(check_everything(http=http))
    for finding in findings:
        mark, style = _MARKS[finding.state]
        line = Text.assemble((mark, style), " ", (finding.what.ljust(_WIDTH), "bold"), finding.told)
        console.print(line, soft_wrap=True)
    wrong = sum(finding.state is State.WRONG for finding in findings)
    if wrong:
        console.print(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
        raise typer.Exit(1)
    console.print("Nothing is wrong.")
