"""What a row changes of a relation that is there already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.history import Act
from bot.domain.ids import ClientId, RelationId
from bot.domain.kinship import Kinship, Label
from bot.domain.person import Person
from bot.domain.relationship import Link, Relation, RelationKind, Removal
from bot.services.errand import Errand
from bot.services.family_desk import Change
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.removal import REMOVED, ended
from bot.services.role_rules import without
from bot.services.roster.relation_checks import pair_of, stated_label
from bot.services.roster.relation_deeds import Alteration
from bot.services.roster.relation_sides import Sides, Toward, changed_side, check_called
from bot.services.roster.rows import RelatedSide, RelationRow

EDITED = {RelationKind.LINKED_CLIENT: Act.LINK_EDITED, RelationKind.CONTACT: Act.CONTACT_EDITED}

Orders = Mapping[ClientId, tuple[RelationId, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A relation as it stands, seen from the row's client: `sides` are what the row says of each side of it.

    `filled` are the sides that another row of the import was about, to which this one only adds;
    `keeps_person` says that another row was about the person.
    """

    relation: Relation
    sides: Sides
    orders: Orders
    filled: frozenset[ClientId]
    keeps_person: bool
    near: Toward


def altered(errand: Errand, row: RelationRow, present: Present, findings: Findings) -> Alteration | None:
    """Return the change that a row makes, or None without one; what stands against it is noted."""
    if row.is_ended:
        return _removed(errand, row, present) if _is_about(row, present.relation) else None
    relation = present.relation
    for client_id, (said, toward) in present.sides.items():
        fills = client_id in present.filled
        side = changed_side(
            errand, relation.side_of(client_id), said, toward, only_fills=fills, findings=findings
        )
        relation = relation.with_side(side)
    relation = replace(_labelled(relation, row, present, findings), ends_on=row.ends_on)
    person = _person(row, present)
    orders = _orders(present, findings)
    if relation == present.relation and person is None and not orders:
        return None
    act = _act(present, relation, is_more=bool(person), is_called=bool(orders))
    return _alteration(act, present, Change(relation=relation, person=person, orders=orders))


def _is_about(row: RelationRow, relation: Relation) -> bool:
    """Say whether an ended row is about this relation, and not about one that stood there before it."""
    began = relation.active_from.date()
    if row.ends_on is None:
        return False
    return row.since is None or (row.since == began and row.ends_on > began)


def _removed(errand: Errand, row: RelationRow, present: Present) -> Alteration:
    relation = present.relation
    removal = Removal(at=errand.at, by=errand.actor.staff_id, by_name=errand.actor.name)
    after = replace(ended(relation, removal), ends_on=row.ends_on)
    orders = {
        client_id: without(relation.id, order)
        for client_id, order in present.orders.items()
        if relation.id in order
    }
    return _alteration(REMOVED[relation.kind], present, Change(relation=after, orders=orders))


def _labelled(relation: Relation, row: RelationRow, present: Present, findings: Findings) -> Relation:
    """Return a relation with the labels that the row states.

    What two clients are to each other is decided where they were linked; from the other account a row only
    chooses its own word for it (R10).
    """
    client_id = present.near.client.id
    near = relation.side_of(client_id)
    label, reverse = stated_label(row.side), stated_label(row.reverse)
    fills = client_id in present.filled and near.label.kinship is not Kinship.NOT_STATED
    if not isinstance(relation, Link):
        return relation if label is None or fills else relation.with_side(replace(near, label=label))
    if label is None and reverse is None:
        return relation
    far = relation.side_of(relation.other_than(client_id))
    decides = relation.added_from == client_id or reverse is not None
    if decides or near.label.kinship is Kinship.NOT_STATED:
        if fills:
            return relation
        said = RelatedSide(label=reverse or _kept_word(label, far.label))
        label, reverse = pair_of(row.side, said, findings)
        return relation.with_side(replace(near, label=label)).with_side(replace(far, label=reverse))
    if label is not None and label.kinship is near.label.kinship:
        return relation.with_side(replace(near, label=label))
    return relation


def _kept_word(label: Label | None, far: Label) -> Label | None:
    """Return the label of the other side where it still fits what is stated of this one."""
    if label is None:
        return None
    fits = far.kinship is Kinship.OTHER or label.seen_from_the_other_side().kinship is far.kinship
    return far if fits and (label.kinship is Kinship.OTHER) is (far.kinship is Kinship.OTHER) else None


def _person(row: RelationRow, present: Present) -> Person | None:
    """Return the contact person as changed, or None where nothing is."""
    known = present.near.related
    if not isinstance(known, Person) or row.person is None or present.keeps_person:
        return None
    if present.near.client.id in present.filled:
        return None
    details = replace(row.person, language=row.person.language or known.details.language)
    return None if details == known.details else replace(known, details=details)


def _orders(present: Present, findings: Findings) -> dict[ClientId, tuple[RelationId, ...]]:
    """Return the emergency orders that change; whoever is new there is the last to call for now."""
    changed: dict[ClientId, tuple[RelationId, ...]] = {}
    relation_id = present.relation.id
    for client_id, (said, toward) in present.sides.items():
        order = present.orders[client_id]
        if said.emergency_position and relation_id not in order:
            check_called(said, toward, findings)
            changed[client_id] = (*order, relation_id)
        elif said.emergency_position == 0 and relation_id in order and client_id not in present.filled:
            changed[client_id] = without(relation_id, order)
    return changed


def _act(present: Present, after: Relation, *, is_more: bool, is_called: bool) -> Act:
    before = present.relation
    labels = [side.label for side in before.sides] != [side.label for side in after.sides]
    roles = is_called or [side.roles for side in before.sides] != [side.roles for side in after.sides]
    sharing = [side.sharing for side in before.sides] != [side.sharing for side in after.sides]
    if is_more or labels or before.ends_on != after.ends_on or (roles and sharing):
        return EDITED[before.kind]
    return Act.SHARING_CHANGED if sharing else Act.ROLES_CHANGED


def _alteration(act: Act, present: Present, change: Change) -> Alteration:
    held = Held(relation=present.relation, client=present.near.client, related=present.near.related)
    moved = {client_id: present.orders[client_id] for client_id in change.orders}
    return Alteration(act=act, held=held, change=change, moved=moved)
