"""What moves the roster in and out, put together; the running bot needs none of it."""

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.config import PracticeSettings
from bot.services.roster.exporting import RosterExport
from bot.services.roster.importing import RosterImport
from bot.services.roster.pace import Pace
from bot.services.roster.review import RosterReview
from bot.services.roster.takings import every_kind
from storage.database import Database


def build_roster_import(database: Database, settings: PracticeSettings) -> RosterImport:
    """Return what takes files of the roster in, with every kind of row."""
    return RosterImport(
        storage=database,
        clock=SystemClock(settings.timezone),
        new_id=new_ulid,
        takings=every_kind(),
        region=settings.region,
        pace=Pace() if database.has_one_writer else Pace(breath=0),
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
