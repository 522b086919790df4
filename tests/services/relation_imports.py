"""Importing rows of relations in a test: foreseen, done, and both have to say the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.client import ClientDetails
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.kinship import Label, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact, RelationKind
from bot.services.ports import RowKind
from bot.services.roster.client_rows import ClientRows
from bot.services.roster.importing import RosterImport
from bot.services.roster.pace import Pace
from bot.services.roster.plan import ImportPlan
from bot.services.roster.relation_rows import RelationRows
from bot.services.roster.rows import ClientRow, Place, RelatedSide, RelationRow, Row
from tests.services.practice import Practice
from tests.services.replay import Replay

ROSA = PersonDetails(
    first_name="Rosa", last_name="Vega", email="rosa@example.org", phones=(Phone(number="+12125550123"),)
)
MOTHER = RelatedSide(label=Label.of_word(Word.MOTHER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to: the counts that are not zero, and line, column and key of the rest."""

    counts: dict[str, int]
    errors: list[tuple[int, str, str]]


class RowByRow(Pace):
    """Takes one row at a time in: what comes of it may not depend on that."""

    def __init__(self) -> None:
        super().__init__(most_rows=1)

    @contextmanager
    def holding(self) -> Iterator[None]:
        yield


def importing(practice: Practice, pace: Pace | None = None) -> RosterImport:
    return RosterImport(
        storage=practice.storage,
        clock=practice.clock,
        new_id=practice.new_id,
        pace=pace,
        takings={RowKind.CLIENT: ClientRows(), RowKind.RELATION: RelationRows()},
    )


def client(own_id: str, first_name: str, *references: str, **details: object) -> ClientRow:
    made = ClientDetails(own_id=own_id, first_name=first_name, **details)  # type: ignore[arg-type] # any detail
    return ClientRow(place=Place(file="clients.csv", line=2), details=made, references=references)


def link(of: str, other: str, side: RelatedSide = MOTHER, **values: object) -> RelationRow:
    return _relation(RelationKind.LINKED_CLIENT, of, side, {"other_own_id": other, **values})


def contact(
    of: str, person: PersonDetails = ROSA, side: RelatedSide = MOTHER, **values: object
) -> RelationRow:
    return _relation(RelationKind.CONTACT, of, side, {"person": person, **values})


def _relation(kind: RelationKind, of: str, side: RelatedSide, values: dict[str, object]) -> RelationRow:
    place = Place(file="families.csv", line=2)
    return RelationRow(place=place, kind=kind, client_own_id=of, side=side, **values)  # type: ignore[arg-type] # any


async def take_in(practice: Practice, *rows: Row) -> Imported:
    """Foresee it, do it, and see that both say the same and that the history tells what is stored."""
    placed = [replace(row, place=replace(row.place, line=line)) for line, row in enumerate(rows, start=2)]
    foreseen = await _run(practice, placed, ImportPlan(is_dry_run=True))
    assert await _run(practice, placed, ImportPlan(is_dry_run=True), pace=RowByRow()) == foreseen
    done = await _run(practice, placed, ImportPlan())
    assert foreseen == done
    await check_history(practice)
    return done


async def _run(
    practice: Practice, rows: Sequence[Row], plan: ImportPlan, pace: Pace | None = None
) -> Imported:
    engine = importing(practice, pace)
    record = await engine.stage(practice.dana, plan, [rows])
    report = await engine.take_in(practice.dana, record)
    rejected = (await engine.rejected(practice.dana, record.id)).errors
    errors = [(error.place.line, error.column, error.key) for error in rejected]
    await engine.finish(practice.dana, record.id)
    counts = report.tally.relations
    names = ("added", "changed", "unchanged", "left_ended", "kept")
    return Imported(counts={name: count for name in names if (count := getattr(counts, name))}, errors=errors)


async def check_history(practice: Practice) -> None:
    """Replay all that is recorded, and compare it with what is stored."""
    replay = Replay()
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        everybody = await unit.families.page(after=None, limit=100)
        entries = {}
        for each in everybody:
            for entry in await unit.history.of_client(each.id, limit=1000):
                entries[entry.number] = entry
        for number in sorted(entries):
            replay.apply(entries[number])
        stored: dict[str, object] = {each.id: each for each in everybody}
        relations = await unit.families.relations_of([each.id for each in everybody])
        for relation in relations:
            person = None
            if isinstance(relation, Contact) and relation.is_active:
                person = await unit.people.get(relation.person_id)
            stored[relation.id] = relation, person
    assert stored == replay.state()


async def family(practice: Practice, own_id: str) -> Family:
    """Return the family of the client with this own id."""
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        found = await unit.clients.with_own_id(own_id)
    assert found is not None
    return await practice.relationships.family(practice.dana, found.id)


async def only_link(practice: Practice, own_id: str) -> LinkedClient:
    """Return the one link of a client who has no contact."""
    found = await family(practice, own_id)
    (linked,) = found.linked_clients
    assert not found.contacts
    return linked


async def only_contact(practice: Practice, own_id: str) -> ContactPerson:
    """Return the one contact of a client who has no link."""
    found = await family(practice, own_id)
    (contact_person,) = found.contacts
    assert not found.linked_clients
    return contact_person


def day(text: str) -> date:
    return date.fromisoformat(text)
