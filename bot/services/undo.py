"""Undo: for ten minutes, what was changed or ended is put back as it was, by anybody of the staff (R43).

Only what the entry changed is put back; what others changed meanwhile beside it stays as they left it.
Sharing is the exception: it comes back only where nothing about the relation or the addresses has moved.
"""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import NotFound
from bot.domain.history import UNDOABLE, Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.changes import EMAIL, Part, changed_parts, sharing_lost, states_of
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import FamilyDesk, family_of
from bot.services.held import name_of, related_person
from bot.services.outcome import Undone
from bot.services.ports import UnitOfWork
from bot.services.rights import needs
from bot.services.undo_relation import undo_relation
from bot.services.undo_rules import ENDED, refuse_if_changed, refuse_if_over, refuse_new_mail


class Undoing(FamilyDesk):
    """An undo is one unit and one entry of its own, which names the one it undoes."""

    @needs(Right.CHANGE_CLIENTS)
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
            BecameClient: the person of the contact is a client by now (R2).
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
                await _undo_client(errand, original)
                lost = False
            else:
                lost = await undo_relation(errand, client_id, original)
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
    left_off = original.act in ENDED and sharing_lost(before, now)
    return Undone(family=family, original=original, name=name, sharing_left_off=left_off)


async def _undo_client(errand: Errand, original: HistoryEntry) -> None:
    client_id = original.client_ids[0]
    client = (await errand.unit.clients.lock((client_id,))).get(client_id)
    before, _ = states_of(original)
    if client is None or not isinstance(before, Client):
        raise NotFound
    await refuse_if_over(errand, original)
    mine = changed_parts(original)
    subjects = {str(client_id)}
    refuse_if_changed(
        mine, await errand.unit.history.since(original.number, subject_ids=subjects, person_id=None)
    )
    restored = {part.name: getattr(before.details, part.name) for part in mine}
    details = replace(client.details, **restored)
    if Part(name=EMAIL, of=client_id) in mine:
        family = await family_of(errand.unit, client_id)
        received = [(linked.link, linked.reverse.sharing) for linked in family.linked_clients]
        await refuse_new_mail(errand.unit, original, received, address=details.email)
    after = replace(client, details=details, version=client.version + 1)
    await errand.unit.clients.update(after, expected_version=client.version)
    await errand.record_client(Act.CHANGE_UNDONE, before=client, after=after, undoes=original.number)
