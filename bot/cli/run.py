"""`kinward run`: the bot in a real workspace."""

import os

import typer

from bot.bootstrap import RunningBot, running
from bot.cli.serving import serve
from bot.config import Settings
from bot.log import set_up_logging


def run() -> None:
    """Run the bot: it connects to Slack over Socket Mode and stays until it is asked to stop.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN have to be set; DATABASE_URL says where the data is kept.
    """
    settings = Settings.from_environment()
    set_up_logging(settings.log_format)
    # They are read once. Left in the environment, Bolt would find one there too and warn of a second token.
    for variable in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        os.environ.pop(variable, None)
    typer.echo(f"Database: {settings.database_place}")

    def started(bot: RunningBot) -> None:
        typer.echo(
            f"Connected to the workspace {bot.workspace_id}. Type /family in Slack; Ctrl-C stops the bot."
        )

    serve(lambda: running(settings), on_start=started)
    typer.echo("Stopped; everything that was under way is done.")
