"""Somebody who writes all the time: `python -m tests.benchmarks.busy_writer DATABASE_URL`.

Adds clients one by one in another process, a transaction each, with a short breath between them.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

from storage.database import Database
from tests.benchmarks.subjects import ROOT
from tests.databases import WORKSPACE
from tests.storage.practice import client

_BREATH_SECONDS = 0.005


@asynccontextmanager
async def busy_writing(url: str) -> AsyncIterator[None]:
    """Write all the time in another process while the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.busy_writer", url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the writer has ended before it wrote")
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _write(url: str) -> None:
    database = Database.open(url)
    for number in count():
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(
                client(f"written-{number}", "Busy", f"Writer {number}", own_id=f"W-{number}")
            )
        if not number:
            sys.stdout.write("writing\n")
            sys.stdout.flush()
        await asyncio.sleep(_BREATH_SECONDS)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_write(sys.argv[1]))
