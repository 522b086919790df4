"""What became of a notice, for whoever handed it in."""

from bot.domain.errors import NotFound
from bot.domain.history import Act
from bot.domain.ids import NoticeId
from bot.domain.mail_copy import MailCopy
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import Audit
from bot.services.ports import Storage
from bot.services.rights import needs


class NoticeStatus:
    """Reads notices by their ids."""

    def __init__(self, *, storage: Storage, audit: Audit | None = None) -> None:
        self._storage = storage
        self._audit = audit

    @needs(Right.SEE_CLIENTS)
    async def mails_of(self, actor: Actor, notice_id: NoticeId) -> tuple[MailCopy, ...]:
        """Return the mail of a notice to each on the account, sent or not; it is on record as a look (R52).

        Raises:
            NotFound: there is no such notice in this workspace.
        """
        # A writing unit, because mails are read under a lock.
        async with self._storage.writing(actor.workspace_id) as unit:
            mails = await unit.copies.of_notice(notice_id)
        if not mails:
            raise NotFound
        client_id = mails[0].client_id
        if self._audit is not None and client_id is not None:
            self._audit.looked(actor, Act.COPIES_SEEN, client_id)
        return mails
