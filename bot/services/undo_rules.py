"""When an undo is refused: too late, twice, over a later change, or where mail would begin anew (R43)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.errors import (
    AlreadyContact,
    AlreadyLinked,
    AlreadyUndone,
    BecameClient,
    ChangedMeanwhile,
    ChangedSince,
    UndoTooLate,
)
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import PersonId
from bot.domain.person import Person
from bot.domain.relationship import Link, Relation
from bot.domain.sharing import Sharing
from bot.services.changes import EMAIL, SHARING, Part, changed_parts
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import family_of
from bot.services.held import Held
from bot.services.ports import UnitOfWork

ENDED = frozenset({Act.LINK_REMOVED, Act.CONTACT_REMOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
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

    @property
    def disturbed_by(self) -> ChangedSince | None:
        """The refusal that names the disturbing entry, and the address where it is among what it changed."""
        if self.disturbing is None:
            return None
        names = sorted(part.name for part in changed_parts(self.disturbing))
        return ChangedSince(entry=self.disturbing, what=EMAIL if EMAIL in names else names[0])


async def refuse_if_over(errand: Errand, original: HistoryEntry) -> None:
    """Refuse a second undo and a late one; this is certain only after the clients are locked."""
    undone = (await errand.unit.history.undoing((original.number,))).get(original.number)
    if undone is not None:
        raise AlreadyUndone(entry=undone)
    if not original.may_be_undone(errand.at):
        raise UndoTooLate


def refuse_if_changed(mine: frozenset[Part], later: Sequence[HistoryEntry]) -> None:
    """Refuse to put back what was changed again since, and say by whom."""
    for entry in reversed(later):
        again = mine & changed_parts(entry)
        if again:
            raise ChangedSince(entry=entry, what=min(part.name for part in again))


async def refuse_new_mail(
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


async def refuse_second(unit: UnitOfWork, held: Held, *, since: HistoryEntry) -> None:
    """Refuse to bring back what has been made anew meanwhile (R11), or who is a client by now (R2)."""
    if isinstance(held.relation, Link):
        await _refuse_second_link(unit, held.client, held.related)
        return
    became = await _client_of(unit, held.relation.person_id, since=since.number)
    if became is not None:
        await _refuse_second_link(unit, held.client, became)
        raise BecameClient(client=became)
    family = await family_of(unit, held.client.id)
    if any(each.person.id == held.relation.person_id for each in family.contacts):
        raise AlreadyContact


async def _refuse_second_link(unit: UnitOfWork, client: Client, other: Client | Person) -> None:
    if not isinstance(other, Client):
        return
    present = await unit.relations.active_link_between(client.id, other.id)
    if present is not None:
        raise AlreadyLinked(link=present, other=other)


async def _client_of(unit: UnitOfWork, person_id: PersonId, *, since: int) -> Client | None:
    """Return the client that a contact person has become after an entry, where they have."""
    later = await unit.history.since(since, subject_ids=(), person_id=person_id)
    became = next((each for each in later if each.act is Act.CONTACT_BECAME_CLIENT), None)
    if became is None:
        return None
    # On each account the link is recorded first, and then that it took the contact's place.
    (account,) = became.client_ids
    (added,) = await unit.history.of_client(account, limit=1, before=became.number)
    (client_id,) = set(added.client_ids) - {account}
    return await unit.clients.get(client_id)
