"""Stopping: whoever gets copies switches them off with one click, and staff are told."""

from dataclasses import dataclass, replace

from bot.domain.client import Client
from bot.domain.email import same_login
from bot.domain.errors import NotFound
from bot.domain.family import Member
from bot.domain.history import Act
from bot.domain.ids import LinkId, StaffId, WorkspaceId
from bot.domain.mail_copy import MailCopy
from bot.domain.staff import Actor, Surface
from bot.services.errand import Desk, Errand
from bot.services.family_desk import Change, family_of, store_change
from bot.services.held import hold
from bot.services.ports import Clock, NewId, SharingStopped, StaffNotices, Storage, UnitOfWork

RECIPIENT = StaffId("recipient")
"""Who acts, where it is nobody of the staff; which recipient it was says the relation in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What stopping comes to, or would come to.

    Attributes:
        client: whose mail is copied no more.
        recipients: the names of all to whom copies at this inbox go: more than one share it.
        changed: False where everything was off already.
    """

    client: Client
    recipients: tuple[str, ...]
    changed: bool

    @property
    def is_shared_inbox(self) -> bool:
        """Say whether the inbox is the one of several relations, which all go off."""
        return len(self.recipients) > 1


class Unsubscribing(Desk):
    """A mail carries a token; who has it can stop this client's copies to this inbox, and nothing else."""

    def __init__(
        self, *, storage: Storage, clock: Clock, new_id: NewId, staff_notices: StaffNotices | None = None
    ) -> None:
        super().__init__(storage=storage, clock=clock, new_id=new_id)
        self._staff_notices = staff_notices

    async def preview(self, workspace_id: WorkspaceId, token: str) -> Stopped:
        """Say what stopping would switch off; a page that asks first shows it, without changing anything.

        Raises:
            NotFound: no copy has such a token.
        """
        async with self._storage.writing(workspace_id) as unit:
            client, members, _ = await _at_this_inbox(unit, token)
        return _stopped(client, members)

    async def stop(self, workspace_id: WorkspaceId, token: str) -> Stopped:
        """Switch off, at once, every sharing of this client's mail with this inbox, and tell staff.

        It may be done again: then nothing changes, and nobody is told.

        Raises:
            NotFound: no copy has such a token.
        """
        async with self._storage.writing(workspace_id) as unit:
            client, members, copy = await _at_this_inbox(unit, token)
        # It was only looked up: a relation is changed under the locks of its own, taken in their order.
        actor = Actor(workspace_id=workspace_id, staff_id=RECIPIENT, name=copy.name, surface=Surface.EMAIL)
        told: list[StaffId] = []
        async with self._errand(actor) as errand:
            for member in members:
                told += await _switch_off(errand, client, member)
        stopped = _stopped(client, members)
        if told and self._staff_notices is not None:
            staff = tuple(dict.fromkeys(told))
            notice = SharingStopped(client=client, recipients=stopped.recipients, staff=staff)
            await self._staff_notices.tell(workspace_id, notice)
        return replace(stopped, changed=bool(told))


async def _at_this_inbox(unit: UnitOfWork, token: str) -> tuple[Client, tuple[Member, ...], MailCopy]:
    """Return whose mail it is, and everybody whose copies of it go where this copy went."""
    copy = await unit.copies.with_stop_token(token) if token else None
    if copy is None or copy.client_id is None or copy.is_own_mail:
        raise NotFound
    family = await family_of(unit, copy.client_id)
    members = tuple(
        member
        for member in family.members
        if member.side.sharing is not None
        and (member.relation.id == copy.relation_id or same_login(member.email, copy.address))
    )
    return family.client, members, copy


def _stopped(client: Client, members: tuple[Member, ...]) -> Stopped:
    return Stopped(client=client, recipients=tuple(each.name for each in members), changed=bool(members))


async def _switch_off(errand: Errand, client: Client, member: Member) -> tuple[StaffId, ...]:
    """Switch one direction off, and return who had recorded it; nobody where it was off already."""
    # A contact's id is looked up the same way as a link's.
    held = await hold(errand.unit, client.id, LinkId(member.relation.id), even_removed=True)
    sharing = held.side.sharing
    if sharing is None:
        return ()
    change = Change(relation=held.relation.with_side(replace(held.side, sharing=None)))
    await store_change(errand, Act.SHARING_STOPPED, held, change, moved={})
    return (sharing.recorded_by,)
