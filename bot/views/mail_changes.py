"""In words what a change means for e-mails: what goes out from now on, and which copy was the last (R28)."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.domain.client import Client
from bot.domain.family import ContactPerson, LinkedClient, Member
from bot.domain.mail_copy import MailCopy
from bot.domain.staff import FULL_READER, Reader
from bot.views.initials import initials, sees_names
from bot.views.sentences import say
from bot.views.wording import moment_text, names_of, sharing_sentence


def is_shared(member: Member) -> bool:
    """Say whether anything is shared over this relation, in whichever direction."""
    reverse = None if isinstance(member, ContactPerson) else member.reverse.sharing
    return bool(member.side.sharing or reverse)


def from_now_on(client: Client, member: Member) -> str:
    """Return what is shared over a relation from now on, each direction on its own; nothing if nothing is."""
    name, related = names_of(client, member)
    told = [sharing_sentence(member.side, recipient=related, client=name, client_has_email=True)]
    if isinstance(member, LinkedClient):
        told.append(sharing_sentence(member.reverse, recipient=name, client=related, client_has_email=True))
    sentences = [sentence for sentence in told if sentence]
    if not sentences:
        return say("mail_change.nobody")
    return f"{say('mail_change.from_now_on')} {' '.join(sentences)} {say('mail_change.nothing_again')}"


def last_copies(copies: Sequence[MailCopy], *, zone: tzinfo, reader: Reader = FULL_READER) -> list[str]:
    """Return of each direction which copy was the last, and that it cannot be called back."""
    return [
        say(
            "mail_change.last_copy",
            recipient=copy.name if sees_names(reader) else initials(copy.name),
            moment=moment_text(copy.sent_at, zone),
        )
        for copy in copies
        if copy.sent_at is not None
    ]
