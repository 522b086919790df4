"""`kinward clients review`: what an import brought in and staff have still to look at."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.client import Client
from bot.domain.person import Person
from bot.domain.staff import Surface
from bot.log import set_up_logging
from bot.roster_building import build_review
from bot.services.roster.review import ToReview
from bot.without_slack import opened_database

MOST_LISTED = 500


def review(
    *,
    workspace: Annotated[
        str | None,
        typer.Option(
            help="The id of the Slack workspace, T...; needed where the database has not exactly one."
        ),
    ] = None,
) -> None:
    """List whose e-mails are shared although nobody is on record as having agreed.

    They are shared all the same: say in Slack who agreed, or switch it off.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    for line in _told(asyncio.run(_review(settings, workspace))):
        typer.echo(line)


async def _review(settings: PracticeSettings, workspace: str | None) -> ToReview:
    async with opened_database(settings.database_url) as database:
        actor = await actor_in(database, workspace, Surface.COMMAND_LINE)
        return await build_review(database, settings).sharing(actor, limit=MOST_LISTED)


def _told(found: ToReview) -> Iterator[str]:
    if not found.total:
        yield "Of all e-mails that are shared it is known who agreed."
    for each in found.first:
        command = f"/family share {each.client.details.own_id or each.client.name}"
        yield f"E-mails of {_named(each.client)} also go to {_named(each.recipient)}: {command}"
    if found.total > len(found.first):
        yield f"... and {found.total - len(found.first):,} more."


def _named(person: Client | Person) -> str:
    own_id = person.details.own_id if isinstance(person, Client) else ""
    return f"{person.name} ({own_id})" if own_id else person.name
