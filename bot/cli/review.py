"""What an import brought in and staff have still to look at, in lines."""

import asyncio
from collections.abc import Iterator

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


def lines_of_review(workspace: str | None) -> Iterator[str]:
    """Read what there is and return it in lines."""
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    return _told(asyncio.run(_review(settings, workspace)))


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
