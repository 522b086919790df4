"""Taking in mail that a record system sends to clients: on to the client as it came, and copied."""

from dataclasses import dataclass

from bot.domain.client import Client, own_id_equality
from bot.domain.ids import WorkspaceId
from bot.domain.incoming_mail import IncomingMail, categorise
from bot.domain.notice import NoticeCategory, NoticeRequest, NoticeSource
from bot.services.notices import Notices
from bot.services.ports import MailNotCopied, StaffNotices, Storage, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addressee:
    """Whose mail it is, as far as anybody can say."""

    address: str
    client: Client | None
    several: bool
    shares: bool


class MailIntake:
    """No known category, no copies; nobody to say whose it is, no copies; but delivered it always is."""

    def __init__(
        self, *, storage: Storage, notices: Notices, staff_notices: StaffNotices | None = None
    ) -> None:
        self._storage = storage
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
        if missed and addressee.shares and not queued.repeated and self._staff_notices is not None:
            notice = MailNotCopied(client=client, several_clients=addressee.several)
            await self._staff_notices.tell(workspace_id, notice)


async def _addressee(unit: UnitOfWork, mail: IncomingMail, address: str) -> _Addressee:
    holders = await unit.clients.with_email(address)
    named = [
        each
        for each in holders
        if mail.client_own_id and own_id_equality(each.details.own_id) == own_id_equality(mail.client_own_id)
    ]
    meant = named or holders
    shares = [client for client in meant if await _shares(unit, client)]
    return _Addressee(
        address=address,
        client=meant[0] if len(meant) == 1 else None,
        several=len(meant) > 1,
        shares=bool(shares),
    )


async def _shares(unit: UnitOfWork, client: Client) -> bool:
    """Say whether anybody gets copies of a client's mail: otherwise nobody misses one."""
    family = await unit.relations.family(client.id)
    return family is not None and any(member.side.sharing for member in family.members)
