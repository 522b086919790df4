"""Whom somebody opened comes first when they look for somebody, and nobody waits for that to be written."""

from datetime import UTC

from bot.adapters.system_clock import SystemClock
from bot.app.recent_use import RecentUse
from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.handlers.reply import OpenModal, Reply
from bot.services.recent_clients import RecentClients
from bot.views.blocks import modal
from bot.views.metadata import Metadata
from storage.database import Database
from storage.search_recent import RECENT_OF_ONE
from tests.databases import WORKSPACE
from tests.storage.practice import client


def showing(client_id: str) -> Reply:
    """Return a reply with a window about a client."""
    metadata = Metadata(client_id=ClientId(client_id)).encode()
    view = modal(callback_id="any", title="Any", close="Close", blocks=[], metadata=metadata)
    return Reply(calls=(OpenModal(view),))


def actor(staff_id: str) -> Actor:
    return Actor(
        workspace_id=WORKSPACE,
        staff_id=StaffId(staff_id),
        name="Ana",
        surface=Surface.SLACK_COMMAND,
        rights=EVERY_RIGHT,
    )


async def found(database: Database, by: str, *, limit: int = 5) -> list[str]:
    hits = await database.finding.search(WORKSPACE, Sought.read("lo"), limit=limit, by=StaffId(by))
    return [each.id for each in hits.clients]


async def test_whom_i_opened_comes_first_then_whom_anybody_did(database: Database) -> None:
    names = ("Abe", "Bea", "Cal", "Dee", "Eve")
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([client(f"c{number}", name, "Lopez") for number, name in enumerate(names)])
    recent = RecentUse(RecentClients(storage=database, clock=SystemClock(UTC)))
    recent.note(actor("U0ANA"), showing("c2"))
    recent.note(actor("U0ANA"), showing("c4"))
    recent.note(actor("U0BEN"), showing("c3"))
    recent.note(actor("U0BEN"), Reply())
    recent.note(actor("U0BEN"), showing("nobody we know"))
    await recent.finish()
    assert await found(database, "U0ANA") == ["c4", "c2", "c3", "c0", "c1"]
    assert await found(database, "U0BEN") == ["c3", "c4", "c2", "c0", "c1"]


async def test_only_the_latest_are_remembered(database: Database) -> None:
    count = RECENT_OF_ONE + 3
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all(
            [client(f"c{number:02d}", f"N{number:02d}", "Lopez") for number in range(count)]
        )
    recent = RecentUse(RecentClients(storage=database, clock=SystemClock(UTC)))
    for number in range(count):
        recent.note(actor("U0ANA"), showing(f"c{number:02d}"))
    await recent.finish()
    first = await found(database, "U0ANA", limit=count)
    latest = [f"c{number:02d}" for number in reversed(range(3, count))]
    assert first == [*latest, "c00", "c01", "c02"]
