"""What was to be sent and was not: seen by staff, tried again, or dropped."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.history import Act
from bot.domain.ids import CopyId
from bot.domain.mail_copy import AT_ONCE, DEAD_LETTERS, CopyState, MailCopy
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Bell, Clock, Storage, UnitOfWork
from bot.services.rights import needs

WAITING = frozenset({CopyState.QUEUED, CopyState.SENDING})


class DeadLetters:
    """For the command line."""

    def __init__(self, *, storage: Storage, clock: Clock, bell: Bell | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._bell = bell

    @needs(Right.CHANGE_CLIENTS)
    async def all(self, actor: Actor, *, limit: int, waiting: bool = False) -> tuple[MailCopy, ...]:
        """Return what was given up or refused, oldest first, or else what waits to be sent."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.copies.in_states(WAITING if waiting else DEAD_LETTERS, limit=limit)

    @needs(Right.CHANGE_CLIENTS)
    async def retry(self, actor: Actor, copy_id: CopyId) -> MailCopy:
        """Try a mail again at once, as often as a new one; who receives is decided anew at that moment.

        Raises:
            NotFound: there is no such mail, or it was not given up.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            copy = await unit.copies.get(copy_id)
            if copy is None or copy.state not in DEAD_LETTERS:
                raise NotFound
            again = replace(copy, state=CopyState.QUEUED, attempts=0, due_at=AT_ONCE)
            await unit.copies.update(again)
            await self._record(unit, actor, Act.MAIL_RETRIED, again)
        if self._bell is not None:
            self._bell.ring()
        return again

    @needs(Right.CHANGE_CLIENTS)
    async def drop(self, actor: Actor, copy_id: CopyId) -> MailCopy:
        """Leave a mail unsent for good.

        Raises:
            NotFound: there is no such mail, or it was sent, or is being sent.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            copy = await unit.copies.get(copy_id)
            if copy is None or copy.state not in DEAD_LETTERS | {CopyState.QUEUED}:
                raise NotFound
            dropped = replace(copy, state=CopyState.DROPPED)
            await unit.copies.update(dropped)
            await self._record(unit, actor, Act.MAIL_DROPPED, dropped)
            return dropped

    async def _record(self, unit: UnitOfWork, actor: Actor, act: Act, copy: MailCopy) -> None:
        about = () if copy.client_id is None else (copy.client_id,)
        await unit.history.append(
            entry_by(actor, act, at_clock=self._clock, subject_id=copy.id, client_ids=about)
        )
