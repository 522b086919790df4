"""Who receives the mails of a notice and who does not, put on record in the unit that decides it (P13)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.history import Act, HistoryEntry, JsonValue
from bot.domain.ids import ClientId, StaffId
from bot.domain.mail_copy import MailCopy
from bot.domain.notice import Notice, NoticeRequest, NoticeSource
from bot.domain.staff import Surface
from bot.services.ports import UnitOfWork

NOTICE = "notice:"
"""What the id of a system that hands a notice in begins with."""

OUTBOX = StaffId("outbox")
"""Who decides again when the time of a notice has come, or a mail is about to go: no person."""

_SURFACES = {
    NoticeSource.HTTP: Surface.API,
    NoticeSource.SMTP: Surface.EMAIL,
    NoticeSource.COMMAND_LINE: Surface.COMMAND_LINE,
    NoticeSource.PLAYGROUND: Surface.API,
}


async def record_decision(
    unit: UnitOfWork,
    notice: Notice,
    copies: Iterable[MailCopy],
    *,
    at: datetime,
    again: bool = False,
    displaced: Collection[MailCopy] = (),
) -> None:
    """Leave one entry for a notice, with everybody's verdict in it: ids and reasons, no name and no address.

    Args:
        unit: the transaction of the decision.
        notice: whose mails they are.
        copies: the mail of everybody on the account, sent or not, as it was decided.
        at: when that was.
        again: it was decided before, and nobody asked for it now: the outbox did it.
        displaced: copies of other notices of the occasion that are not sent because of it.
    """
    request = notice.request
    verdicts: list[JsonValue] = [_verdict(copy) for copy in (*copies, *displaced)]
    after: dict[str, JsonValue] = {"category": request.category.value, "verdicts": verdicts}
    if request.send_at is not None and not notice.opened and not again:
        after["send_at"] = request.send_at.isoformat()
    entry = HistoryEntry(
        at=at,
        by=OUTBOX if again else StaffId(f"{NOTICE}{request.source}"),
        # Of a mail that is its sender's address, which nobody could erase from the chain.
        by_name="" if again or request.source is NoticeSource.SMTP else request.requested_by,
        surface=_SURFACES[request.source],
        act=Act.MAIL_DECIDED,
        subject_id=notice.id,
        client_ids=_accounts(request, displaced),
        after=after,
    )
    await unit.history.append(entry)


def _accounts(request: NoticeRequest, displaced: Collection[MailCopy]) -> tuple[ClientId, ...]:
    """Return on whose accounts it stands: an entry has room for two, and an occasion of a couple has two."""
    own, others = (request.client_id,), (copy.client_id for copy in displaced)
    return tuple(dict.fromkeys(each for each in (*own, *others) if each is not None))[:2]


def _verdict(copy: MailCopy) -> dict[str, JsonValue]:
    said: dict[str, JsonValue] = {
        "copy": copy.id,
        "kind": copy.kind.value,
        "client": copy.recipient_client_id,
        "person": copy.person_id,
        "relation": copy.relation_id,
        "reason": copy.reason.value,
        "state": copy.state.value,
    }
    return {name: value for name, value in said.items() if value is not None}
