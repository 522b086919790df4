"""Reading what happened on a client's account (R52)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.client import Client
from bot.domain.errors import NotFound
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, RelationId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import Right
from bot.services.audit import Audit
from bot.services.changes import State, state_from, states_of
from bot.services.errand import RelationState
from bot.services.ports import Storage, UnitOfWork
from bot.services.rights import needs


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One entry, with all that is needed to tell of it.

    Attributes:
        entry: what was recorded.
        before: the client or relation before it; None where it was added.
        after: the client or relation after it.
        clients: the clients whose accounts it stands on, as they were then.
        undone_by: the entry that undid it, if one did.
        original: the entry that it undoes, if it does.
    """

    entry: HistoryEntry
    before: State | None
    after: State | None
    clients: Mapping[ClientId, Client]
    undone_by: HistoryEntry | None = None
    original: HistoryEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A part of a client's history, newest first.

    `newest` is the number of the entry with which page 0 begins: pages keep their place while others write.
    """

    client: Client
    rows: tuple[HistoryRow, ...]
    page: int
    newest: int
    has_older: bool


class HistoryReader:
    """The record of changes, for those who may see the client.

    Args:
        storage: the database.
        audit: where it is recorded that somebody has read it.
    """

    def __init__(self, *, storage: Storage, audit: Audit | None = None) -> None:
        self._storage = storage
        self._audit = audit

    @needs(Right.SEE_CLIENTS)
    async def of_client(
        self, actor: Actor, client_id: ClientId, *, limit: int, before: int | None = None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first.

        Args:
            actor: who reads.
            client_id: whose account.
            limit: how many entries at most.
            before: only entries below this number: the last one of the page before.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            if await unit.clients.get(client_id) is None:
                raise NotFound
            return await unit.history.of_client(client_id, limit=limit, before=before)

    @needs(Right.SEE_CLIENTS)
    async def stopped_by_recipient(
        self, actor: Actor, relation_id: RelationId
    ) -> Mapping[ClientId, datetime]:
        """Return when a recipient last stopped what is shared over a relation, by whose e-mails these were.

        It stands there also where somebody switched the sharing on again since.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            entries = await unit.history.of_subject(relation_id)
        return {
            client_id: entry.at
            for entry in entries
            if entry.act is Act.SHARING_STOPPED and entry.surface is Surface.EMAIL
            for client_id in _no_longer_shared(entry)
        }

    @needs(Right.SEE_CLIENTS)
    async def told(self, actor: Actor, entries: Collection[HistoryEntry]) -> tuple[HistoryRow, ...]:
        """Return some entries with all that is needed to tell of them, in their order."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await rows_of(unit, entries)

    @needs(Right.SEE_CLIENTS)
    async def page(
        self, actor: Actor, client_id: ClientId, *, size: int, page: int = 0, newest: int | None = None
    ) -> HistoryPage:
        """Return a page of a client's history, with names as they were then.

        Args:
            actor: who reads.
            client_id: whose account.
            size: entries on a page.
            page: which page, 0 the newest; one beyond the end is empty.
            newest: the number with which page 0 began; None begins anew.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            client = await unit.clients.get(client_id)
            if client is None:
                raise NotFound
            before = None if newest is None else newest + 1
            found = await unit.history.of_client(client_id, limit=size + 1, before=before, skip=page * size)
            shown = found[:size]
            begun = newest if newest is not None else next((entry.number for entry in found), 0)
            history = HistoryPage(
                client=client,
                rows=await rows_of(unit, shown),
                page=page,
                newest=begun,
                has_older=len(found) > size,
            )
        if self._audit is not None:
            self._audit.looked(actor, Act.HISTORY_SEEN, client_id)
        return history


def _no_longer_shared(entry: HistoryEntry) -> Iterator[ClientId]:
    """Yield the clients whose e-mails an entry ended the sharing of."""
    before, after = states_of(entry)
    if isinstance(before, RelationState) and isinstance(after, RelationState):
        for was, now in zip(before.relation.sides, after.relation.sides, strict=True):
            if was.sharing is not None and now.sharing is None:
                yield was.client_id


async def rows_of(unit: UnitOfWork, entries: Collection[HistoryEntry]) -> tuple[HistoryRow, ...]:
    """Return some entries with all that is needed to tell of them, in their order."""
    undone_by = await unit.history.undoing([entry.number for entry in entries])
    originals = await unit.history.numbered([entry.undoes for entry in entries if entry.undoes is not None])
    known = await _Names.read(unit, entries)
    rows = []
    for entry in entries:
        before, after = states_of(entry)
        rows.append(
            HistoryRow(
                entry=entry,
                before=before,
                after=after,
                clients={each: known.then(each, entry.number) for each in entry.client_ids},
                undone_by=undone_by.get(entry.number),
                original=originals.get(entry.undoes) if entry.undoes is not None else None,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Names:
    """Clients as they were at each of their own entries, oldest first."""

    states: Mapping[ClientId, list[tuple[int, Client]]]

    @classmethod
    async def read(cls, unit: UnitOfWork, entries: Collection[HistoryEntry]) -> "_Names":
        ids = {client_id for entry in entries for client_id in entry.client_ids}
        until = max((entry.number for entry in entries), default=0)
        states: dict[ClientId, list[tuple[int, Client]]] = {client_id: [] for client_id in ids}
        for entry in await unit.history.of_subjects(ids, until=until):
            state = state_from(entry.after) if entry.after is not None else None
            if isinstance(state, Client):
                states[state.id].append((entry.number, state))
        for client_id in [each for each, found in states.items() if not found]:
            present = await unit.clients.get(client_id)
            if present is not None:
                states[client_id].append((0, present))
        return cls(states)

    def then(self, client_id: ClientId, number: int) -> Client:
        """Return a client as they were at an entry; one who was added later in the same unit, as added."""
        found = self.states[client_id]
        earlier = [client for at, client in found if at <= number]
        return earlier[-1] if earlier else found[0][1]
