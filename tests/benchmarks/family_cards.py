"""A family read from the database, against the same rows read with the bare driver."""

from time import perf_counter

from bot.domain.ids import ClientId
from storage.database import Database
from tests.benchmarks.figures import Finding, Round, Target, compared_rounds, p50, p99
from tests.benchmarks.practice import FAMILIES
from tests.benchmarks.raw_cards import Read, postgresql_card, sqlite_card
from tests.databases import WORKSPACE

ON_SQLITE = Target(most=6)
_ROUNDS = 5


async def on_sqlite(database: Database) -> list[Finding]:
    """Measure on a SQLite file."""
    path = database.address.path
    if path is None:
        raise ValueError("it is not in a file")
    findings = []
    for size, client in FAMILIES.items():
        raw = sqlite_card(path, client)
        findings += await _compared(database, client, size, raw, name="sqlite3", target=ON_SQLITE)
    return findings


async def on_postgresql(database: Database, url: str) -> list[Finding]:
    """Measure on a PostgreSQL database."""
    findings = []
    for size, client in FAMILIES.items():
        raw = await postgresql_card(url, client)
        findings += await _compared(database, client, size, raw, name="asyncpg")
    return findings


async def _compared(
    database: Database, client: ClientId, size: int, raw: Read, *, name: str, target: Target | None = None
) -> list[Finding]:
    async def read() -> int:
        family = await database.finding.family(WORKSPACE, client)
        return len(family.members) + 1 if family else 0

    if await read() != await raw() or await read() != size + 1:
        raise RuntimeError("they do not read the same family")
    many = 300 if size < 100 else 60
    mine, theirs = [], []
    for _ in range(_ROUNDS):
        theirs.append(await _round(raw, many))
        mine.append(await _round(read, many))
    what = f"family of {size} from the database"
    return [
        compared_rounds(f"{what}, p50", p50, mine, theirs, against=name, target=target),
        compared_rounds("the same, p99", p99, mine, theirs, against=name),
    ]


async def _round(read: Read, times: int) -> Round:
    took = []
    start = perf_counter()
    for _ in range(times):
        began = perf_counter()
        await read()
        took.append((perf_counter() - began) * 1000)
    return Round(milliseconds=tuple(took), seconds=perf_counter() - start)
