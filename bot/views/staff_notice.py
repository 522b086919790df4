"""What staff are told in a direct message of what happened by mail; its notification names nobody (P5)."""

from collections.abc import Iterator, Sequence

from bot.domain.notice import NoticeCategory
from bot.domain.recipient_changes import Receiver, RecipientChange
from bot.domain.staff import FULL_READER, Reader
from bot.services.ports import MailNotCopied, RecipientsChanged, SharingStopped, StaffNotice
from bot.views.blocks import Json, section
from bot.views.initials import client_for, initials, sees_names
from bot.views.sentences import say
from bot.views.summary import Message

MOST_NAMED = 20
"""How many recipients are named; a section of Slack's has room for them with the longest addresses."""


def staff_message(notice: StaffNotice, reader: Reader = FULL_READER) -> Message:
    """Return the message, with initials where names may not stand."""
    return Message(text=say("staff.notification"), blocks=tuple(_blocks(notice, reader)))


def _blocks(notice: StaffNotice, reader: Reader) -> Iterator[Json]:
    if isinstance(notice, RecipientsChanged):
        client = client_for(notice.client, reader).display_name
        yield section(say("staff.recipients_changed", client=client, by=notice.by_name))
        for change in notice.changes:
            yield from _change(change, reader)
    else:
        yield section(_sentence(notice, reader))


def _change(change: RecipientChange, reader: Reader) -> Iterator[Json]:
    yield section(say("staff.recipients_kinds", kinds=_kinds(change.categories)))
    yield section(say("staff.recipients_before", names=_receivers(change.before, reader)))
    yield section(say("staff.recipients_now", names=_receivers(change.after, reader)))


def _kinds(categories: Sequence[NoticeCategory]) -> str:
    if len(categories) == sum(each.shared_as is not None for each in NoticeCategory):
        return say("staff.recipients_every_kind")
    return ", ".join(say(f"category.{each}") for each in categories)


def _receivers(receivers: Sequence[Receiver], reader: Reader) -> str:
    if not receivers:
        return say("staff.recipients_nobody")
    named = ", ".join(_receiver(each, reader) for each in receivers[:MOST_NAMED])
    left = len(receivers) - MOST_NAMED
    return say("staff.recipients_more", names=named, count=left) if left > 0 else named


def _receiver(receiver: Receiver, reader: Reader) -> str:
    if not sees_names(reader):
        return initials(receiver.name)
    return say("staff.recipient", name=receiver.name, address=receiver.address)


def _sentence(notice: SharingStopped | MailNotCopied, reader: Reader) -> str:
    client = client_for(notice.client, reader).display_name if notice.client is not None else ""
    match notice:
        case SharingStopped(recipients=[recipient]):
            return say("staff.sharing_stopped", recipient=_name(recipient, reader), client=client)
        case SharingStopped():
            names = ", ".join(_name(each, reader) for each in notice.recipients)
            return say("staff.sharing_stopped_inbox", recipients=names, client=client)
        case MailNotCopied() if client and not notice.several_clients:
            return say("staff.not_copied", client=client)
        case _:
            return say("staff.not_copied_several")


def _name(name: str, reader: Reader) -> str:
    return name if sees_names(reader) else initials(name)
