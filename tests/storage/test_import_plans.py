"""An import looks up what it asks for: how long a row takes does not depend on how many rows there are."""

import asyncpg  # type: ignore[import-untyped] # it has no types

from bot.domain.client import ClientDetails
from bot.services.roster.importing import RosterImport
from bot.services.roster.pace import Pace
from bot.services.roster.plan import Counts, ImportPlan
from bot.services.roster.rows import ClientRow, Place
from bot.services.roster.takings import every_kind
from storage.database import Database
from tests.databases import PostgresServer, opened
from tests.services.practice import Practice

ROWS = 2_000
AT_ONCE = 40
MOST_READ_FOR_A_ROW = 25
"""It is asked for when it is staged, taken in and cleared; the first five hundred, not counted yet,
may be read as a whole. Where all are, it is several times as many."""
_READ = """
    SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))
    FROM pg_stat_user_tables WHERE relname IN ('import_rows', 'import_clients')
"""
_STILL_CONNECTED = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kinward'
"""


async def test_postgresql_reads_no_whole_table_for_each_batch(postgres: PostgresServer) -> None:
    """It knows nothing of rows that have just come in, and used to read all of them each time."""
    async with postgres.migrated_url() as url:
        before = await _read(url)
        async with opened(url) as database:
            await _take_in(database, ROWS, new=True)
            await _take_in(database, ROWS, new=False)
        assert 2 * ROWS < await _read(url) - before < MOST_READ_FOR_A_ROW * 2 * ROWS


async def _read(url: str) -> int:
    connection = await asyncpg.connect(url)
    # What a connection has counted is kept when it ends.
    while await connection.fetchval(_STILL_CONNECTED):
        pass
    read = int(await connection.fetchval(_READ))
    await connection.close()
    return read


async def _take_in(database: Database, rows: int, *, new: bool) -> None:
    practice = Practice(database)
    engine = RosterImport(
        storage=database,
        clock=practice.clock,
        new_id=practice.new_id,
        takings=every_kind(),
        pace=Pace(most_rows=AT_ONCE, breath=0),
        settle=database.settle,
    )
    listed = [
        ClientRow(
            place=Place(file="a.csv", line=line),
            details=ClientDetails(first_name="Ana", last_name=f"Ruiz{line}", own_id=str(line)),
        )
        for line in range(rows)
    ]
    record = await engine.stage(practice.dana, ImportPlan(), [listed])
    report = await engine.take_in(practice.dana, record)
    await engine.finish(practice.dana, report.id)
    assert report.tally.clients == (Counts(added=rows) if new else Counts(unchanged=rows))
