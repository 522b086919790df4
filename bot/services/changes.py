"""Which parts of a client or a relation an entry of the history changed: for undoing it, and for telling it.

Parts are as large as what staff see as one thing: a field of the details, both labels of a link, the roles of
one side, its sharing, its place in the emergency order.
"""

from dataclasses import dataclass, fields

from bot.domain.client import Client, ClientDetails
from bot.domain.history import HistoryEntry, Kind
from bot.domain.ids import ClientId
from bot.domain.person import PersonDetails
from bot.services.errand import RelationState
from bot.services.snapshots import Kept, client_from, orders_from, relation_from

State = Client | RelationState
"""What an entry is about, at one moment."""

RELATIONSHIP = "relationship"
ROLES = "roles"
SHARING = "sharing"
POSITION = "position"
ENDS_ON = "ends_on"
REMOVAL = "removal"
EMAIL = "email"
OWNERS = "owners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a client, a contact person or a relation.

    Attributes:
        name: one of the names above, or a field of the details of a client or a contact person.
        of: the id of the client, person or relation.
        client_id: whose side of a relation it stands on, where each side has one.
    """

    name: str
    of: str
    client_id: ClientId | None = None


def state_from(kept: Kept) -> State:
    """Return the client or relation that an entry kept."""
    if "sides" not in kept:
        return client_from(kept)
    relation, person = relation_from(kept)
    return RelationState(relation=relation, person=person, orders=orders_from(kept["emergency_orders"]))


def states_of(entry: HistoryEntry) -> tuple[State | None, State | None]:
    """Return what there was before an entry, and after it: of a change that was not erased (P17)."""
    if entry.kind is not Kind.CHANGE:
        return None, None
    before = state_from(entry.before) if entry.before is not None else None
    return before, state_from(entry.after) if entry.after is not None else None


def parts_of(state: State | None) -> dict[Part, object]:
    """Return every part of a client or a relation with its value.

    The place in an emergency order is among them only where the order moved: 0 is the first to call, and
    None is nowhere.
    """
    if state is None:
        return {}
    if isinstance(state, Client):
        return _details(state.details, of=state.id) | {Part(name=OWNERS, of=state.id): state.owners}
    relation = state.relation
    parts: dict[Part, object] = {
        Part(name=RELATIONSHIP, of=relation.id): tuple(side.label for side in relation.sides),
        Part(name=ENDS_ON, of=relation.id): relation.ends_on,
        Part(name=REMOVAL, of=relation.id): relation.removal,
    }
    for side in relation.sides:
        parts[Part(name=ROLES, of=relation.id, client_id=side.client_id)] = side.roles
        parts[Part(name=SHARING, of=relation.id, client_id=side.client_id)] = side.sharing
    for client_id, order in state.orders.items():
        place = order.index(relation.id) if relation.id in order else None
        parts[Part(name=POSITION, of=relation.id, client_id=client_id)] = place
    if state.person is not None:
        parts |= _details(state.person.details, of=state.person.id)
    return parts


def changed_parts(entry: HistoryEntry) -> frozenset[Part]:
    """Return the parts that an entry changed; all of those that are its subject's own where it added it.

    A contact that was added of somebody on record has not changed the person (R36).
    """
    before, after = (parts_of(state) for state in states_of(entry))
    if entry.before is None:
        return frozenset(part for part in after if part.of == entry.subject_id)
    missing = object()
    changed = (part for part in before | after if before.get(part, missing) != after.get(part, missing))
    return frozenset(changed)


def sharing_lost(before: State | None, after: State | None) -> bool:
    """Say whether a direction in which e-mails were shared before is off after."""
    if not (isinstance(before, RelationState) and isinstance(after, RelationState)):
        return False
    return any(
        side.sharing and not after.relation.side_of(side.client_id).sharing for side in before.relation.sides
    )


def _details(details: ClientDetails | PersonDetails, *, of: str) -> dict[Part, object]:
    return {Part(name=field.name, of=of): getattr(details, field.name) for field in fields(details)}
