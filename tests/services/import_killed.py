"""One import, begun and continued by processes each of which is killed some steps after its start.

    python -m tests.services.import_killed DATABASE_URL

The first is killed at its first step, each later one a step later than the one before, until one comes to the
end. A step is a statement that writes, or a commit. Whatever is not as it should be ends it with a
traceback; at the end it prints how many processes there were.
"""

import asyncio
import gc
import json
import sys
from dataclasses import replace
from functools import partial

from bot.adapters.ulids import new_ulid
from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.ids import WorkspaceId
from bot.domain.phone import Phone
from bot.services.roster.importing import RosterImport
from bot.services.roster.pace import BREATH, Pace
from bot.services.roster.plan import Counts, ImportPlan
from bot.services.roster.rows import ClientRow, Place
from bot.services.roster.takings import every_kind
from storage.database import Database
from tests.compiled_once import compile_once
from tests.databases import WORKSPACE
from tests.services.killed_at_work import Deadline, in_child
from tests.services.practice import Practice

REHEARSED = WorkspaceId("T0REHEARSED")
ROWS = 9
ROWS_AT_ONCE = 3
OLD = range(8)
"""Who is there before: two of them no longer in the list, the others with another name."""


def details(number: int) -> ClientDetails:
    phones = (Phone(number=f"+1212555{number:04d}"),)
    return ClientDetails(own_id=f"A-{number}", first_name=f"Client {number}", phones=phones)


LISTED = [details(number) for number in range(2, 2 + ROWS)]


async def furnish(url: str, workspace_id: WorkspaceId) -> bool:
    """Have the old clients stand in the workspace."""
    database = Database.open(url)
    await database.ensure_workspace(workspace_id, "A practice")
    practice = Practice(database, workspace_id)
    for number in OLD:
        old = replace(details(number), first_name=f"Old {number}")
        await practice.clients.add(practice.dana, old)
    await database.close()
    return True


async def attempt(url: str, workspace_id: WorkspaceId, *, steps: int | None) -> bool:
    """Begin the import or go on with it, and be killed at a step, if at any; return at the end of it."""
    database = Database.open(url)
    practice = Practice(database, workspace_id)
    engine = RosterImport(
        storage=database,
        clock=practice.clock,
        new_id=new_ulid,
        takings=every_kind(),
        # As the command has it: on PostgreSQL the next rows are decided on meanwhile.
        pace=Pace(most_rows=ROWS_AT_ONCE, breath=BREATH if database.has_one_writer else 0),
    )
    if steps is not None:
        Deadline(steps).listen()
    if await engine.unfinished(practice.dana) is not None:
        record = await engine.continued(practice.dana)
    else:
        rows = [
            ClientRow(place=Place(file="clients.csv", line=line), details=each)
            for line, each in enumerate([*LISTED, LISTED[0]], start=2)
        ]
        record = await engine.stage(practice.dana, ImportPlan(archives_missing=True), [rows])
    report = await engine.take_in(practice.dana, record)
    # Whoever was killed while clearing up had come to the end; then the list is imported once more.
    assert report.tally.clients in (Counts(added=ROWS - 6, changed=6), Counts(unchanged=ROWS)), report
    assert (report.tally.rejected, report.why_not) == (1, "archive.rejected"), report
    await engine.finish(practice.dana, record.id)
    await database.close()
    return True


async def check(url: str, workspace_id: WorkspaceId) -> bool:
    """See that everybody is there once, with one entry for each change, and nothing of the import."""
    database = Database.open(url)
    practice = Practice(database, workspace_id)
    found = {client.details.own_id: client for client in await everybody(practice)}
    assert sorted(found) == sorted(f"A-{number}" for number in range(2 + ROWS))
    for number in range(2 + ROWS):
        client = found[f"A-{number}"]
        entries = await practice.history(client)
        is_changed = number in OLD and details(number) in LISTED
        assert len(entries) == 1 + is_changed, (number, entries)
        assert client.version == 1 + is_changed
        assert client.details.status is ClientStatus.ACTIVE
        expected = details(number) if number >= 2 else replace(details(number), first_name=f"Old {number}")
        assert client.details == expected
    async with database.reading(workspace_id) as unit:
        assert await unit.imports.open_ones() == ()
    await database.close()
    return True


async def everybody(practice: Practice) -> tuple[Client, ...]:
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        return await unit.families.page(after=None, limit=100)


async def rehearse(url: str) -> None:
    """Import everything once, to the end and in a workspace of its own: children find it compiled."""
    await furnish(url, REHEARSED)
    await attempt(url, REHEARSED, steps=None)
    await check(url, REHEARSED)


def main(url: str) -> int:
    """Return how many processes it took."""
    in_child(partial(furnish, url, WORKSPACE))
    steps = 1
    while not in_child(partial(attempt, url, WORKSPACE, steps=steps)):
        steps += 1
    in_child(partial(check, url, WORKSPACE))
    return steps


if __name__ == "__main__":
    compile_once()
    asyncio.run(rehearse(sys.argv[1]))
    gc.freeze()
    sys.stdout.write(json.dumps(main(sys.argv[1])))
