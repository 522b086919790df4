"""Random families with random switches, and the rule who receives, stated a second way."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.email import block_equality
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, RestrictionId, StaffId
from bot.domain.kinship import Kinship, Label
from bot.domain.must_not_receive import (
    Barred,
    Lifting,
    MustNotReceive,
    RestrictionClass,
    Restrictions,
)
from bot.domain.notice import NoticeCategory
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact, Link, Side
from bot.domain.sharing import Basis, Category, Sharing

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADDRESSES = (
    None,
    "a@example.com",
    "A@example.com",
    "b@example.com",
    "b+x@example.com",
    "c@example.com",
    "d@example.com",
    "e@example.com",
    "f@example.com",
)
LABEL = Label(kinship=Kinship.SIBLING)


class RandomFamilies:
    """Makes one family after the other, each the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - it makes test data

    def family(self) -> Family:
        """Return a family; the members may have the same addresses."""
        chance = self._chance
        client = replace(self._client(0), mail_opt_out=chance.random() < 0.2)
        linked = tuple(self._linked(client, number) for number in range(1, 1 + chance.randrange(4)))
        contacts = tuple(self._contact(client, number) for number in range(5, 5 + chance.randrange(4)))
        return Family(client=client, linked_clients=linked, contacts=contacts)

    def category(self) -> NoticeCategory:
        """Return any category."""
        return self._chance.choice(tuple(NoticeCategory))

    def restrictions(self, family: Family) -> Restrictions:
        """Return entries about some of the family, about strangers, and about addresses."""
        entries = tuple(self._entry(family, number) for number in range(self._chance.randrange(4)))
        return Restrictions(entries=entries, day=TODAY)

    def paused(self) -> frozenset[str]:
        """Return some addresses that do not work."""
        known = [address.casefold() for address in ADDRESSES if address]
        return frozenset(self._chance.sample(known, self._chance.randrange(3)))

    def _client(self, number: int) -> Client:
        details = ClientDetails(
            first_name=f"Client{number}",
            email=self._chance.choice(ADDRESSES),
            status=self._chance.choices(tuple(ClientStatus), weights=(8, 1, 1))[0],
        )
        return Client(id=ClientId(f"client{number}"), details=details)

    def _linked(self, client: Client, number: int) -> LinkedClient:
        other = self._client(number)
        near, far = self._side(client.id), self._side(other.id)
        link = Link(
            id=LinkId(f"link{number}"),
            low=near,
            high=far,
            added_from=client.id,
            active_from=NOW,
            ends_on=self._ends_on(),
        )
        return LinkedClient(link=link, side=near, reverse=far, client=other)

    def _contact(self, client: Client, number: int) -> ContactPerson:
        details = PersonDetails(first_name=f"Person{number}", email=self._chance.choice(ADDRESSES))
        person = Person(id=PersonId(f"person{number}"), details=details)
        side = self._side(client.id)
        contact = Contact(
            id=ContactId(f"contact{number}"),
            person_id=person.id,
            side=side,
            active_from=NOW,
            ends_on=self._ends_on(),
        )
        return ContactPerson(contact=contact, side=side, person=person)

    def _side(self, client_id: ClientId) -> Side:
        chance = self._chance
        if chance.random() < 0.25:
            return Side(client_id=client_id, label=LABEL)
        sharing = Sharing(
            categories=frozenset(chance.sample(tuple(Category), chance.randrange(1, 6))),
            basis=chance.choice((None, *Basis)),
            expires_on=TODAY + timedelta(days=chance.randrange(-2, 3)) if chance.random() < 0.3 else None,
            recorded_by=StaffId("U1"),
            recorded_at=NOW,
        )
        return Side(client_id=client_id, label=LABEL, sharing=sharing)

    def _ends_on(self) -> date | None:
        return TODAY + timedelta(days=self._chance.randrange(-2, 3)) if self._chance.random() < 0.3 else None

    def _entry(self, family: Family, number: int) -> MustNotReceive:
        chance = self._chance
        address = chance.choice([each for each in ADDRESSES if each])
        barred = chance.choice(
            (
                Barred(address=address),
                Barred(person_id=PersonId(f"person{chance.randrange(5, 9)}")),
                Barred(client_id=ClientId(f"client{chance.randrange(5)}")),
            )
        )
        known = [each.email for each in family.members if each.email]
        lifting = Lifting(at=NOW, by=StaffId("U1"), by_name="Ana", reason="x")
        return MustNotReceive(
            id=RestrictionId(f"entry{number}"),
            client_id=family.client.id,
            barred=barred,
            why=chance.choice(tuple(RestrictionClass)),
            recorded_by=StaffId("U1"),
            recorded_by_name="Ana",
            recorded_at=NOW,
            expires_on=TODAY + timedelta(days=chance.randrange(-2, 3)) if chance.random() < 0.4 else None,
            lifting=lifting if chance.random() < 0.2 else None,
            present_addresses=tuple(chance.sample(known, 1)) if known and barred.address is None else (),
        )


def inboxes_that_receive(
    family: Family, category: NoticeCategory, restrictions: Restrictions, paused: frozenset[str]
) -> set[str]:
    """Return every inbox that gets a mail, as R20 to R29, R50, R55 and R60 say it in plain words."""
    barred_people: set[str] = set()
    barred_addresses: set[str] = set()
    for entry in restrictions.entries:
        if entry.lifting is None and (entry.expires_on is None or entry.expires_on >= TODAY):
            barred_people |= {str(each) for each in (entry.barred.person_id, entry.barred.client_id) if each}
            barred_addresses |= {block_equality(entry.barred.address or "")}
            barred_addresses |= {block_equality(each) for each in entry.present_addresses}

    def reached(who: str, address: str | None) -> set[str]:
        works = address and address.casefold() not in paused
        allowed = who not in barred_people and block_equality(address or "") not in barred_addresses
        return {address.casefold()} if address and works and allowed else set()

    client, shareable = family.client, category.value in set(Category)
    if client.details.status is ClientStatus.DECEASED:
        return set()
    found = set() if client.mail_opt_out and shareable else reached(client.id, client.email)
    for member in family.members if shareable else ():
        sharing, relation = member.side.sharing, member.relation
        other = member.client if isinstance(member, LinkedClient) else None
        if (
            sharing is not None
            and category.value in sharing.categories
            and not (sharing.expires_on and sharing.expires_on <= TODAY)
            and not (relation.ends_on and relation.ends_on < TODAY)
            and not (other and other.details.status is ClientStatus.DECEASED)
        ):
            who = other.id if other else member.person.id if isinstance(member, ContactPerson) else ""
            found |= reached(who, member.email)
    return found
