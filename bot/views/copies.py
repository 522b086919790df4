"""The e-mails of a client's notices, newest first: which kind, to whom, when, and what became of each (P12).

Slack gives a view 100 blocks, and an e-mail takes two of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.ids import CopyId
from bot.domain.mail_copy import CopyState, MailCopy
from bot.domain.staff import FULL_READER, Reader
from bot.services.bounces import means_bad_address
from bot.views.blocks import Confirmation, Json, actions, button, context, divider, header, modal, section
from bot.views.ids import ActionId, ViewId
from bot.views.initials import client_for, initials, sees_names
from bot.views.metadata import Metadata
from bot.views.recipient_words import notice_kind_text, reason_text
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, moment_text

ROWS_A_PAGE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesPage:
    """A page of the record.

    Attributes:
        client: whose notices they are of.
        copies: newest first.
        before: the e-mail before which the page begins; None of the first page.
        has_older: whether there are more.
        paused: the addresses that do not work now, in the form of login equality (R27).
    """

    client: Client
    copies: Sequence[MailCopy]
    before: CopyId | None = None
    has_older: bool = False
    paused: Collection[str] = ()


def copies_view(page: CopiesPage, *, zone: tzinfo, news: str = "", reader: Reader = FULL_READER) -> Json:
    """Return a page of the e-mails.

    Args:
        page: what is on record.
        zone: the practice's time zone.
        news: a line that says what has just happened.
        reader: whom it is made for.
    """
    client = client_for(page.client, reader)
    blocks: list[Json] = [context(f"✓ {news}")] if news else []
    blocks.append(header(say("recipients.whose", client=client.display_name)))
    if distinction(client):
        blocks.append(context(distinction(client)))
    if not page.copies:
        blocks.append(section(say("copies.none")))
    told = _where_to_tell(page)
    for copy in page.copies:
        row = _row(_shown(copy, reader), zone=zone, reader=reader, tells=copy.id in told)
        blocks += [divider(), row]
    return modal(
        callback_id=ViewId.COPIES,
        title=say("copies.title"),
        close=say("button.close"),
        blocks=[*blocks, divider(), actions(*_buttons(page))],
        metadata=Metadata(client_id=client.id, before=page.before).encode(),
    )


def result_text(copy: MailCopy, *, zone: tzinfo) -> str:
    """Return what became of an e-mail."""
    match copy.state:
        case CopyState.SENT | CopyState.FAILED if copy.sent_at is not None:
            key = "copies.bounced" if copy.bounced_at is not None else "copies.sent"
            return say(key, moment=moment_text(copy.sent_at, zone))
        case CopyState.QUEUED | CopyState.SENDING:
            return say("copies.tried", count=copy.attempts) if copy.attempts else say("copies.waiting")
        case CopyState.SUPPRESSED:
            return say("copies.suppressed", reason=reason_text(copy.reason))
        case CopyState.DROPPED:
            return say("copies.dropped")
        case _:
            return say("copies.bad_address" if means_bad_address(copy.result) else "copies.refused")


def _shown(copy: MailCopy, reader: Reader) -> MailCopy:
    if sees_names(reader):
        return copy
    return replace(copy, name=initials(copy.name), address=say("initials.email") if copy.address else None)


def _row(copy: MailCopy, *, zone: tzinfo, reader: Reader, tells: bool) -> Json:
    role = say(f"recipient_kind.{copy.kind}")
    lines = [
        notice_kind_text(copy.category),
        SEPARATOR.join(part for part in (say("copies.to", name=copy.name), role, copy.address) if part),
        result_text(copy, zone=zone),
    ]
    if tells:
        lines.append(say("copies.what_to_do", recipients=say("recipients.open")))
    mark = copy.misdirected
    if mark is not None:
        lines.append(say("copies.misdirected", by=mark.by_name, moment=moment_text(mark.at, zone)))
    may_mark = reader.may_change and copy.sent_at is not None and mark is None
    return section("\n".join(lines), accessory=_mark(copy) if may_mark else None)


def _where_to_tell(page: CopiesPage) -> frozenset[CopyId]:
    """Return the newest mail to each address that does not work: there it is said what to do, and once."""
    newest: dict[str, CopyId] = {}
    for copy in page.copies:
        address = login_equality(copy.address or "")
        if address in page.paused:
            newest.setdefault(address, copy.id)
    return frozenset(newest.values())


def _mark(copy: MailCopy) -> Json:
    confirm = Confirmation(
        title=say("copies.mark_title"),
        text=say("copies.mark_text"),
        confirm=say("copies.mark_confirm"),
        deny=say("button.cancel"),
    )
    return button(say("copies.mark"), ActionId.COPY_MISDIRECTED, value=copy.id, confirm=confirm)


def _buttons(page: CopiesPage) -> list[Json]:
    buttons: list[Json] = []
    if page.before is not None:
        buttons.append(button(say("copies.newest"), ActionId.COPIES_NEWEST))
    if page.has_older and page.copies:
        buttons.append(button(say("copies.older"), ActionId.COPIES_OLDER, value=page.copies[-1].id))
    return [*buttons, button(say("copies.history"), ActionId.HISTORY_BACK)]
