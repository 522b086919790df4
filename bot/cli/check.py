"""`kinward check`: whether everything is in place, before anybody waits for an answer."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.bootstrap import slack_client
from bot.checks.database import check_database
from bot.checks.finding import Finding, State
from bot.checks.slack import check_bot, check_socket
from bot.checks.versions import check_versions
from bot.config import HttpSettings, LogFormat, PracticeSettings, Settings, SlackSettings
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
    console = Console(highlight=False)
    findings = asyncio.run(_findings(http=http))
    for finding in findings:
        mark, style = _MARKS[finding.state]
        line = Text.assemble((mark, style), " ", (finding.what.ljust(_WIDTH), "bold"), finding.told)
        console.print(line, soft_wrap=True)
    wrong = sum(finding.state is State.WRONG for finding in findings)
    if wrong:
        console.print(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
        raise typer.Exit(1)
    console.print("Nothing is wrong.")


async def _findings(*, http: bool) -> list[Finding]:
    kind = HttpSettings if http else Settings
    mistakes = kind.mistakes()
    found = [Finding(what="Settings", state=State.WRONG, told=mistake) for mistake in mistakes]
    if not SlackSettings.mistakes():
        settings = SlackSettings.from_environment()
        found += await check_bot(slack_client(settings, settings.slack_bot_token.get_secret_value()))
    if not mistakes:
        found.append(await _entrance(http=http))
    if not PracticeSettings.mistakes():
        found.append(await check_database(PracticeSettings.from_environment().database_url))
    return [*found, check_versions()]


async def _entrance(*, http: bool) -> Finding:
    """Look at what lets Slack's payloads in."""
    if http:
        # Slack never says whether a secret is the right one; its first request will.
        told = "set; whether it is this app's shows when Slack verifies the address on Event Subscriptions"
        return Finding(what="Signing secret", state=State.NOTE, told=told)
    settings = Settings.from_environment()
    return await check_socket(slack_client(settings, settings.slack_app_token.get_secret_value()))
