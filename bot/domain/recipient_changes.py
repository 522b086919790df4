"""What a change makes of the recipients of a client's e-mails: who got them and who gets them (R44)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.client import Client
from bot.domain.family import ContactPerson, Family, LinkedClient, Member
from bot.domain.ids import AnnouncementId, ClientId, StaffId
from bot.domain.must_not_receive import Restrictions
from bot.domain.notice import NoticeCategory
from bot.domain.person import Person
from bot.domain.recipients import Reason, Verdict, decide
from bot.domain.relationship import Contact, Link, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who gets e-mails, as it was at the moment of the change."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientChange:
    """Who got some kinds of e-mail before a change, and who gets them after it."""

    categories: tuple[NoticeCategory, ...]
    before: tuple[Receiver, ...]
    after: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What one member of staff is to be told: that somebody gets a client's e-mails no more as they did.

    Attributes:
        staff_id: who is told.
        client_id: whose e-mails.
        at: when it was changed.
        by_name: who changed it.
        changes: the recipients before and after, by kinds of e-mail.
        known_to: everybody who was told of this change or is to be: nobody is told twice.
    """

    id: AnnouncementId
    staff_id: StaffId
    client_id: ClientId
    at: datetime
    by_name: str
    changes: tuple[RecipientChange, ...]
    known_to: frozenset[StaffId]


def recipient_changes(
    before: Family, after: Family, *, today: date, restrictions: Restrictions
) -> tuple[RecipientChange, ...]:
    """Return the kinds of e-mail that somebody got over a relation and gets no more, or elsewhere.

    Kinds with the same recipients stand together. Whether an address works at present is left aside: it is
    about who is meant to receive.

    Args:
        before: the family as it was.
        after: the family as it is.
        today: the day in the practice's time zone.
        restrictions: who must not receive this client's mail.
    """
    found: dict[tuple[tuple[Receiver, ...], tuple[Receiver, ...]], list[NoticeCategory]] = {}
    for category in NoticeCategory:
        if category.shared_as is None:
            continue
        was, now = (
            _receiving(decide(each, category=category, today=today, restrictions=restrictions))
            for each in (before, after)
        )
        if any(_has_lost(verdict, now) for verdict in was):
            found.setdefault((_named(was), _named(now)), []).append(category)
    return tuple(
        RecipientChange(categories=tuple(categories), before=was_named, after=now_named)
        for (was_named, now_named), categories in found.items()
    )


def with_relation(family: Family, relation: Relation, *, related: Client | Person) -> Family:
    """Return a family in which one relation and the person behind it are as they were.

    Args:
        family: as it is.
        relation: as it was; it need not stand on the account any more.
        related: the linked client or contact person, as they were.
    """
    member = _member(family.client.id, relation, related)
    others = [each for each in family.members if each.relation.id != relation.id]
    return _family_of(family, [*others, member])


def with_client(family: Family, client: Client) -> Family:
    """Return a family in which one client, whose account it is or who is linked, is as they were."""
    members = [
        replace(each, client=client)
        if isinstance(each, LinkedClient) and each.client.id == client.id
        else each
        for each in family.members
    ]
    own = client if family.client.id == client.id else family.client
    return replace(_family_of(family, members), client=own)


def _family_of(family: Family, members: Iterable[Member]) -> Family:
    listed = tuple(members)
    return replace(
        family,
        linked_clients=tuple(each for each in listed if isinstance(each, LinkedClient)),
        contacts=tuple(each for each in listed if isinstance(each, ContactPerson)),
    )


def _member(client_id: ClientId, relation: Relation, related: Client | Person) -> Member:
    side = relation.side_of(client_id)
    if isinstance(relation, Link) and isinstance(related, Client):
        return LinkedClient(link=relation, side=side, reverse=relation.side_of(related.id), client=related)
    if isinstance(relation, Contact) and isinstance(related, Person):
        return ContactPerson(contact=relation, side=side, person=related)
    raise TypeError("a link is with a client, and a contact is a person")


def _receiving(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return those who read the mail, be it in an inbox that they share."""
    return [each for each in verdicts if each.receives or each.reason is Reason.SAME_INBOX]


def _has_lost(verdict: Verdict, now: Iterable[Verdict]) -> bool:
    """Say whether somebody got mail over a relation and does not any more at that inbox.

    Whoever became a client gets it over another relation, under the same name.
    """
    return verdict.relation_id is not None and not any(
        each.inbox == verdict.inbox and (each.key == verdict.key or each.name == verdict.name) for each in now
    )


def _named(verdicts: Iterable[Verdict]) -> tuple[Receiver, ...]:
    return tuple(Receiver(name=each.name, address=each.address or "") for each in verdicts)
