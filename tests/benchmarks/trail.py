"""What the record of who did what costs: a look with its entry, against the look alone."""

from datetime import UTC
from time import perf_counter

from bot.adapters.later_entries import SoonWritten
from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.ids import StaffId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.services.audit import Audit
from bot.services.relationships import Relationships
from storage.database import Database
from tests.benchmarks.figures import Finding, Target, compared
from tests.benchmarks.practice import FAMILIES, SMALL_FAMILY
from tests.databases import WORKSPACE

_ROUNDS = 5
_LOOKS = 200


async def looks(database: Database) -> list[Finding]:
    """Measure cards with and without their entries; the writing counts in full, though nobody waits."""
    clock = SystemClock(UTC)
    audit = Audit(storage=database, clock=clock, later=SoonWritten(storage=database))
    silent = Relationships(storage=database, clock=clock, new_id=new_ulid)
    watched = Relationships(storage=database, clock=clock, new_id=new_ulid, audit=audit)
    mine, theirs = [], []
    for number in range(_ROUNDS):
        theirs.append(await _milliseconds(silent, number, audit))
        mine.append(await _milliseconds(watched, number, audit))
    entries = [one - other for one, other in zip(mine, theirs, strict=True)]
    return [
        compared("a card with the entry of the look", mine, theirs, unit="ms", against="without it"),
        # 1 ms is what an entry may cost at most.
        compared("the entry", entries, [1.0] * _ROUNDS, unit="ms", against="1 ms", target=Target(most=1)),
    ]


async def _milliseconds(desk: Relationships, number: int, audit: Audit) -> float:
    """Look at a family of eight many times and return what one look took, its entry included."""
    began = perf_counter()
    for look in range(_LOOKS):
        actor = Actor(
            workspace_id=WORKSPACE,
            # Somebody else each time: the same look of the same person would be one entry.
            staff_id=StaffId(f"U{number}-{look}"),
            name="Somebody",
            surface=Surface.SLACK_MODAL,
            rights=EVERY_RIGHT,
        )
        await desk.family(actor, FAMILIES[SMALL_FAMILY])
    await audit.drain()
    return (perf_counter() - began) / _LOOKS * 1000
