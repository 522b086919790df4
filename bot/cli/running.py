"""The bot in a real workspace, from its settings until it is asked to stop."""

import gc
import os

import typer

from bot.bootstrap import RunningBot, running
from bot.cli.serving import quick_loop, serve
from bot.config import HttpSettings, Settings
from bot.log import set_up_logging

_SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SMTP_URL")


def run_bot(*, http: bool, host: str | None) -> None:
    """Run it, over signed HTTP at this address or over Socket Mode.

    Raises:
        ConfigurationError: a setting is missing or wrong, or Slack does not take a token.
    """
    settings = _settings(http=http, host=host)
    set_up_logging(settings.log_format)
    # They are read once. Left in the environment, Bolt would find one there too and warn of a second token.
    for variable in _SECRETS:
        os.environ.pop(variable, None)
    typer.echo(f"Database: {settings.database_place}")

    def started(bot: RunningBot) -> None:
        # What is here by now stays: to look for garbage among all the modules stops the bot for a tenth of a
        # second each time.
        gc.freeze()
        if bot.address is not None:
            typer.echo(f"Listening for Slack's requests on {bot.address}.")
        typer.echo(
            f"Connected to the workspace {bot.workspace_id}. Type /family in Slack; Ctrl-C stops the bot."
        )

    serve(
        lambda: running(settings, warms_up=True),
        on_start=started,
        lost=lambda bot: bot.lost() if bot.lost is not None else None,
        loop_factory=quick_loop,
    )
    typer.echo("Stopped; everything that was under way is done.")


def _settings(*, http: bool, host: str | None) -> Settings | HttpSettings:
    if not http:
        if host is not None:
            raise typer.BadParameter("only with --http does the bot listen", param_hint="--host")
        return Settings.from_environment()
    return HttpSettings.from_environment() if host is None else HttpSettings.from_environment(host=host)
