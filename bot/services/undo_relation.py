"""Undoing one act on a link or contact: only what it changed is put back (R43)."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, LinkId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Relation, Side
from bot.domain.sharing import Sharing
from bot.services.changes import (
    EMAIL,
    ENDS_ON,
    POSITION,
    RELATIONSHIP,
    REMOVAL,
    ROLES,
    SHARING,
    Part,
    changed_parts,
    states_of,
)
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, orders_that_move, store_change
from bot.services.findings import Findings
from bot.services.held import Held, hold, related_person
from bot.services.ports import UnitOfWork
from bot.services.sharing_rules import Direction, bars, check_sharing
from bot.services.undo_rules import (
    ENDED,
    Case,
    refuse_if_changed,
    refuse_if_over,
    refuse_new_mail,
    refuse_second,
)


async def undo_relation(errand: Errand, client_id: ClientId, original: HistoryEntry) -> bool:
    """Put back what an entry changed of a relation; say whether it took the last emergency contact away."""
    ended = original.act in ENDED
    # A contact's id is looked up the same way as a link's.
    held = await hold(errand.unit, client_id, LinkId(original.subject_id), even_removed=ended)
    await refuse_if_over(errand, original)
    before, _ = states_of(original)
    if not isinstance(before, RelationState):
        raise NotFound
    siblings = await _siblings(errand.unit, original)
    subjects = {original.subject_id, *held.relation.client_ids}
    later = await errand.unit.history.since(
        original.number, subject_ids=subjects, person_id=original.person_id
    )
    same_act = {each.number for each in siblings}
    case = Case(
        original=original,
        before=before,
        mine=changed_parts(original),
        later=tuple(each for each in later if each.number not in same_act),
    )
    if ended:
        await refuse_second(errand.unit, held, since=original)
    else:
        refuse_if_changed(case.mine, case.later)
    change = await restored_relation(errand, held, case)
    moved = await orders_that_move(errand.unit, change.orders)
    undoes = {each.subject_id: each.number for each in siblings} | {original.subject_id: original.number}
    await store_change(errand, Act.CHANGE_UNDONE, held, change, moved=moved, undoes=undoes)
    return bool(moved.get(client_id)) and not change.orders[client_id]


async def _siblings(unit: UnitOfWork, original: HistoryEntry) -> tuple[HistoryEntry, ...]:
    """Return what the same act recorded of the same person, and of nothing else, elsewhere (R36)."""
    mine = {part for part in changed_parts(original) if part.of == original.person_id}
    if original.person_id is None or not mine:
        return ()
    found = await unit.history.since(0, subject_ids=(), person_id=original.person_id)
    return tuple(
        each
        for each in found
        if (each.at, each.by, each.act) == (original.at, original.by, original.act)
        and each.subject_id != original.subject_id
        and changed_parts(each) == mine
    )


async def restored_relation(errand: Errand, held: Held, case: Case) -> Change:
    """Return the relation as it stands, with what the entry changed as it was before.

    Raises:
        ChangedSince: mail would begin anew although something else has changed.
        InvalidInput: the sharing that was there before is no longer possible.
    """
    relation, before = held.relation, case.before.relation
    names = {part.name for part in case.mine}
    if REMOVAL in names:
        relation = replace(relation, removal=before.removal)
    if ENDS_ON in names:
        relation = replace(relation, ends_on=before.ends_on)
        _refuse_mail_again(errand, case, held.relation, relation)
    for side in before.sides:
        relation = relation.with_side(
            await _side(errand, case, relation.side_of(side.client_id), side, labels=RELATIONSHIP in names)
        )
    person = await _person(errand.unit, held, case)
    orders = {
        part.client_id: await _order(errand.unit, part.client_id, case)
        for part in case.mine
        if part.name == POSITION and part.client_id is not None
    }
    return Change(relation=relation, person=person, orders=orders)


def _refuse_mail_again(errand: Errand, case: Case, present: Relation, restored: Relation) -> None:
    """Refuse to take an end away that has come, where sharing would begin anew after other changes."""
    begins = present.has_ended(today=errand.today) and not restored.has_ended(today=errand.today)
    if begins and case.disturbed_by is not None and any(side.sharing for side in present.sides):
        raise case.disturbed_by


async def _side(errand: Errand, case: Case, present: Side, before: Side, *, labels: bool) -> Side:
    side = present
    if labels:
        side = replace(side, label=before.label)
    if Part(name=ROLES, of=case.before.relation.id, client_id=side.client_id) in case.mine:
        side = replace(side, roles=before.roles)
    if Part(name=SHARING, of=case.before.relation.id, client_id=side.client_id) in case.mine:
        side = replace(side, sharing=await _sharing(errand, case, present, before))
    return side


async def _sharing(errand: Errand, case: Case, present: Side, before: Side) -> Sharing | None:
    """Return the sharing of one side as it was; where that would bring mail back, only if nothing moved."""
    was, now = before.sharing, present.sharing
    if was is None or (now is not None and was.categories <= now.categories):
        return was
    ended = case.original.act in ENDED
    if case.disturbed_by is not None:
        if ended:
            return None
        raise case.disturbed_by
    findings = Findings()
    sender = await errand.unit.clients.get(before.client_id)
    if sender is None:
        raise NotFound
    recipient = await related_person(errand.unit, before.client_id, case.before.relation)
    has_ended = not ended and case.before.relation.has_ended(today=errand.today)
    direction = Direction(
        sender=sender,
        recipient=recipient,
        has_ended=has_ended,
        must_not_receive=await bars(errand.unit, sender, recipient, today=errand.today),
    )
    check_sharing(was.choice, direction, today=errand.today, findings=findings)
    if findings.problems and ended:
        return None
    findings.refuse_if_any()
    return was


async def _person(unit: UnitOfWork, held: Held, case: Case) -> Person | None:
    was, now = case.before.person, held.person
    if was is None or now is None:
        return None
    names = {part.name for part in case.mine if part.of == was.id}
    restored = {name: getattr(was.details, name) for name in names}
    details = replace(now.details, **restored)
    if EMAIL in names:
        contacts = [await unit.relations.get(each) for each in await unit.people.contacts_of(now.id)]
        received = [(relation, side.sharing) for relation in contacts if relation for side in relation.sides]
        await refuse_new_mail(unit, case.original, received, address=details.email)
    return replace(now, details=details)


async def _order(unit: UnitOfWork, client_id: ClientId, case: Case) -> tuple[RelationId, ...]:
    """Return the emergency order with the relation at its former place, as far as there are places."""
    relation_id = case.before.relation.id
    former = case.before.orders.get(client_id, ())
    others = [one for one in await unit.relations.emergency_order(client_id) if one != relation_id]
    if relation_id not in former:
        return tuple(others)
    place = list(former).index(relation_id)
    return (*others[:place], relation_id, *others[place:])
