"""The whole import command on a made-up list, with staff saving all the while.

    python -m tests.benchmarks.importing [ROWS] [clients | fhir | families | related]

Lists of clients as CSV unless another kind is named: see `import_lists`. The time is that of the command from
its start to its end, and beside it the time it had a processor, which changes less with what else the machine
has to do. The start is that of a dry run with two rows. How quick the machine is in that minute is told by
bare rows: the `executemany` of SQLite by itself, before and after.
"""

import asyncio
import os
import resource
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC
from pathlib import Path
from statistics import mean, median, quantiles
from time import perf_counter
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.client import ClientDetails
from bot.domain.ids import StaffId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.services.clients import Clients
from storage.database import Database
from tests.benchmarks.import_lists import WRITERS, Kind
from tests.benchmarks.subjects import ROOT
from tests.databases import (
    WORKSPACE,
    WORKSPACE_NAME,
    copied_sqlite_url,
    migrated_sqlite_file,
    running_postgres,
)

ROWS = 20_000
BREATH_SECONDS = 0.25
"""Between two saves: those of twenty people each of whom saves something every five seconds."""
FEWEST = 2
_HEADINGS = (
    *("database", "rows are", "rows/s", "rows/s of processor", "without start"),
    *("a save p50", "p99", "longest", "bare rows/s"),
)
_BARE_ROWS = 200_000
_STAFF = Actor(
    workspace_id=WORKSPACE,
    staff_id=StaffId("U0STAFF"),
    name="Ana",
    surface=Surface.SLACK_MODAL,
    rights=EVERY_RIGHT,
)


class Measured(NamedTuple):
    """One import: what its rows were, its seconds, and those of a processor."""

    what: str
    took: float
    used: float
    start: float
    waits: list[float]
    bare: float


@asynccontextmanager
async def staff_saving(url: str, waits: list[float]) -> AsyncIterator[None]:
    """Add clients one by one, as staff do, and note how long each of them took."""
    database = Database.open(url)
    clients = Clients(storage=database, clock=SystemClock(UTC), new_id=new_ulid)

    async def save() -> None:
        while True:
            own_id = new_ulid()
            began = perf_counter()
            await clients.add(_STAFF, ClientDetails(first_name="Staff", last_name=own_id, own_id=own_id))
            waits.append(perf_counter() - began)
            await asyncio.sleep(BREATH_SECONDS)

    task = asyncio.create_task(save())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await database.close()


async def imported(url: str, path: Path, *options: str) -> tuple[float, float]:
    """Run the command and return how many seconds it took, and how many of them it had a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "clients", "import", str(path), *options),
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if await process.wait():
        raise RuntimeError("the import has failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - began, used


async def measure(url: str, folder: Path, rows: int, kind: Kind) -> list[Measured]:
    """Import a list, the same again, and another one in which every row has changed.

    Of relations no other list is imported: there is nothing to change that staff did not have a hand in.
    """
    database = Database.open(url)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    await database.close()
    if kind is Kind.FAMILIES:
        clients = folder / "clients"
        WRITERS[Kind.CLIENTS](clients, rows)
        await imported(url, clients)
    first, changed = folder / "first", folder / "changed"
    WRITERS[kind](first, rows)
    WRITERS[kind](changed, rows, salt="a")
    WRITERS[kind](few := folder / "few", FEWEST)
    _, start = await imported(url, few, "--dry-run")
    steps = [("new", first), ("as they were", first)]
    if kind in (Kind.CLIENTS, Kind.FHIR):
        steps.append(("changed", changed))
    found = []
    for what, path in steps:
        waits: list[float] = []
        before = bare_rows_a_second()
        async with staff_saving(url, waits):
            took, used = await imported(url, path)
        found.append(Measured(what, took, used, start, waits, mean((before, bare_rows_a_second()))))
    return found


def bare_rows_a_second() -> float:
    """Return how many rows of five columns SQLite takes into a table in memory."""
    rows = [(number, "Ana", "Lopez", "ana.lopez@example.org", "1980-01-01") for number in range(_BARE_ROWS)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE bare (id, first_name, last_name, email, birth_date)")
        began = perf_counter()
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", rows)
        return _BARE_ROWS / (perf_counter() - began)


async def run(console: Console, rows: int, kind: Kind) -> None:
    """Measure on both databases."""
    title = f"kinward clients import, {kind}, {rows:,} rows, staff saving all the while"
    table = Table(title=title, title_justify="left")
    for heading in _HEADINGS:
        table.add_column(heading, justify="left" if heading in ("database", "rows are") else "right")
    with tempfile.TemporaryDirectory(prefix="kinward-benchmarks-") as name, running_postgres() as server:
        folder = Path(name)
        async with server.migrated_url() as postgresql:
            sqlite = copied_sqlite_url(migrated_sqlite_file(folder), folder)
            for said, url in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
                for each in await measure(url, folder, rows, kind):
                    waits = (median(each.waits), quantiles(each.waits, n=100)[98], max(each.waits))
                    table.add_row(
                        *(said, each.what, f"{rows / each.took:,.0f}", f"{rows / each.used:,.0f}"),
                        f"{rows / (each.used - each.start):,.0f}",
                        *(f"{seconds * 1000:,.0f} ms" for seconds in waits),
                        f"{each.bare:,.0f}",
                    )
    console.print(table)


def _asked(arguments: list[str]) -> tuple[int, Kind]:
    numbers = [int(each) for each in arguments if each.isdecimal()]
    kinds = [Kind(each) for each in arguments if not each.isdecimal()]
    return (numbers or [ROWS])[0], (kinds or [Kind.CLIENTS])[0]


if __name__ == "__main__":
    asyncio.run(run(Console(width=125), *_asked(sys.argv[1:])))
