"""A trail to be tampered with: entries, a raw connection without triggers, and what a check says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.domain.audit import Verdict
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Surface
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from storage.workspace_guard import ACROSS_WORKSPACES
from tests.databases import WORKSPACE
from tests.storage.practice import NOON

KEY = "a key that is long enough for everybody"

TRIGGERS_OF_SQLITE = text(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'history%'"
)
WITHOUT_TRIGGERS = text("SET session_replication_role = replica")


def entry(number: int, *client_ids: str, act: Act = Act.CLIENT_EDITED) -> HistoryEntry:
    """Return an entry about a client, a minute after the one before it."""
    return HistoryEntry(
        at=NOON + timedelta(minutes=number),
        by=StaffId("U1"),
        by_name="Ines Costa",
        surface=Surface.SLACK_MODAL,
        act=act,
        subject_id=client_ids[0] if client_ids else "c1",
        client_ids=tuple(ClientId(each) for each in client_ids or ("c1",)),
        before={"first_name": f"Ana {number}"},
        after={"first_name": f"Ana {number + 1}", "phones": [{"number": "+12025550100"}]},
    )


def look(number: int) -> HistoryEntry:
    """Return a look at a client: it has no values."""
    return replace(entry(number, act=Act.FAMILY_SEEN), before=None, after=None)


def about_person(number: int, person_id: str) -> HistoryEntry:
    """Return an entry about a contact person."""
    return replace(entry(number), person_id=PersonId(person_id))


async def write(database: Database, *entries: HistoryEntry) -> list[int]:
    """Write entries, each in a unit of its own, and return their numbers."""
    numbers = []
    for each in entries:
        async with database.writing(WORKSPACE) as unit:
            numbers.append((await unit.history.append(each)).number)
    return numbers


async def verdict(database: Database) -> Verdict:
    """Check the trail."""
    async with database.reading(WORKSPACE) as unit:
        return await unit.audit.verify()


@asynccontextmanager
async def keyed(url: str, folder: Path, *, key: str | None = KEY) -> AsyncIterator[Database]:
    """Yield a database whose trail has a key and its files in a folder."""
    database = Database.open(url, audit_key=key, audit_folder=folder)
    try:
        yield database
    finally:
        await database.close()


async def tamper(url: str, *statements: str) -> None:
    """Carry out SQL as somebody would who owns the database: without any trigger in the way."""
    address = DatabaseAddress.parse(url)
    engine = open_engine(address, PATIENCE)
    reason = {ACROSS_WORKSPACES: "somebody tampers"}
    try:
        async with engine.connect() as connection:
            dropped = WITHOUT_TRIGGERS
            if address.engine is Engine.SQLITE:
                for (name,) in (await connection.execute(TRIGGERS_OF_SQLITE)).fetchall():
                    await connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                await connection.execute(dropped)
            for statement in statements:
                await connection.execute(text(statement), execution_options=reason)
            await connection.commit()
            if address.engine is Engine.POSTGRESQL:
                await connection.execute(text("SET session_replication_role = DEFAULT"))
                await connection.commit()
    finally:
        await engine.dispose()
