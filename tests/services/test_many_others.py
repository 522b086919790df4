"""An act takes SQLite no more steps in a practice that has many clients: it looks up what it asks for."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.client import Client
from bot.domain.errors import AlreadyKnown, AlreadyLinked, InvalidInput
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from storage.database import Database
from storage.sqlite_connection import OneTripConnection
from tests.databases import WORKSPACE, copied_sqlite_url, opened
from tests.services.practice import PHONE, ROSA, Practice
from tests.services.undoing import edit, remove, undo
from tests.storage.practice import client, client_added, contact, link, person

FEW, MANY = 20, 220
ALLOWED = 1.1
"""Some pages of an index are split where others are not, and names have more or fewer neighbours."""


class Steps:
    """Counts the steps of SQLite's program, on all connections of units that are opened from now on."""

    EVERY = 5

    def __init__(self) -> None:
        self.counted = 0

    def opened(self, connection: Any, _: object) -> None:  # noqa: ANN401 - SQLAlchemy's
        connection.run_async(self._listen)

    async def _listen(self, connection: OneTripConnection) -> None:
        await connection.set_progress_handler(self._count, self.EVERY)

    def _count(self) -> None:
        self.counted += self.EVERY


@pytest.fixture
def steps() -> Iterator[Steps]:
    steps = Steps()
    event.listen(Engine, "connect", steps.opened)
    yield steps
    event.remove(Engine, "connect", steps.opened)


@asynccontextmanager
async def practice_of(url: str, others: int) -> AsyncIterator[Practice]:
    """Have others there: of each pair one is linked to the other, and each has a contact and a history."""
    async with opened(url) as database:
        await _come_in(database, others)
        yield Practice(database)


async def _come_in(database: Database, others: int) -> None:
    numbers = [f"{number:04d}" for number in range(others)]
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([client(f"c{each}", f"Other{each}", "Client") for each in numbers])
        for one, other in zip(numbers[::2], numbers[1::2], strict=True):
            await unit.relations.add(link(f"l{one}", f"c{one}", f"c{other}"))
        for each in numbers:
            await unit.people.add(person(f"p{each}", f"Related{each}", "Person"))
            await unit.relations.add(contact(f"k{each}", f"c{each}", f"p{each}"))
        await unit.history.append_all([client_added(f"c{each}") for each in numbers])


Deed = Callable[[Practice, Client, Client], Awaitable[object]]


async def history(practice: Practice, ana: Client, _: Client) -> object:
    return await practice.history(ana)


async def linking(practice: Practice, ana: Client, ben: Client) -> object:
    return await practice.link(ana, ben)


async def linking_twice(practice: Practice, ana: Client, ben: Client) -> object:
    await practice.link(ana, ben)
    with pytest.raises(AlreadyLinked):
        await practice.link(ana, ben)
    return None


async def undoing_a_removal(practice: Practice, ana: Client, ben: Client) -> object:
    relation = (await practice.link(ana, ben)).relation
    assert relation is not None
    return await undo(practice, ana, await remove(practice, ana, relation))


async def adding_a_contact(practice: Practice, ana: Client, _: Client) -> object:
    rosa = PersonDetails(first_name="Rosa", last_name="Vega", phones=(PHONE,))
    return await practice.contact(ana, rosa, emergency=True)


async def entering_somebody_on_record(practice: Practice, ana: Client, ben: Client) -> object:
    await practice.contact(ana)
    with pytest.raises(AlreadyKnown):
        await practice.relationships.add_contact(
            practice.dana, client_id=ben.id, person=ROSA, relationship=RelationshipChoice(), despite=()
        )
    return None


async def undoing_an_edit(practice: Practice, ana: Client, _: Client) -> object:
    return await undo(practice, ana, await edit(practice, ana, preferred_name="Annie"))


async def an_own_id_that_is_taken(practice: Practice, ana: Client, ben: Client) -> object:
    await edit(practice, ana, own_id="K-1")
    with pytest.raises(InvalidInput):
        await edit(practice, ben, own_id="K-1")
    return None


DEEDS: tuple[Deed, ...] = (
    *(history, linking, linking_twice, undoing_a_removal),
    *(adding_a_contact, entering_somebody_on_record, undoing_an_edit, an_own_id_that_is_taken),
)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
async def test_an_act_takes_as_long_among_many(
    deed: Deed, sqlite_template: Path, tmp_path: Path, steps: Steps
) -> None:
    taken = []
    for others in (FEW, MANY):
        folder = tmp_path / str(others)
        folder.mkdir()
        async with practice_of(copied_sqlite_url(sqlite_template, folder), others) as practice:
            ana, ben = await practice.pair()
            before = steps.counted
            await deed(practice, ana, ben)
            taken.append(steps.counted - before)
    few, many = taken
    assert 0 < many <= ALLOWED * few
