"""A mail of the outbox as a row, and a row as a mail."""

from collections.abc import Sequence
from typing import Any

from bot.domain.email import login_equality
from bot.domain.ids import ClientId, CopyId, LinkId, NoticeId, PersonId, StaffId
from bot.domain.mail_copy import CopyState, MailCopy, Misdirected
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.sharing import Basis
from storage.tables import mail_copies

_c = mail_copies.c
COPY_COLUMNS = (
    _c.id,
    _c.notice_id,
    _c.client_id,
    _c.kind,
    _c.recipient_client_id,
    _c.person_id,
    _c.relation_id,
    _c.name,
    _c.address,
    _c.event_key,
    _c.category,
    _c.basis,
    _c.reason,
    _c.state,
    _c.attempts,
    _c.due_at,
    _c.message_id,
    _c.return_token,
    _c.stop_token,
    _c.queued_at,
    _c.sent_at,
    _c.result,
    _c.bounced_at,
    _c.misdirected_at,
    _c.misdirected_by,
    _c.misdirected_by_name,
    _c.misdirected_note,
)


def copy_from(row: Sequence[Any]) -> MailCopy:
    """Return the mail that the values of `COPY_COLUMNS` make."""
    (copy_id, notice_id, client_id, kind, recipient_client_id, person_id, relation_id) = row[:7]
    (name, address, event_key, category, basis, reason, state, attempts, due_at, message_id) = row[7:17]
    (return_token, stop_token, queued_at, sent_at, result, bounced_at) = row[17:23]
    (misdirected_at, by, by_name, note) = row[23:]
    misdirected = None
    if misdirected_at is not None:
        misdirected = Misdirected(at=misdirected_at, by=StaffId(by), by_name=by_name, note=note)
    return MailCopy(
        id=CopyId(copy_id),
        notice_id=NoticeId(notice_id),
        client_id=ClientId(client_id) if client_id is not None else None,
        kind=RecipientKind(kind),
        recipient_client_id=ClientId(recipient_client_id) if recipient_client_id is not None else None,
        person_id=PersonId(person_id) if person_id is not None else None,
        # A contact's id is looked up the same way as a link's.
        relation_id=LinkId(relation_id) if relation_id is not None else None,
        name=name,
        address=address,
        event_key=event_key,
        category=NoticeCategory(category),
        basis=Basis(basis) if basis is not None else None,
        reason=Reason(reason),
        state=CopyState(state),
        attempts=attempts,
        due_at=due_at,
        message_id=message_id,
        return_token=return_token,
        stop_token=stop_token,
        queued_at=queued_at,
        sent_at=sent_at,
        result=result,
        bounced_at=bounced_at,
        misdirected=misdirected,
    )


def copy_row(copy: MailCopy) -> dict[str, object]:
    """Return a mail's row, with the occasion and the inbox while it is sent or to be sent."""
    counts = copy.state is not CopyState.SUPPRESSED
    return {
        "id": copy.id,
        "notice_id": copy.notice_id,
        "client_id": copy.client_id,
        "kind": copy.kind.value,
        "recipient_client_id": copy.recipient_client_id,
        "person_id": copy.person_id,
        "relation_id": copy.relation_id,
        "name": copy.name,
        "address": copy.address,
        "event_key": copy.event_key,
        "category": copy.category.value,
        "basis": copy.basis.value if copy.basis else None,
        "queued_at": copy.queued_at,
        "return_token": copy.return_token,
        "stop_token": copy.stop_token,
        "inbox": login_equality(copy.address or "") if counts else None,
        **fate_row(copy),
    }


FATE_COLUMNS = (
    "reason",
    "state",
    "attempts",
    "due_at",
    "message_id",
    "sent_at",
    "result",
    "bounced_at",
    "misdirected_at",
    "misdirected_by",
    "misdirected_by_name",
    "misdirected_note",
    "held_event",
    "worker",
    "leased_until",
)


def fate_row(copy: MailCopy) -> dict[str, object]:
    """Return what may change of a mail that nobody has taken to send it: `FATE_COLUMNS`, by name."""
    misdirected = copy.misdirected
    return {
        "reason": copy.reason.value,
        "state": copy.state.value,
        "attempts": copy.attempts,
        "due_at": copy.due_at,
        "message_id": copy.message_id,
        "sent_at": copy.sent_at,
        "result": copy.result,
        "bounced_at": copy.bounced_at,
        "misdirected_at": misdirected.at if misdirected else None,
        "misdirected_by": misdirected.by if misdirected else None,
        "misdirected_by_name": misdirected.by_name if misdirected else None,
        "misdirected_note": misdirected.note if misdirected else None,
        "held_event": None if copy.state is CopyState.SUPPRESSED else copy.event_key,
        "worker": None,
        "leased_until": None,
    }
