"""Clients, people and relations to store, with as little said of each as a test needs."""

from datetime import UTC, date, datetime

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, RelationId, StaffId
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact, Link, Removal, Side
from bot.domain.staff import Surface
from storage.unit_of_work import SqlUnitOfWork

NOON = datetime(2026, 3, 14, 12, 30, 15, 123456, tzinfo=UTC)
REMOVAL = Removal(at=NOON, by=StaffId("U1"), by_name="Ines Costa", reason="moved away")


def client(  # noqa: PLR0913 - a client has that many details
    client_id: str,
    first_name: str = "",
    last_name: str = "",
    *,
    preferred_name: str = "",
    own_id: str = "",
    birth_date: date | None = None,
    email: str | None = None,
    phones: tuple[str, ...] = (),
    status: ClientStatus = ClientStatus.ACTIVE,
    version: int = 1,
) -> Client:
    """Return a client."""
    return Client(
        id=ClientId(client_id),
        details=ClientDetails(
            first_name=first_name,
            last_name=last_name,
            preferred_name=preferred_name,
            own_id=own_id,
            birth_date=birth_date,
            email=email,
            phones=tuple(Phone(number=number) for number in phones),
            status=status,
        ),
        version=version,
    )


def person(person_id: str, first_name: str, last_name: str, *, email: str | None = None) -> Person:
    """Return a contact person with a phone at work."""
    return Person(
        id=PersonId(person_id),
        details=PersonDetails(
            first_name=first_name,
            last_name=last_name,
            email=email,
            phones=(Phone(number="+12025550100", label=PhoneLabel.WORK),),
            language="Spanish",
        ),
    )


def link(link_id: str, low: str, high: str, *, added_from: str | None = None) -> Link:
    """Return a link where the higher client is the lower one's mother."""
    return Link(
        id=LinkId(link_id),
        low=Side(client_id=ClientId(low), label=Label.of_word(Word.MOTHER)),
        high=Side(client_id=ClientId(high), label=Label(kinship=Kinship.CHILD)),
        added_from=ClientId(added_from or low),
        active_from=NOON,
    )


def contact(contact_id: str, client_id: str, person_id: str) -> Contact:
    """Return a contact who is a friend."""
    return Contact(
        id=ContactId(contact_id),
        person_id=PersonId(person_id),
        side=Side(client_id=ClientId(client_id), label=Label(kinship=Kinship.FRIEND)),
        active_from=NOON,
    )


def client_added(client_id: str) -> HistoryEntry:
    """Return the entry of a client who has come in with an import."""
    return HistoryEntry(
        at=NOON,
        by=StaffId("U1"),
        by_name="Ines Costa",
        surface=Surface.IMPORT,
        act=Act.CLIENT_ADDED,
        subject_id=client_id,
        client_ids=(ClientId(client_id),),
        after={"first_name": "Ana"},
    )


def ids(*relation_ids: str) -> tuple[RelationId, ...]:
    """Return relation ids."""
    return tuple(LinkId(each) for each in relation_ids)


async def store_family_of_four(unit: SqlUnitOfWork) -> None:
    """Store the client c1 with a link to each of c2 and c3 (l2, l3) and a contact with p1 (k1)."""
    await unit.clients.add(client("c1", "Ana", "Reyes"))
    await unit.clients.add(client("c2", "Bela", "Reyes"))
    await unit.clients.add(client("c3", "Carl", "Reyes"))
    await unit.people.add(person("p1", "Dora", "Diaz"))
    await unit.relations.add(link("l2", "c1", "c2"))
    await unit.relations.add(link("l3", "c1", "c3"))
    await unit.relations.add(contact("k1", "c1", "p1"))
