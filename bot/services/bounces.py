"""Addresses that do not work: found by a refusal or a bounce, used again once staff confirm them (R27)."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, RelationId, WorkspaceId
from bot.domain.mail_copy import AddressPause, CopyState, MailCopy
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, Storage, UnitOfWork
from bot.services.rights import needs

_BAD_ADDRESS = re.compile(r"5\.1\.(?![78]\b)\d{1,3}")
"""RFC 3463 3.2: what is wrong is the recipient's address. 5.1.7 and 5.1.8 are about the sender's."""

_PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")


def means_bad_address(status: str) -> bool:
    """Say whether an enhanced status code means that the recipient's address does not work.

    Nothing else does: not a plain 550, not a policy (5.7.x), not a full mailbox (5.2.2).
    """
    return _BAD_ADDRESS.fullmatch(status) is not None


class Bounces:
    """Takes reports in that come back to the return paths, and lets staff confirm addresses."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def report(self, workspace_id: WorkspaceId, return_token: str, status: str) -> MailCopy | None:
        """Take in a bounce report (RFC 3464) that came to a return path.

        A permanent failure makes the mail a failed one, which is not counted as sent; one about the address
        pauses that.

        Args:
            workspace_id: whose it is.
            return_token: what stands in the return path.
            status: the enhanced status code in the report, such as 5.1.1.

        Returns:
            The mail it was about as it stands then, or None where there is no such mail.
        """
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            copy = await unit.copies.with_return_token(return_token)
            if copy is None or not _PERMANENT.fullmatch(status):
                return copy
            failed = replace(copy, state=CopyState.FAILED, result=status, bounced_at=now)
            await unit.copies.update(failed)
            if means_bad_address(status):
                await pause_address(unit, copy, code=status, at=now)
            return failed

    @needs(Right.SEE_CLIENTS)
    async def paused(self, actor: Actor) -> tuple[AddressPause, ...]:
        """Return every address that does not work, the latest first."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.address_pauses.all()

    @needs(Right.CHANGE_CLIENTS)
    async def confirm(self, actor: Actor, client_id: ClientId, relation_id: RelationId | None = None) -> bool:
        """Use an address again that staff know to work, and say whether it was paused; nothing is re-sent.

        Args:
            actor: who says so.
            client_id: on whose account they have read it.
            relation_id: whose address it is; None means the client's own.

        Raises:
            NotFound: there is no such client, or nobody with an address at that relation of theirs.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            family = await unit.relations.family(client_id)
            if family is None:
                raise NotFound
            member = family.client if relation_id is None else family.member(relation_id)
            if member is None or not member.email:
                raise NotFound
            was_paused = await unit.address_pauses.remove(member.email)
            if was_paused:
                entry = entry_by(
                    actor,
                    Act.ADDRESS_CONFIRMED,
                    at_clock=self._clock,
                    subject_id=relation_id or client_id,
                    client_ids=(client_id,),
                )
                await unit.history.append(entry)
            return was_paused


async def pause_address(unit: UnitOfWork, copy: MailCopy, *, code: str, at: datetime) -> None:
    """Pause the address of a mail."""
    if copy.address is not None:
        await unit.address_pauses.add(
            AddressPause(address=copy.address, since=at, code=code, copy_id=copy.id)
        )
