"""The whole import command on a made-up list, with staff saving all the while.

    python -m tests.benchmarks.importing [ROWS]

The time is that of the command from its start to its end, and beside it the time it had a processor: that
does not change with what else the machine has to do.
"""

import asyncio
import os
import resource
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

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
from tests.benchmarks.practice import FIRST_NAMES, LAST_NAMES
from tests.benchmarks.subjects import ROOT
from tests.databases import (
    WORKSPACE,
    WORKSPACE_NAME,
    copied_sqlite_url,
    migrated_sqlite_file,
    running_postgres,
)

ROWS = 20_000
BREATH_SECONDS = 0.02
_STAFF = Actor(
    workspace_id=WORKSPACE,
    staff_id=StaffId("U0STAFF"),
    name="Ana",
    surface=Surface.SLACK_MODAL,
    rights=EVERY_RIGHT,
)


def write_list(path: Path, rows: int, *, salt: str = "") -> None:
    """Write a list of clients as a practice has it."""
    with path.open("w") as file:
        file.write(
            "MRN,First Name,Last Name,Preferred Name,Date of Birth,Email,Mobile Phone,Home Phone,Status\n"
        )
        for number in range(rows):
            first = FIRST_NAMES[number % len(FIRST_NAMES)]
            last = f"{LAST_NAMES[number // 16 % len(LAST_NAMES)]}{LAST_NAMES[number // 400 % 25].lower()}"
            born = date(1950, 1, 1) + timedelta(days=number * 7 % 25_000)
            mobile = f"(212) {200 + number // 10_000 % 800}-{number % 10_000:04d}"
            home = f"646-555-{number % 10_000:04d}" if number % 2 else ""
            email = f"{first}.{last}.{number}@example.org".lower()
            file.write(f"M-{number},{first}{salt},{last},,{born},{email},{mobile},{home},active\n")


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


async def imported(url: str, path: Path) -> tuple[float, float]:
    """Run the command and return how many seconds it took, and how many of them it had a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "clients", "import", str(path)),
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


async def measure(url: str, folder: Path, rows: int) -> list[tuple[str, float, float, list[float]]]:
    """Import a list, the same again, and another one in which every row has changed."""
    database = Database.open(url)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    await database.close()
    first, changed = folder / "first.csv", folder / "changed.csv"
    write_list(first, rows)
    write_list(changed, rows, salt="a")
    found = []
    for what, path in (("new", first), ("as they were", first), ("changed", changed)):
        waits: list[float] = []
        async with staff_saving(url, waits):
            took, used = await imported(url, path)
        found.append((what, took, used, waits))
    return found


async def run(console: Console, rows: int) -> None:
    """Measure on both databases."""
    table = Table(
        title=f"kinward clients import, {rows:,} rows, staff saving all the while", title_justify="left"
    )
    for heading in ("database", "rows are", "rows/s", "rows/s of processor", "a save p50", "p99", "longest"):
        table.add_column(heading, justify="left" if heading in ("database", "rows are") else "right")
    with tempfile.TemporaryDirectory(prefix="kinward-benchmarks-") as name, running_postgres() as server:
        folder = Path(name)
        async with server.migrated_url() as postgresql:
            sqlite = copied_sqlite_url(migrated_sqlite_file(folder), folder)
            for said, url in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
                for what, took, used, waits in await measure(url, folder, rows):
                    table.add_row(
                        *(said, what, f"{rows / took:,.0f}", f"{rows / used:,.0f}"),
                        *(
                            f"{seconds * 1000:,.0f} ms"
                            for seconds in (median(waits), quantiles(waits, n=100)[98], max(waits))
                        ),
                    )
    console.print(table)


if __name__ == "__main__":
    asyncio.run(run(Console(width=110), int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
