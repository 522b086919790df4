"""Erasing what the record knows of somebody, on request and with no duty left to keep it (P17, P18)."""

from bot.domain.errors import Field, InvalidInput, NotFound, Problem
from bot.domain.folding import tidy
from bot.domain.history import Act
from bot.domain.ids import ClientId, PersonId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, Storage
from bot.services.rights import needs


class Erasure:
    """The one way in which values leave the record before their time.

    The entries stay: who did what, about which id, and when. What was there before and after goes.
    """

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @needs(Right.SEE_TRAIL)
    async def of_client(self, actor: Actor, client_id: ClientId, *, reason: str) -> int:
        """Erase what the entries on a client's account keep, of their links and contacts too.

        Returns:
            How many entries lost their values.

        Raises:
            InvalidInput: no reason is given; it stays on record.
            NotFound: there is no such client in this workspace.
        """
        return await self._erase(actor, reason, client_id=client_id)

    @needs(Right.SEE_TRAIL)
    async def of_person(self, actor: Actor, person_id: PersonId, *, reason: str) -> int:
        """Erase what the entries about a contact person keep, on whatever account.

        Returns:
            How many entries lost their values.

        Raises:
            InvalidInput: no reason is given; it stays on record.
            NotFound: there is no such contact person in this workspace.
        """
        return await self._erase(actor, reason, person_id=person_id)

    async def _erase(
        self,
        actor: Actor,
        reason: str,
        *,
        client_id: ClientId | None = None,
        person_id: PersonId | None = None,
    ) -> int:
        given = tidy(reason)
        if not given:
            raise InvalidInput(Problem(field=Field.REASON, key="reason.needed"))
        async with self._storage.writing(actor.workspace_id) as unit:
            if client_id is not None and await unit.clients.get(client_id) is None:
                raise NotFound
            if person_id is not None and await unit.people.get(person_id) is None:
                raise NotFound
            erased = await unit.audit.erase_values(client_id=client_id, person_id=person_id)
            entry = entry_by(
                actor,
                Act.VALUES_ERASED,
                at_clock=self._clock,
                subject_id=client_id or person_id or "",
                client_ids=(client_id,) if client_id is not None else (),
                person_id=person_id,
                after={"reason": given, "entries": erased},
            )
            await unit.history.append(entry)
        return erased
