"""What a command needs that does not talk to Slack: the database, and what moves the roster in and out.

Beside `bootstrap`, whose libraries for Slack take a second to import.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.config import ConfigurationError, PracticeSettings
from bot.services.roster.exporting import RosterExport
from bot.services.roster.importing import RosterImport
from bot.services.roster.review import RosterReview
from bot.services.roster.takings import every_kind
from storage.database import Database


@asynccontextmanager
async def opened_database(url: str) -> AsyncIterator[Database]:
    """Open the database with its tables as this version needs them, and close it at the end.

    Raises:
        ConfigurationError: its history was written with an audit key that is not here.
    """
    key = PracticeSettings.from_environment(database_url=url).audit_key
    database = Database.open(url, audit_key=key.get_secret_value() if key else None)
    try:
        await database.migrate()
        if not await database.has_audit_key():
            raise ConfigurationError(
                "The history in this database was written with another audit key: set KINWARD_AUDIT_KEY as "
                f"it was, or put the file {database.trail.files.key} back."
            )
        yield database
    finally:
        await database.close()


def build_roster_import(database: Database, settings: PracticeSettings) -> RosterImport:
    """Return what takes files of the roster in, with every kind of row."""
    return RosterImport(
        storage=database,
        clock=SystemClock(settings.timezone),
        new_id=new_ulid,
        takings=every_kind(),
        region=settings.region,
        settle=database.settle,
    )


def build_review(database: Database, settings: PracticeSettings) -> RosterReview:
    """Return what lists what staff still have to look at."""
    clock = SystemClock(settings.timezone)
    return RosterReview(storage=database, clock=clock, new_id=new_ulid, region=settings.region)


def build_roster_export(database: Database, settings: PracticeSettings) -> RosterExport:
    """Return what takes families out."""
    clock = SystemClock(settings.timezone)
    return RosterExport(storage=database, clock=clock, new_id=new_ulid, region=settings.region)
