"""Taking in mail that a record system sends to clients: on to the client as it came, and copied."""

from dataclasses import dataclass

from bot.domain.client import Client, own_id_equality
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.incoming_mail import IncomingMail, categorise
from bot.domain.notice import NoticeCategory, NoticeRequest, NoticeSource
from bot.services.in_force import InForce
from bot.services.notices import Notices
from bot.services.ports import MailNotCopied, StaffNotices, Storage, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addressee:
    """Whose mail it is, as far as anybody can say."""

    address: str
    client: Client | None
    several: bool
    staff: tuple[StaffId, ...]
    """Who switched sharing of this mail on, and is told of a mail that could not be copied."""


class MailIntake:
    """No known category, no copies; nobody to say whose it is, no copies; but delivered it always is."""

    def __init__(
        self,
        *,
        storage: Storage,
        notices: Notices,
        in_force: InForce,
        staff_notices: StaffNotices | None = None,
    ) -> None:
        self._storage = storage
        self._in_force = in_force
        self._notices = notices
        self._staff_notices = staff_notices

    async def take(self, workspace_id: WorkspaceId, mail: IncomingMail) -> None:
        """Queue a mail for each of its recipients. The same mail again is the same: nothing is sent twice.

        Raises:
            NoticeRefused: it cannot be passed on, because it is too large.
            StorageUnavailable: not all of it is queued; whoever sends it again loses and doubles nothing.
        """
        async with self._storage.reading(workspace_id) as unit:
            rules = await unit.mail_rules.every()
            addressees = [await _addressee(unit, mail, address) for address in mail.recipients]
        category = categorise(rules, sender=mail.sender, subject=mail.content.subject)
        if mail.is_copy and category is not NoticeCategory.ACCOUNT:
            category = NoticeCategory.UNKNOWN
        for addressee in addressees:
            await self._queue(workspace_id, mail, addressee, category)

    async def _queue(
        self, workspace_id: WorkspaceId, mail: IncomingMail, addressee: _Addressee, category: NoticeCategory
    ) -> None:
        client = addressee.client
        about = category if client is not None else NoticeCategory.UNKNOWN
        queued = await self._notices.queue(
            workspace_id,
            NoticeRequest(
                client_id=client.id if client is not None else None,
                addressed_to="" if client is not None else addressee.address,
                category=about,
                content=mail.content,
                source=NoticeSource.SMTP,
                # One mail to both of a couple is one occasion: each address gets it once.
                event_id=f"mail:{mail.digest}",
                idempotency_key=f"mail:{mail.digest}:{addressee.address.casefold()}"[:200],
                requested_by=mail.sender,
            ),
        )
        missed = about is NoticeCategory.UNKNOWN and category is not NoticeCategory.ACCOUNT
        # A copy that comes back in is passed on and never copied: nobody has to hear of that (R22).
        if missed and addressee.staff and not mail.is_copy and not queued.repeated:
            await self._tell(workspace_id, addressee)

    async def _tell(self, workspace_id: WorkspaceId, addressee: _Addressee) -> None:
        if self._staff_notices is None:
            return
        standing = await self._in_force.read(workspace_id)
        staff = tuple(dict.fromkeys((*addressee.staff, *standing.settings.responsible)))
        notice = MailNotCopied(client=addressee.client, several_clients=addressee.several, staff=staff)
        await self._staff_notices.tell(workspace_id, notice)


async def _addressee(unit: UnitOfWork, mail: IncomingMail, address: str) -> _Addressee:
    holders = await unit.clients.with_email(address)
    named = [
        each
        for each in holders
        if mail.client_own_id and own_id_equality(each.details.own_id) == own_id_equality(mail.client_own_id)
    ]
    meant = named or holders
    staff = [recorded for client in meant for recorded in await _who_shares(unit, client)]
    return _Addressee(
        address=address,
        client=meant[0] if len(meant) == 1 else None,
        several=len(meant) > 1,
        staff=tuple(dict.fromkeys(staff)),
    )


async def _who_shares(unit: UnitOfWork, client: Client) -> tuple[StaffId, ...]:
    """Return who switched on sharing of a client's mail; nobody where nobody misses a copy."""
    family = await unit.relations.family(client.id)
    members = () if family is None else family.members
    return tuple(member.side.sharing.recorded_by for member in members if member.side.sharing is not None)
