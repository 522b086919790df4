"""The words for why somebody gets an e-mail, or does not."""

from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason
from bot.views.sentences import say


def notice_kind_text(category: NoticeCategory) -> str:
    """Return the name of a kind of e-mail that somebody may send."""
    return say(f"notice_kind.{category}")


def reason_text(reason: Reason, *, same_inbox_as: str = "") -> str:
    """Return why somebody gets an e-mail, or does not.

    Args:
        reason: what was decided.
        same_inbox_as: who gets the one mail of a shared inbox, where that may be said.
    """
    if reason is Reason.SAME_INBOX and same_inbox_as:
        return say("recipient_reason.same_inbox_as", name=same_inbox_as)
    return say(f"recipient_reason.{reason}")
