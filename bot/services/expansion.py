"""Making the mails of a notice, one for each recipient, or deciding about them anew.

It may be done again at any time: what was tried stays as it is, the rest follows what is decided now.
"""

import dataclasses
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ids import CopyId
from bot.domain.mail_copy import AT_ONCE, CopyState, MailCopy
from bot.domain.notice import Notice
from bot.domain.recipients import Reason, Verdict
from bot.services.ports import NewId, UnitOfWork
from bot.services.recipients import Decision

TOKEN_BYTES = 12
"""96 random bits in 24 letters: nobody guesses one, and the part before the @ of a return path, of which
RFC 5321 4.5.3.1.1 allows 64, has room for it. Letters in one case, because servers may change the case."""

_STANDING = frozenset({CopyState.QUEUED, CopyState.SUPPRESSED})


@dataclass(slots=True, kw_only=True)
class Expanded:
    """The mails of a notice.

    Attributes:
        copies: of everybody on the account, in the order of the verdicts.
        displaced: copies of other notices of the same occasion, not sent because somebody gets a mail of
            their own.
    """

    copies: tuple[MailCopy, ...] = ()
    displaced: list[MailCopy] = field(default_factory=list)


async def expand(
    unit: UnitOfWork, notice: Notice, decision: Decision, *, at: datetime, new_id: NewId
) -> Expanded:
    """Have the mails of a notice say what was decided now.

    Args:
        unit: where it happens; the mails of the notice are held until it ends.
        notice: as it is stored.
        decision: who receives it.
        at: when that was decided.
        new_id: gives new mails their ids.
    """
    present = {copy.recipient_key: copy for copy in await unit.copies.of_notice(notice.id)}
    copies: dict[str, MailCopy] = {}
    expanded = Expanded()
    # In one order everywhere, so that two units that mean the same inboxes never wait for each other.
    for verdict in sorted(decision.verdicts, key=lambda verdict: (verdict.inbox, verdict.key)):
        wanted = _copy(notice, verdict, at=at, new_id=new_id)
        copies[verdict.key] = await _bring_about(
            unit, wanted, present.pop(verdict.key, None), expanded.displaced
        )
    await _suppress_others(unit, present)
    expanded.copies = tuple(copies[verdict.key] for verdict in decision.verdicts)
    return expanded


def _copy(notice: Notice, verdict: Verdict, *, at: datetime, new_id: NewId) -> MailCopy:
    return MailCopy(
        id=CopyId(new_id()),
        notice_id=notice.id,
        client_id=notice.request.client_id,
        kind=verdict.kind,
        recipient_client_id=verdict.client_id,
        person_id=verdict.person_id,
        relation_id=verdict.relation_id,
        name=verdict.name,
        address=verdict.address,
        event_key=notice.event_key,
        category=notice.request.category,
        basis=verdict.basis,
        reason=verdict.reason,
        state=CopyState.QUEUED if verdict.receives else CopyState.SUPPRESSED,
        due_at=notice.request.send_at or AT_ONCE,
        return_token=secrets.token_hex(TOKEN_BYTES),
        stop_token=secrets.token_hex(TOKEN_BYTES),
        queued_at=at,
    )


async def _bring_about(
    unit: UnitOfWork, wanted: MailCopy, present: MailCopy | None, displaced: list[MailCopy]
) -> MailCopy:
    """Store a mail as it is wanted, unless it was tried or is so already; return what is there then."""
    if present is not None:
        if present.state not in _STANDING or _is_so(present, wanted):
            return present
        if not present.message_id:
            await unit.copies.remove(present.id)
            wanted = dataclasses.replace(
                wanted, id=present.id, return_token=present.return_token, stop_token=present.stop_token
            )
        elif wanted.state is CopyState.SUPPRESSED:
            suppressed = dataclasses.replace(present, state=wanted.state, reason=wanted.reason)
            await unit.copies.update(suppressed)
            return suppressed
    if await unit.copies.add(wanted):
        return wanted
    copy = await _displaced_by(unit, wanted)
    if copy is not None and await unit.copies.add(wanted):
        displaced.append(copy)
        return wanted
    # The inbox has, or will have, another mail of the same occasion (R24).
    elsewhere = dataclasses.replace(wanted, state=CopyState.SUPPRESSED, reason=Reason.SAME_EVENT)
    await unit.copies.add(elsewhere)
    return elsewhere


async def _displaced_by(unit: UnitOfWork, wanted: MailCopy) -> MailCopy | None:
    """Make room for somebody's own mail where a copy of another's waits for the same inbox (R24).

    Each of a couple is written to as the client they are. What a worker has taken, or has tried, stays: it
    may have arrived.
    """
    if not wanted.is_own_mail or wanted.client_id is None or wanted.state is not CopyState.QUEUED:
        return None
    copy = await unit.copies.waiting_for_inbox(wanted)
    if copy is None or copy.is_own_mail or copy.message_id:
        return None
    gone = dataclasses.replace(copy, state=CopyState.SUPPRESSED, reason=Reason.SAME_EVENT)
    await unit.copies.update(gone)
    return gone


def _is_so(present: MailCopy, wanted: MailCopy) -> bool:
    return (present.state, present.reason, present.address, present.basis) == (
        wanted.state,
        wanted.reason,
        wanted.address,
        wanted.basis,
    )


async def _suppress_others(unit: UnitOfWork, others: Mapping[str, MailCopy]) -> None:
    """Suppress the mails of those who are no longer on the account."""
    for copy in others.values():
        if copy.state is CopyState.QUEUED:
            gone = dataclasses.replace(copy, state=CopyState.SUPPRESSED, reason=Reason.UNLINKED)
            await unit.copies.update(gone)
