"""Telling staff what happened while nobody of them was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.client import Client
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.recipient_changes import RecipientChange


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingStopped:
    """Recipients stopped the e-mails of a client that were shared with them.

    Attributes:
        client: whose e-mails.
        recipients: the names of all who share the inbox that stopped them.
        staff: who recorded the sharing.
    """

    client: Client
    recipients: Sequence[str]
    staff: Sequence[StaffId]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotCopied:
    """A mail came in and was delivered, but copied to nobody, because it is not known what or whose it is.

    Attributes:
        client: whose mail, or None where an address belongs to several clients.
        several_clients: the address belongs to several clients and no header says which one is meant.
        staff: whom to tell; nobody in particular means the owners of the workspace.
    """

    client: Client | None
    several_clients: bool
    staff: Sequence[StaffId] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsChanged:
    """Somebody gets a client's e-mails no more, or at another address (R44).

    Attributes:
        client: whose e-mails.
        by_name: who changed it.
        changes: who got which kinds of e-mail, and who gets them now.
        staff: whom to tell.
    """

    client: Client
    by_name: str
    changes: Sequence[RecipientChange]
    staff: Sequence[StaffId]


class Telling(StrEnum):
    """What came of telling staff."""

    DONE = "done"
    LATER = "later"
    """Some may be told later."""
    NEVER = "never"
    """Nobody of them can be told any more: they are gone, or are no staff of the practice."""


StaffNotice = SharingStopped | MailNotCopied | RecipientsChanged


class StaffNotices(Protocol):
    """Tells staff. Names stand only where nobody but they read them (P5)."""

    async def tell(self, workspace_id: WorkspaceId, notice: StaffNotice) -> Telling:
        """Tell staff, or record that they could not be told; never raises for that."""
        ...
