"""The outbox: notices, the mail of each to each recipient, and addresses that do not work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ClientId, CopyId, NoticeId, RelationId, WorkspaceId
from bot.domain.mail_copy import AddressPause, CopyState, MailCopy
from bot.domain.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who has taken a mail to send it, and until when nobody else may."""

    worker: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What every decision about recipients rests on, as of one moment.

    Attributes:
        place: how far the history had come: clients, relations and sharing change with an entry each.
        restrictions: how many entries there were of who must not receive.
        pauses: how many addresses did not work.
    """

    place: int
    restrictions: int
    pauses: int


class Notices(Protocol):
    """The notices of one workspace."""

    async def add(self, notice: Notice, *, digest: str) -> bool:
        """Store a new notice with its content; False, and nothing is stored, where its key is taken.

        Waits for a unit that stores the same key and has not ended.
        """
        ...

    async def get(self, notice_id: NoticeId) -> Notice | None:
        """Return a notice with its content, or None where this workspace has no such notice."""
        ...

    async def several(self, notice_ids: Collection[NoticeId]) -> dict[NoticeId, Notice]:
        """Return those of the notices that exist, with their content."""
        ...

    async def with_key(self, idempotency_key: str) -> tuple[NoticeId, str] | None:
        """Return the notice with a key, and the digest of what it said, or None."""
        ...

    async def due(self, now: datetime, *, limit: int) -> tuple[NoticeId, ...]:
        """Return notices whose time has come and that nobody has opened, held until the unit ends.

        Those that another unit holds are left out.
        """
        ...

    async def open(self, notice_id: NoticeId) -> None:
        """Note that its time has come."""
        ...

    async def forget_content(self, *, before: datetime, limit: int) -> int:
        """Forget what notices said of which no mail is to be sent, nor was queued or sent since a moment.

        What somebody may still need keeps its content: that of a dead letter, of one that was misdirected.

        Returns:
            Of how many notices it was forgotten; never more than the limit.
        """
        ...


class Copies(Protocol):
    """The mails of one workspace, the clients' own and the copies of them."""

    async def add(self, copy: MailCopy) -> bool:
        """Store a mail; False, and nothing is stored, where the inbox gets another of the same occasion.

        Waits for a unit that stores the same and has not ended.
        """
        ...

    async def remove(self, copy_id: CopyId) -> None:
        """Take away a mail that was never tried, to decide about it anew."""
        ...

    async def get(self, copy_id: CopyId) -> MailCopy | None:
        """Return a mail, held against other writers until the unit ends, or None."""
        ...

    async def of_notice(self, notice_id: NoticeId) -> tuple[MailCopy, ...]:
        """Return every mail of a notice, held against other writers until the unit ends, oldest first."""
        ...

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: CopyId | None = None
    ) -> tuple[MailCopy, ...]:
        """Return the mails of a client's notices, newest first, those before one of them if given."""
        ...

    async def last_sent_over(
        self, relation_id: RelationId, client_ids: Collection[ClientId]
    ) -> tuple[MailCopy, ...]:
        """Return the last copy that was sent over a relation, of the notices of each of these clients."""
        ...

    async def in_states(self, states: Collection[CopyState], *, limit: int) -> tuple[MailCopy, ...]:
        """Return mails in some states, oldest first."""
        ...

    async def waiting_for_inbox(self, copy: MailCopy) -> MailCopy | None:
        """Return the mail of the same occasion that waits to go to the inbox of a mail, or None.

        One that another unit holds counts as one that is gone: nobody waits for it.
        """
        ...

    async def with_return_token(self, token: str) -> MailCopy | None:
        """Return the mail whose return path has a token, or None."""
        ...

    async def with_stop_token(self, token: str) -> MailCopy | None:
        """Return the mail whose recipient stops it with a token, or None."""
        ...

    async def claim(self, lease: Lease, *, now: datetime, limit: int) -> tuple[MailCopy, ...]:
        """Take mails that are due, the longest due first; those that somebody else has are left out."""
        ...

    async def still_held(self, copy_ids: Collection[CopyId], lease: Lease) -> tuple[MailCopy, ...]:
        """Return those of the mails that the worker still has, oldest first, and lengthen its lease."""
        ...

    async def update(self, copy: MailCopy, *, held_by: str | None = None) -> bool:
        """Store what became of a mail; nobody has taken it to send it any more.

        Args:
            copy: as it is from now on.
            held_by: only where this worker has it; the answer says whether it had.
        """
        ...

    async def grounds(self) -> Grounds:
        """Return what decisions made from now on rest on."""
        ...

    async def release(self, worker: str) -> int:
        """Put back what a worker has taken and not tried, and return how many mails that were."""
        ...

    async def recover(self, *, now: datetime, lease_at_most: datetime, due_at_most: datetime) -> int:
        """Put back what was taken by workers that have ended, and return how many mails that were.

        Args:
            now: leases that ended before have run out.
            lease_at_most: no lease given now lasts longer: one that does is of a clock that was set back.
            due_at_most: no mail that is tried again now waits longer: one that does is due.
        """
        ...


class AddressPauses(Protocol):
    """The addresses of one workspace that do not work, in the form of login equality."""

    async def among(self, addresses: Collection[str]) -> frozenset[str]:
        """Return those of the addresses that are paused, each in the form of login equality."""
        ...

    async def add(self, pause: AddressPause) -> None:
        """Pause an address; one that is paused already stays as it is."""
        ...

    async def remove(self, address: str) -> bool:
        """Let an address be used again, and say whether it was paused."""
        ...

    async def all(self) -> tuple[AddressPause, ...]:
        """Return every address that is paused, the latest first."""
        ...


class SentMail(Protocol):
    """What is asked between two mails, of which there may be many: each in one trip to the database.

    Raises:
        StorageUnavailable: the database is locked, hung or gone.
    """

    async def keep(
        self, workspace_id: WorkspaceId, copies: Sequence[MailCopy], *, since: Grounds
    ) -> tuple[frozenset[CopyId], bool]:
        """Store, in a transaction of its own, that mails were sent.

        Returns:
            Which of them were stored: those that some worker has; and whether the grounds are unchanged.
        """
        ...

    async def unchanged(self, workspace_id: WorkspaceId, since: Grounds) -> bool:
        """Say whether nothing has changed on which decisions rest; looks at a client change nothing."""
        ...


class Bell(Protocol):
    """Wakes whoever sends the mail."""

    def ring(self) -> None:
        """Say that there is something to send."""
        ...
