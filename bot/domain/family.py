"""The read model: one client with links and contacts as seen from their side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.folding import fold
from bot.domain.person import Person
from bot.domain.phone import Phone
from bot.domain.relationship import Contact, Link, Relation, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedClient:
    """A linked client as this client's account shows them; name, e-mail, phone are the other's own (R1)."""

    link: Link
    side: Side
    reverse: Side
    client: Client

    @property
    def relation(self) -> Relation:
        """The relation itself."""
        return self.link

    @property
    def name(self) -> str:
        """The related person's name."""
        return self.client.display_name

    @property
    def email(self) -> str | None:
        """The related person's address."""
        return self.client.email

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The related person's numbers."""
        return self.client.phones


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """A contact as this client's account shows them."""

    contact: Contact
    side: Side
    person: Person

    @property
    def relation(self) -> Relation:
        """The relation itself."""
        return self.contact

    @property
    def name(self) -> str:
        """The related person's name."""
        return self.person.name

    @property
    def email(self) -> str | None:
        """The related person's address."""
        return self.person.email

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The related person's numbers."""
        return self.person.phones


Member = LinkedClient | ContactPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One client and the active relations on their account, links first, each kind by name.

    `today` is the day as of which it is told which relations have ended; without it none has. `paused` are
    the addresses among theirs that do not work, in the form of login equality (R27).
    """

    client: Client
    linked_clients: tuple[LinkedClient, ...] = ()
    contacts: tuple[ContactPerson, ...] = ()
    today: date | None = None
    paused: frozenset[str] = frozenset()

    @property
    def members(self) -> tuple[Member, ...]:
        """Links and contacts in one list (R1)."""
        return (*self.linked_clients, *self.contacts)

    @property
    def emergency_contacts(self) -> tuple[Member, ...]:
        """Links and contacts alike, in the order in which to call them (R3, R33)."""
        called = [member for member in self.members if member.side.emergency_position is not None]
        return tuple(sorted(called, key=lambda member: member.side.emergency_position or 0))

    @property
    def same_login(self) -> tuple[LinkedClient, ...]:
        """Linked clients with the same e-mail: one portal login may open both accounts (R14)."""
        return tuple(linked for linked in self.linked_clients if linked.client.shares_login_with(self.client))

    def member(self, relation_id: str) -> Member | None:
        """Return the row of a relation, or None where it is not on this account."""
        return next((member for member in self.members if member.relation.id == relation_id), None)

    def matching(self, text: str) -> tuple[Member, ...]:
        """Return the rows where each word of `text` begins a word of the name, the own id or the e-mail."""
        words = fold(text).split()
        return tuple(member for member in self.members if _matches(member, words))

    def has_ended(self, member: Member) -> bool:
        """Say whether the last day of a relation has passed: it is shown, and receives nothing (R5, R21)."""
        return self.today is not None and member.relation.has_ended(today=self.today)

    def is_paused(self, address: str | None) -> bool:
        """Say whether an address of theirs does not work: nothing is sent to it (R27)."""
        return address is not None and login_equality(address) in self.paused


def _matches(member: Member, words: Sequence[str]) -> bool:
    own_id = member.client.details.own_id if isinstance(member, LinkedClient) else ""
    known = fold(f"{member.name} {own_id} {member.email or ''}").split()
    return all(any(each.startswith(word) for each in known) for word in words)
