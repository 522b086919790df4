"""Where the page sends e-mails as the practice would: the real bot decides who gets them."""

from bot.bootstrap import RunningBot
from bot.domain.errors import NotFound
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.mail_copy import CopyState, MailCopy
from bot.domain.notice import NoticeCategory, NoticeRequest, NoticeSource
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.playground.mail.mailboxes import Mailboxes
from bot.playground.mail.samples import KINDS, sample
from bot.playground.mail.stopping import stop
from bot.playground.slack.acts.outcome import NotPossibleError
from bot.playground.slack.wire import Json
from bot.services.services import Services
from bot.views.recipient_words import reason_text
from bot.views.wording import SEPARATOR, distinction

MOST_FOUND = 20
_SENDER = StaffId("U0RECORD")
"""The record system of the practice, which sends whatever is sent."""


class MailDesk:
    """Finds clients and sends them an e-mail of a kind; nothing of it works before the bot runs."""

    def __init__(self, mailboxes: Mailboxes) -> None:
        self.mailboxes = mailboxes
        self._bot: RunningBot | None = None

    def open(self, bot: RunningBot) -> None:
        """Begin: the bot runs."""
        self._bot = bot

    def kinds(self) -> list[Json]:
        """Return what can be sent."""
        return [{"value": kind.value, "words": words} for kind, words in KINDS.items()]

    async def find(self, text: str) -> list[Json]:
        """Return clients for what was typed, as options of a select."""
        bot = self._running()
        services, workspace_id = bot.services, bot.workspace_id
        found = await services.clients.find(_sender(workspace_id), text, limit=MOST_FOUND)
        return [
            {
                "value": client.id,
                "words": SEPARATOR.join(part for part in (client.display_name, distinction(client)) if part),
            }
            for client in found.clients
        ]

    async def send(self, client_id: str, kind: str) -> Json:
        """Send a client an e-mail, and say to whom it goes and to whom not.

        Raises:
            NotPossibleError: there is no such client or kind.
        """
        bot = self._running()
        category = next((each for each in KINDS if each == kind), None)
        if category is None:
            raise NotPossibleError("Choose which e-mail is to be sent.")
        try:
            return await self._send(bot.services, bot.workspace_id, ClientId(client_id), category)
        except NotFound:
            raise NotPossibleError("Choose a client.") from None

    async def stop(self, letter_id: str) -> Json:
        """Stop what came with a letter, as the recipient does, and say what came of it.

        Raises:
            NotPossibleError: there is no such letter, it cannot be stopped, or the bot did not take it.
        """
        bot, letter = self._running(), self.mailboxes.letter(letter_id)
        if letter is None:
            raise NotPossibleError("There is no such e-mail.")
        token = await stop(
            letter,
            mail_port=bot.mail.port if bot.mail is not None else None,
            http_root=bot.api.root if bot.api is not None else None,
        )
        try:
            left = await bot.services.unsubscribing.preview(bot.workspace_id, token)
        except NotFound:
            raise NotPossibleError("The bot does not know this e-mail any more.") from None
        whose = left.client.details.first_name or left.client.display_name
        said = f"Nobody at {letter.inbox} gets copies of e-mails for {whose} any more. Staff are told."
        return {"said": f"Stopped. {said}"}

    async def _send(
        self, services: Services, workspace_id: WorkspaceId, client_id: ClientId, category: NoticeCategory
    ) -> Json:
        client = await services.clients.get(_sender(workspace_id), client_id)
        request = NoticeRequest(
            client_id=client_id,
            category=category,
            content=sample(category, client, now=services.clock.now()),
            source=NoticeSource.PLAYGROUND,
            requested_by="playground",
        )
        queued = await services.notices.queue(workspace_id, request)
        return {"client": client.display_name, "people": [_told(copy) for copy in queued.copies]}

    def _running(self) -> RunningBot:
        if self._bot is None:
            raise NotPossibleError("The bot has not started yet.")
        return self._bot


def _told(copy: MailCopy) -> Json:
    receives = copy.state is not CopyState.SUPPRESSED
    return {"name": copy.name, "inbox": copy.address, "receives": receives, "why": reason_text(copy.reason)}


def _sender(workspace_id: WorkspaceId) -> Actor:
    return Actor(
        workspace_id=workspace_id,
        staff_id=_SENDER,
        name="The record system",
        surface=Surface.COMMAND_LINE,
        rights=EVERY_RIGHT,
    )
