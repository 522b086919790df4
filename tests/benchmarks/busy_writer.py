"""Somebody who writes all the time: `python -m tests.benchmarks.busy_writer DATABASE_URL AT_ONCE`.

Adds clients in another process, so many in a transaction, with a short breath between them: one as staff do,
hundreds as an import does.
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
async def busy_writing(url: str, *, at_once: int = 1) -> AsyncIterator[None]:
    """Write all the time in another process while the block runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.busy_writer", url, str(at_once)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the writer has ended before it wrote")
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _write(url: str, at_once: int) -> None:
    database = Database.open(url)
    for first in count(0, at_once):
        numbers = range(first, first + at_once)
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all(
                [
                    client(f"written-{number}", "Busy", f"Writer {number}", own_id=f"W-{number}")
                    for number in numbers
                ]
            )
        if not first:
            sys.stdout.write("writing\n")
            sys.stdout.flush()
        await asyncio.sleep(_BREATH_SECONDS)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_write(sys.argv[1], int(sys.argv[2])))
