"""Undo: for ten minutes, what was changed or ended is put back as it was, by anybody of the staff (R43).

Only what the entry changed is put back; what others changed meanwhile beside it stays as they left it.
Sharing is the exception: it comes back only where nothing about the relation or the addresses has moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.client import Client
from bot.domain.errors import (
    AlreadyContact,
    AlreadyLinked,
    AlreadyUndone,
    ChangedMeanwhile,
    ChangedSince,
    NotFound,
    UndoTooLate,
)
from bot.domain.history import UNDOABLE, Act, HistoryEntry
from bot.domain.ids import ClientId, LinkId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Link, Relation, Side
from bot.domain.sharing import Sharing
from bot.domain.staff import Actor
from bot.services.changes import (
    EMAIL,
    ENDS_ON,
    POSITION,
    RELATIONSHIP,
    REMOVAL,
    ROLES,
    SHARING,
    Part,
    State,
    changed_parts,
    states_of,
)
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, FamilyDesk, family_of, orders_that_move, store_change
from bot.services.findings import Findings
from bot.services.held import Held, hold, name_of, related_person
from bot.services.outcome import Undone
from bot.services.ports import UnitOfWork
from bot.services.sharing_rules import Direction, check_sharing

ENDED = frozenset({Act.LINK_REMOVED, Act.CONTACT_REMOVED})


class Undoing(FamilyDesk):
    """An undo is one unit and one entry of its own, which names the one it undoes."""

    async def undo(
        self, actor: Actor, *, client_id: ClientId, entry: int, submission: str | None = None
    ) -> Undone:
        """Put back what an entry of the history changed.

        Args:
            actor: who undoes; it need not be who did it.
            client_id: the account from which it is undone; the entry is about it.
            entry: the entry's number.
            submission: the key of the click; a repetition has no effect (R11).

        Raises:
            NotFound: this account has no such entry, or it is nothing that can be undone.
            AlreadyUndone: somebody else was quicker; it says who and when.
            UndoTooLate: the ten minutes are over.
            AlreadyRemoved: the relation was removed since (R42).
            ChangedSince: the same thing was changed again since; it says what, and by whom. Also where
                e-mails would be shared again although something else has changed.
            AlreadyLinked: the pair was linked again meanwhile (R11).
            AlreadyContact: the person was made a contact again meanwhile.
            InvalidInput: what was there before is no longer possible: the own id is somebody else's by now,
                or the basis of the sharing has run out.
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            original = await _entry_of(errand.unit, client_id, entry)
            if earlier is not None:
                undone = await _answer(errand, client_id, original)
                return replace(undone, changed=False, repeated=True)
            if original.act not in UNDOABLE:
                raise NotFound
            if original.act is Act.CLIENT_EDITED:
                lost = await _undo_client(errand, original)
            else:
                lost = await _undo_relation(errand, client_id, original)
            await errand.settle(submission, str(original.number))
            undone = await _answer(errand, client_id, original)
            return replace(undone, lost_last_emergency_contact=lost)


async def _entry_of(unit: UnitOfWork, client_id: ClientId, number: int) -> HistoryEntry:
    original = (await unit.history.numbered((number,))).get(number)
    if original is None or client_id not in original.client_ids:
        raise NotFound
    return original


async def _answer(errand: Errand, client_id: ClientId, original: HistoryEntry) -> Undone:
    unit = errand.unit
    family = await family_of(unit, client_id, today=errand.today)
    undoing = (await unit.history.undoing((original.number,))).get(original.number)
    if undoing is None:
        raise NotFound
    (before, _), (_, now) = states_of(original), states_of(undoing)
    name = family.client.display_name
    if isinstance(now, RelationState):
        name = name_of(await related_person(unit, client_id, now.relation))
    left_off = _is_shared(before) and not _is_shared(now) and original.act in ENDED
    return Undone(family=family, original=original, name=name, sharing_left_off=left_off)


def _is_shared(state: State | None) -> bool:
    return isinstance(state, RelationState) and any(side.sharing for side in state.relation.sides)


async def _refuse_if_over(errand: Errand, original: HistoryEntry) -> None:
    """Refuse a second undo and a late one; this is certain only after the clients are locked."""
    undone = (await errand.unit.history.undoing((original.number,))).get(original.number)
    if undone is not None:
        raise AlreadyUndone(entry=undone)
    if not original.may_be_undone(errand.at):
        raise UndoTooLate


def _refuse_if_changed(mine: frozenset[Part], later: Sequence[HistoryEntry]) -> None:
    for entry in reversed(later):
        again = mine & changed_parts(entry)
        if again:
            raise ChangedSince(entry=entry, what=min(part.name for part in again))


async def _undo_client(errand: Errand, original: HistoryEntry) -> bool:
    client_id = original.client_ids[0]
    client = (await errand.unit.clients.lock((client_id,))).get(client_id)
    before, _ = states_of(original)
    if client is None or not isinstance(before, Client):
        raise NotFound
    await _refuse_if_over(errand, original)
    mine = changed_parts(original)
    subjects = {str(client_id)}
    _refuse_if_changed(
        mine, await errand.unit.history.since(original.number, subject_ids=subjects, person_id=None)
    )
    restored = {part.name: getattr(before.details, part.name) for part in mine}
    details = replace(client.details, **restored)
    if Part(name=EMAIL, of=client_id) in mine:
        family = await family_of(errand.unit, client_id)
        received = [(linked.link, linked.reverse.sharing) for linked in family.linked_clients]
        await _refuse_new_mail(errand.unit, original, received, address=details.email)
    after = replace(client, details=details, version=client.version + 1)
    await errand.unit.clients.update(after, expected_version=client.version)
    await errand.record_client(Act.CHANGE_UNDONE, before=client, after=after, undoes=original.number)
    return False


async def _refuse_new_mail(
    unit: UnitOfWork,
    original: HistoryEntry,
    received: Sequence[tuple[Relation, Sharing | None]],
    *,
    address: str | None,
) -> None:
    """Refuse to put an address back to which e-mails would go that were agreed on for the newer one (R27)."""
    for relation, sharing in received:
        if sharing is None or (sharing.recorded_at <= original.at and address):
            continue
        later = await unit.history.since(original.number, subject_ids={relation.id}, person_id=None)
        switched = [each for each in later if any(part.name == SHARING for part in changed_parts(each))]
        if not switched:
            raise ChangedMeanwhile
        raise ChangedSince(entry=switched[-1], what=SHARING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One relation and the entry to undo: what it was before, which parts changed, what happened since."""

    original: HistoryEntry
    before: RelationState
    mine: frozenset[Part]
    later: tuple[HistoryEntry, ...]

    @property
    def disturbing(self) -> HistoryEntry | None:
        """The latest entry about the relation, or about the addresses of its people."""
        found = [
            each
            for each in self.later
            if each.subject_id == self.original.subject_id
            or any(part.name == EMAIL for part in changed_parts(each))
        ]
        return found[-1] if found else None


async def _undo_relation(errand: Errand, client_id: ClientId, original: HistoryEntry) -> bool:
    ended = original.act in ENDED
    # A contact's id is looked up the same way as a link's.
    held = await hold(errand.unit, client_id, LinkId(original.subject_id), even_removed=ended)
    await _refuse_if_over(errand, original)
    before, _ = states_of(original)
    if not isinstance(before, RelationState):
        raise NotFound
    siblings = await _siblings(errand.unit, original)
    subjects = {original.subject_id, *held.relation.client_ids}
    later = await errand.unit.history.since(
        original.number, subject_ids=subjects, person_id=original.person_id
    )
    same_act = {each.number for each in siblings}
    case = _Case(
        original=original,
        before=before,
        mine=changed_parts(original),
        later=tuple(each for each in later if each.number not in same_act),
    )
    if ended:
        await _refuse_second(errand.unit, held)
    else:
        _refuse_if_changed(case.mine, case.later)
    change = await _change(errand, held, case)
    moved = await orders_that_move(errand.unit, change.orders)
    undoes = {each.subject_id: each.number for each in siblings} | {original.subject_id: original.number}
    await store_change(errand, Act.CHANGE_UNDONE, held, change, moved=moved, undoes=undoes)
    return bool(moved.get(client_id)) and not change.orders[client_id]


async def _siblings(unit: UnitOfWork, original: HistoryEntry) -> tuple[HistoryEntry, ...]:
    """Return what the same act recorded of the same person, and of nothing else, elsewhere (R36)."""
    if original.person_id is None:
        return ()
    mine = {part for part in changed_parts(original) if part.of == original.person_id}
    found = await unit.history.since(0, subject_ids=(), person_id=original.person_id)
    return tuple(
        each
        for each in found
        if (each.at, each.by, each.act) == (original.at, original.by, original.act)
        and each.subject_id != original.subject_id
        and changed_parts(each) == mine
    )


async def _refuse_second(unit: UnitOfWork, held: Held) -> None:
    """Refuse to bring back what has been made anew meanwhile (R11)."""
    if isinstance(held.relation, Link):
        present = await unit.relations.active_link_between(*held.relation.client_ids)
        if present is not None and isinstance(held.related, Client):
            raise AlreadyLinked(link=present, other=held.related)
        return
    family = await family_of(unit, held.client.id)
    if any(each.person.id == held.relation.person_id for each in family.contacts):
        raise AlreadyContact


async def _change(errand: Errand, held: Held, case: _Case) -> Change:
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


def _refuse_mail_again(errand: Errand, case: _Case, present: Relation, restored: Relation) -> None:
    """Refuse to take an end away that has come, where sharing would begin anew after other changes."""
    begins = present.has_ended(today=errand.today) and not restored.has_ended(today=errand.today)
    if begins and case.disturbing is not None and any(side.sharing for side in present.sides):
        raise ChangedSince(entry=case.disturbing, what=_what(case))


async def _side(errand: Errand, case: _Case, present: Side, before: Side, *, labels: bool) -> Side:
    side = present
    if labels:
        side = replace(side, label=before.label)
    if Part(name=ROLES, of=case.before.relation.id, client_id=side.client_id) in case.mine:
        side = replace(side, roles=before.roles)
    if Part(name=SHARING, of=case.before.relation.id, client_id=side.client_id) in case.mine:
        side = replace(side, sharing=await _sharing(errand, case, present, before))
    return side


async def _sharing(errand: Errand, case: _Case, present: Side, before: Side) -> Sharing | None:
    """Return the sharing of one side as it was; where that would bring mail back, only if nothing moved."""
    was, now = before.sharing, present.sharing
    if was is None or (now is not None and was.categories <= now.categories):
        return was
    ended = case.original.act in ENDED
    if case.disturbing is not None:
        if ended:
            return None
        raise ChangedSince(entry=case.disturbing, what=_what(case))
    findings = Findings()
    sender = await errand.unit.clients.get(before.client_id)
    if sender is None:
        raise NotFound
    recipient = await related_person(errand.unit, before.client_id, case.before.relation)
    has_ended = not ended and case.before.relation.has_ended(today=errand.today)
    direction = Direction(sender=sender, recipient=recipient, has_ended=has_ended)
    check_sharing(was.choice, direction, today=errand.today, findings=findings)
    if findings.problems and ended:
        return None
    findings.refuse_if_any()
    return was


def _what(case: _Case) -> str:
    """Return the name of what the disturbing entry changed; the address where it is among that."""
    names = sorted(part.name for part in changed_parts(case.disturbing)) if case.disturbing else []
    return EMAIL if EMAIL in names else names[0]


async def _person(unit: UnitOfWork, held: Held, case: _Case) -> Person | None:
    was, now = case.before.person, held.person
    if was is None or now is None:
        return None
    names = {part.name for part in case.mine if part.of == was.id}
    restored = {name: getattr(was.details, name) for name in names}
    details = replace(now.details, **restored)
    if EMAIL in names:
        contacts = [await unit.relations.get(each) for each in await unit.people.contacts_of(now.id)]
        received = [(relation, side.sharing) for relation in contacts if relation for side in relation.sides]
        await _refuse_new_mail(unit, case.original, received, address=details.email)
    return replace(now, details=details)


async def _order(unit: UnitOfWork, client_id: ClientId, case: _Case) -> tuple[RelationId, ...]:
    """Return the emergency order with the relation at its former place, as far as there are places."""
    relation_id = case.before.relation.id
    former = case.before.orders.get(client_id, ())
    others = [one for one in await unit.relations.emergency_order(client_id) if one != relation_id]
    if relation_id not in former:
        return tuple(others)
    place = list(former).index(relation_id)
    return (*others[:place], relation_id, *others[place:])
