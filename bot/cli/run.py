"""`kinward run`: the bot in a real workspace."""

from typing import Annotated

import typer

from bot.cli.uncollected import uncollected


def run(
    *,
    http: Annotated[
        bool, typer.Option("--http", help="Listen for Slack's signed requests on PORT instead.")
    ] = False,
    host: Annotated[
        str | None,
        typer.Option(help="With --http: the address to listen on; all of this machine's unless given."),
    ] = None,
) -> None:
    """Run the bot: it connects to Slack over Socket Mode and stays until it is asked to stop.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN have to be set; DATABASE_URL says where the data is kept. With --http
    it is SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, and Slack calls the bot at POST /slack/events on PORT
    (3000), by way of a proxy of yours that speaks https; GET /health says that it is up.
    """
    with uncollected():
        from bot.cli.running import run_bot  # noqa: PLC0415 - who only reads the help need not wait for Slack's libraries

    run_bot(http=http, host=host)
