"""What became of a notice, for whoever handed it in."""

from bot.domain.errors import NotFound
from bot.domain.ids import NoticeId
from bot.domain.mail_copy import MailCopy
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.ports import Storage
from bot.services.rights import needs


class NoticeStatus:
    """Reads notices by their ids."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    @needs(Right.SEE_CLIENTS)
    async def mails_of(self, actor: Actor, notice_id: NoticeId) -> tuple[MailCopy, ...]:
        """Return the mail of a notice to each on the account, sent or not.

        Raises:
            NotFound: there is no such notice in this workspace.
        """
        # A writing unit, because mails are read under a lock.
        async with self._storage.writing(actor.workspace_id) as unit:
            mails = await unit.copies.of_notice(notice_id)
        if not mails:
            raise NotFound
        return mails
