"""Histories for the views: every act, of families of any kind, with all that it can have changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.client import Client
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.history import Act, HistoryEntry, Kind, kind_of
from bot.domain.ids import ClientId, StaffId
from bot.domain.kinship import Kinship, Label
from bot.domain.person import PersonDetails
from bot.domain.relationship import Relation, Removal
from bot.domain.staff import Surface
from bot.services.changes import State
from bot.services.errand import RelationState
from bot.services.history import HistoryPage, HistoryRow
from bot.services.snapshots import client_snapshot
from tests.views.families import LONG_AGO

OF_CLIENTS = (
    Act.CLIENT_ADDED,
    Act.CLIENT_EDITED,
    Act.CLIENT_MAIL_STOPPED,
    Act.CLIENT_MAIL_RESUMED,
    Act.CLIENT_OWNERS_CHANGED,
)
OF_LINKS = (
    Act.LINK_ADDED,
    Act.LINK_EDITED,
    Act.LINK_REMOVED,
    Act.ROLES_CHANGED,
    Act.SHARING_CHANGED,
    Act.SHARING_STOPPED,
)
OF_CONTACTS = (Act.CONTACT_ADDED, Act.CONTACT_EDITED, Act.CONTACT_REMOVED, Act.CONTACT_BECAME_CLIENT)
NOW = LONG_AGO + timedelta(minutes=2)


def kept(state: State | None) -> dict[str, object] | None:
    """Return what the history keeps of a state."""
    if state is None:
        return None
    return dict(client_snapshot(state) if isinstance(state, Client) else state.snapshot)


def row(
    act: Act,
    before: State | None,
    after: State,
    *clients: Client,
    number: int = 1,
    by_name: str = "Ana Ruiz",
    surface: Surface = Surface.SLACK_MODAL,
) -> HistoryRow:
    """Return an entry with what is needed to tell of it."""
    entry = HistoryEntry(
        at=LONG_AGO,
        by=StaffId("U1"),
        by_name=by_name,
        surface=surface,
        act=act,
        subject_id=after.id if isinstance(after, Client) else after.relation.id,
        client_ids=tuple(client.id for client in clients),
        before=kept(before),  # type: ignore[arg-type]  # plain JSON
        after=kept(after),  # type: ignore[arg-type]  # plain JSON
        number=number,
    )
    return HistoryRow(entry=entry, before=before, after=after, clients={each.id: each for each in clients})


def undoing(undone: HistoryRow, number: int) -> HistoryRow:
    """Return the entry that undoes another one."""
    entry = replace(
        undone.entry,
        act=Act.CHANGE_UNDONE,
        number=number,
        undoes=undone.entry.number,
        before=undone.entry.after,
        after=undone.entry.before,
    )
    return replace(undone, entry=entry, before=undone.after, after=undone.before, original=undone.entry)


def page(client: Client, *rows: HistoryRow, number: int = 0, has_older: bool = False) -> HistoryPage:
    """Return a page of rows."""
    return HistoryPage(client=client, rows=rows, page=number, newest=99, has_older=has_older)


def histories(family: Family) -> Iterator[HistoryPage]:
    """Yield pages with every act on a family that has a link and a contact at least."""
    rows = list(every_row(family))
    assert {each.entry.act for each in rows} == {act for act in Act if kind_of(act) is Kind.CHANGE}
    for first in range(0, len(rows), 12):
        yield page(family.client, *rows[first : first + 12], number=first, has_older=True)
    yield page(family.client)
    yield page(family.client, number=3)


def every_row(family: Family) -> Iterator[HistoryRow]:
    """Yield a row of every act, once as it comes and once with everything before and nothing after."""
    client, long = family.client, family.client.display_name
    bare = replace(client, details=replace(client.details, email=None, phones=(), birth_date=None))
    for number, act in enumerate(OF_CLIENTS):
        yield row(act, bare if number else None, client, client, by_name=long, surface=Surface.IMPORT)
        yield row(act, client, bare, client, number=2**60)
    linked, contact = family.linked_clients[0], family.contacts[0]
    for member, acts in ((linked, OF_LINKS), (contact, OF_CONTACTS)):
        clients = (client, linked.client) if isinstance(member, LinkedClient) else (client,)
        everything, nothing = _everything(member), _nothing(member)
        for act in acts:
            yield row(act, None, everything, *clients, by_name=long)
            whole = row(act, everything, nothing, *clients, surface=Surface.COMMAND_LINE)
            yield replace(whole, undone_by=whole.entry)
            yield undoing(whole, 3)


def _everything(member: LinkedClient | ContactPerson) -> RelationState:
    orders = dict.fromkeys(member.relation.client_ids, (member.relation.id,))
    person = member.person if isinstance(member, ContactPerson) else None
    return RelationState(relation=member.relation, person=person, orders=orders)


def _nothing(member: LinkedClient | ContactPerson) -> RelationState:
    relation: Relation = member.relation
    for side in relation.sides:
        label = Label(kinship=Kinship.FRIEND)
        relation = relation.with_side(replace(side, label=label, roles=(), sharing=None))
    removal = Removal(at=LONG_AGO, by=StaffId("U1"), by_name=member.name, reason="R" * 500)
    orders: dict[ClientId, tuple[()]] = dict.fromkeys(relation.client_ids, ())
    person = None
    if isinstance(member, ContactPerson):
        person = replace(member.person, details=PersonDetails(first_name="X"))
    return RelationState(relation=replace(relation, removal=removal), person=person, orders=orders)
