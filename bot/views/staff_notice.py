"""What staff are told in a direct message of what happened by mail; its notification names nobody (P5)."""

from bot.services.ports import MailNotCopied, SharingStopped, StaffNotice
from bot.views.blocks import section
from bot.views.sentences import say
from bot.views.summary import Message


def staff_message(notice: StaffNotice) -> Message:
    """Return the message."""
    return Message(text=say("staff.notification"), blocks=(section(_sentence(notice)),))


def _sentence(notice: StaffNotice) -> str:
    match notice:
        case SharingStopped(client=client, recipients=[recipient]):
            return say("staff.sharing_stopped", recipient=recipient, client=client.display_name)
        case SharingStopped():
            names = ", ".join(notice.recipients)
            return say("staff.sharing_stopped_inbox", recipients=names, client=notice.client.display_name)
        case MailNotCopied(client=client) if client is not None and not notice.several_clients:
            return say("staff.not_copied", client=client.display_name)
        case _:
            return say("staff.not_copied_several")
