"""One process of staff at work on a database that others work on too: random acts, as quick as they go.

Run as `python -m tests.services.staff_at_work URL SEED ACTS`; prints what came of them as JSON. It stops at
the first thing that is no answer: a database that is locked, or anything unexpected.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from datetime import UTC, date

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.client import ClientDetails
from bot.domain.errors import (
    AddressInUse,
    AlreadyContact,
    AlreadyKnown,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedMeanwhile,
    ChangedSince,
    InvalidInput,
    LikelyDuplicates,
    NotFound,
)
from bot.domain.family import ContactPerson, Family, LinkedClient, Member
from bot.domain.history import UNDOABLE
from bot.domain.ids import StaffId
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, NOT_SHARED, Basis, SharingChoice
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.services.admission import Answers
from bot.services.clients import Clients
from bot.services.conversion import BecomingWords
from bot.services.history import HistoryReader
from bot.services.outcome import ClientSaved, Outcome, Undone
from bot.services.relationships import Relationships
from storage.database import Database
from tests.databases import WORKSPACE

REFUSALS = (
    AddressInUse,
    AlreadyContact,
    AlreadyKnown,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedMeanwhile,
    ChangedSince,
    InvalidInput,
    LikelyDuplicates,
    NotFound,
)
MOST_CLIENTS = 12
ACTS = (
    "link",
    "add",
    "use",
    "share",
    "share",
    "roles",
    "roles",
    "edit",
    "edit",
    "client",
    "make",
    "remove",
    "undo",
)
"""What staff do, the usual things twice."""
AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
WORDS = BecomingWords(reason="Became a client", inverse_words="pupil", inverse_words_elsewhere="kin")


class StaffAtWork:
    """Somebody who does one thing after the other."""

    def __init__(self, database: Database, seed: int) -> None:
        clock = SystemClock(UTC)
        self.random = random.Random(seed)  # noqa: S311 - nothing is secret here
        self.clients = Clients(storage=database, clock=clock, new_id=new_ulid)
        self.relationships = Relationships(storage=database, clock=clock, new_id=new_ulid)
        self.reader = HistoryReader(storage=database)
        self.actor = Actor(
            workspace_id=WORKSPACE,
            staff_id=StaffId(f"U{seed}"),
            name=f"S{seed}",
            surface=Surface.SLACK_MODAL,
            rights=EVERY_RIGHT,
        )
        self.done: Counter[str] = Counter()

    async def work(self, acts: int) -> None:
        """Do so many things."""
        for _ in range(acts):
            name = self.random.choice(ACTS)
            try:
                outcome = await getattr(self, name)()
            except REFUSALS as refused:
                self.done[type(refused).__name__] += 1
            else:
                self.done[name if outcome is not None and outcome.changed else "nothing"] += 1

    async def family(self) -> Family:
        """Look at any client's family."""
        found = (await self.clients.find(self.actor, "", limit=MOST_CLIENTS)).clients
        return await self.relationships.family(self.actor, self.random.choice(found).id)

    async def link(self) -> Outcome:
        """Link any two."""
        one, other = await self.family(), await self.family()
        return await self.relationships.link(
            self.actor,
            client_id=one.client.id,
            other_id=other.client.id,
            relationship=self.relationship(),
            emergency=self.chance(3),
        )

    async def add(self) -> Outcome | None:
        """Add a contact."""
        family = await self.family()
        if len(family.contacts) >= MOST_CLIENTS:
            return None
        return await self.relationships.add_contact(
            self.actor,
            client_id=family.client.id,
            person=self.person(),
            relationship=self.relationship(),
            emergency=self.chance(2),
            despite=None if self.chance(2) else (),
        )

    async def use(self) -> Outcome | None:
        """Make somebody's contact another client's contact too."""
        family, other = await self.family(), await self.family()
        if not other.contacts:
            return None
        return await self.relationships.add_known_person(
            self.actor,
            client_id=family.client.id,
            person_id=self.random.choice(other.contacts).person.id,
            relationship=self.relationship(),
            emergency=self.chance(2),
        )

    async def share(self) -> Outcome | None:
        """Switch sharing on or off."""
        family, member = await self.member()
        if member is None:
            return None
        return await self.relationships.share(
            self.actor,
            client_id=family.client.id,
            relation_id=member.relation.id,
            sharing=self.random.choice((AGREED, NOT_SHARED)),
            reverse_sharing=self.random.choice((AGREED, NOT_SHARED, None)),
            expected_version=self.random.choice((None, member.relation.version)),
        )

    async def roles(self) -> Outcome | None:
        """Change roles and the place in the order."""
        family, member = await self.member()
        if member is None:
            return None
        return await self.relationships.change_roles(
            self.actor,
            client_id=family.client.id,
            relation_id=member.relation.id,
            roles=tuple(RoleHeld(role=role) for role in Role if self.chance(4)),
            emergency=self.chance(2),
            position=self.random.choice((None, 1, 2, 3)),
        )

    async def edit(self) -> Outcome | None:
        """Edit a relationship, and the person of a contact."""
        family, member = await self.member()
        ends_on = self.random.choice((None, date(2020, 1, 1)))
        if isinstance(member, LinkedClient):
            return await self.relationships.edit_link(
                self.actor,
                client_id=family.client.id,
                link_id=member.link.id,
                relationship=self.relationship(),
                expected_version=member.link.version,
                ends_on=ends_on,
            )
        if not isinstance(member, ContactPerson):
            return None
        return await self.relationships.edit_contact(
            self.actor,
            client_id=family.client.id,
            contact_id=member.contact.id,
            person=self.person(),
            relationship=self.relationship(),
            expected_version=member.contact.version,
            person_version=member.person.version,
            ends_on=ends_on,
        )

    async def client(self) -> ClientSaved:
        """Edit a client."""
        client = (await self.family()).client
        return await self.clients.edit(
            self.actor,
            client.id,
            self.details(client.details.first_name),
            expected_version=client.version,
            address_confirmed=True,
        )

    async def make(self) -> Outcome | None:
        """Make a contact a client."""
        family, member = await self.member()
        known = (await self.clients.find(self.actor, "", limit=MOST_CLIENTS)).clients
        if not isinstance(member, ContactPerson) or len(known) >= MOST_CLIENTS:
            return None
        return await self.relationships.make_client(
            self.actor,
            client_id=family.client.id,
            contact_id=member.contact.id,
            became=self.details(f"New{self.random.randrange(10**6)}"),
            words=WORDS,
            expected_version=member.contact.version,
            person_version=member.person.version,
            answers=Answers(despite=frozenset(each.id for each in known), address_confirmed=True),
        )

    async def remove(self) -> Outcome | None:
        """Remove somebody."""
        family, member = await self.member()
        if member is None:
            return None
        return await self.relationships.remove(
            self.actor, client_id=family.client.id, relation_id=member.relation.id
        )

    async def undo(self) -> Undone | None:
        """Undo something of late."""
        client_id = (await self.family()).client.id
        entries = [
            entry
            for entry in await self.reader.of_client(self.actor, client_id, limit=10)
            if entry.act in UNDOABLE
        ]
        if not entries:
            return None
        return await self.relationships.undo(
            self.actor, client_id=client_id, entry=self.random.choice(entries).number
        )

    async def member(self) -> tuple[Family, Member | None]:
        """Look at any row of any family."""
        family = await self.family()
        return family, self.random.choice(family.members) if family.members else None

    def chance(self, one_in: int) -> bool:
        """Say yes once in so many times."""
        return self.random.randrange(one_in) == 0

    def relationship(self) -> RelationshipChoice:
        """Return any relationship."""
        if self.chance(8):
            return RelationshipChoice(kinship=Kinship.OTHER, own_words="coach", inverse_words="pupil")
        kinds = [kind for kind in Kinship if kind is not Kinship.OTHER]
        return RelationshipChoice(kinship=self.random.choice(kinds))

    def person(self) -> PersonDetails:
        """Return any contact person."""
        return PersonDetails(
            first_name=self.random.choice(("Rosa", "Raúl", "Rita")),
            last_name=self.random.choice(("Vega", "Diaz")),
            email=self.random.choice(("r@example.org", None)),
            phones=(Phone(number=self.random.choice(("+12125550100", "+12125550101"))),),
        )

    def details(self, first_name: str) -> ClientDetails:
        """Return any details of a client."""
        return ClientDetails(
            first_name=first_name,
            email=self.random.choice(("a@example.com", "b@example.com", None)),
            phones=(Phone(number="+12125550111"),),
        )


async def work(url: str, seed: int, acts: int) -> Counter[str]:
    """Work on a database, two at a time as the bot does, and return what was done."""
    database = Database.open(url)
    try:
        desks = [StaffAtWork(database, seed * 10 + number) for number in range(2)]
        await asyncio.gather(*(desk.work(acts // len(desks)) for desk in desks))
    finally:
        await database.close()
    return desks[0].done + desks[1].done


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
