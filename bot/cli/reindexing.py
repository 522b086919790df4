"""`kinward clients reindex`: rebuilding what clients are found by."""

import asyncio
from typing import Annotated

import typer

from bot.cli.workspace import workspace_in
from bot.config import PracticeSettings
from bot.log import set_up_logging
from bot.without_slack import opened_database


def reindex(
    *,
    workspace: Annotated[
        str | None,
        typer.Option(
            help="The id of the Slack workspace, T...; needed where the database has not exactly one."
        ),
    ] = None,
) -> None:
    """Rebuild what clients are found by. Every save keeps it right; this mends it where it is broken.

    Staff can go on working meanwhile. Broken off, it is simply started again.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    done = asyncio.run(_reindex(settings, workspace))
    typer.echo(f"{done:,} clients are found by what they are now.")


async def _reindex(settings: PracticeSettings, workspace: str | None) -> int:
    done = [0]
    async with opened_database(settings.database_url) as database:
        await database.reindex(await workspace_in(database, workspace), told=done.append)
    return done[-1]
