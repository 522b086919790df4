"""The e-mails on record, in each state that one may be in, as the view shows them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from bot.domain.client import Client
from bot.domain.ids import CopyId, NoticeId, StaffId
from bot.domain.mail_copy import CopyState, MailCopy, Misdirected
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.views.blocks import Json
from bot.views.copies import CopiesPage, copies_view
from tests.views.histories import NOW


def copies_of(client: Client) -> tuple[MailCopy, ...]:
    """Return one e-mail in each state, and some of which there is more to say."""
    one = MailCopy(
        id=CopyId("01J0COPY"),
        notice_id=NoticeId("01J0NOTICE"),
        client_id=client.id,
        kind=RecipientKind.CONTACT,
        name="*Teresa* _Ruiz_",
        address="teresa@example.com",
        event_key="appointments:1",
        category=NoticeCategory.SUPERBILLS,
        reason=Reason.SHARED,
        state=CopyState.QUEUED,
        return_token="r",  # noqa: S106 - it opens nothing
        stop_token="s",  # noqa: S106 - the same
        queued_at=NOW,
    )
    mark = Misdirected(at=NOW, by=StaffId("U1"), by_name="Ana", note="")
    sent = replace(one, state=CopyState.SENT, sent_at=NOW)
    states = [
        replace(one, state=state, sent_at=NOW if state is CopyState.SENT else None) for state in CopyState
    ]
    return (
        *states,
        replace(sent, state=CopyState.FAILED, bounced_at=NOW, result="5.1.1"),
        replace(one, state=CopyState.FAILED, result="5.1.1"),
        replace(sent, misdirected=mark),
        replace(one, attempts=3),
        replace(one, state=CopyState.SUPPRESSED, reason=Reason.NO_WORKING_ADDRESS, address=None),
    )


def copies_shown(client: Client) -> Iterator[tuple[str, Json]]:
    """Yield the view with nothing, with everything, between two pages, and by initials."""
    copies = copies_of(client)
    yield "no e-mails", copies_view(CopiesPage(client=client, copies=()), zone=UTC)
    all_of_them = CopiesPage(client=client, copies=copies, paused={"teresa@example.com"})
    yield "e-mails", copies_view(all_of_them, zone=UTC, news="Marked.")
    page = CopiesPage(client=client, copies=copies, before=CopyId("01J0BEFORE"), has_older=True)
    yield "a page of e-mails", copies_view(page, zone=UTC)
    yield "e-mails by initials", copies_view(page, zone=UTC, reader=Reader(sight=Sight.INITIALS_ONLY))
