"""A practice that sends mail: its outbox, a worker, and short ways to what a test starts from."""

import random
from datetime import timedelta

from bot.adapters.mail_composing import MailFrom
from bot.adapters.mail_pace import MailPace
from bot.adapters.outbox_worker import OutboxWorker
from bot.adapters.smtp_sending import SmtpSending
from bot.adapters.smtp_server import SmtpServer
from bot.domain.client import Client
from bot.domain.ids import ClientId, WorkspaceId
from bot.domain.mail_copy import MailCopy
from bot.domain.notice import Attachment, NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import SharingChoice
from bot.services.bounces import Bounces
from bot.services.copies import Copies
from bot.services.dead_letters import DeadLetters
from bot.services.must_not_receive import KeepingRestrictions
from bot.services.notices import Notices, Queued
from bot.services.outbox import Outbox
from bot.services.outcome import Outcome
from bot.services.ports import StaffNotice, Storage, Telling
from bot.services.recipients import Recipients
from bot.services.unsubscribe import Unsubscribing
from bot.views.mail import Practice as PracticeName
from tests.databases import WORKSPACE
from tests.services.practice import AGREED, Practice, SteppingClock

REMINDER = NoticeContent(subject="Your appointment", text="We look forward to seeing you on Monday at 9.")
MAIL_FROM = MailFrom(
    address="office@practice.example",
    practice=PracticeName(name="Willow Family Practice", phone="+1 212 555 0100"),
    public_url="https://kinward.example",
)
DAVE = PersonDetails(first_name="Dave", last_name="Vega", email="dave@example.org")


class ToldStaff:
    """Remembers what staff were told."""

    def __init__(self) -> None:
        self.notices: list[StaffNotice] = []

    async def tell(self, workspace_id: WorkspaceId, notice: StaffNotice) -> Telling:
        """Remember it."""
        assert workspace_id
        self.notices.append(notice)
        return Telling.DONE


class MailPractice(Practice):
    """The services of a practice with everything about mail."""

    def __init__(
        self,
        storage: Storage,
        workspace_id: WorkspaceId = WORKSPACE,
        *,
        clock: SteppingClock | None = None,
    ) -> None:
        super().__init__(storage, workspace_id, clock=clock)
        self.workspace_id = workspace_id
        self.told = ToldStaff()
        self.recipients = Recipients(storage=storage, clock=self.clock)
        self.notices = Notices(storage=storage, clock=self.clock, new_id=self.new_id)
        self.outbox = Outbox(
            storage=storage,
            clock=self.clock,
            new_id=self.new_id,
            chance=random.Random(1),  # noqa: S311 - it spreads waits
        )
        self.copies = Copies(storage=storage, clock=self.clock)
        self.bounces = Bounces(storage=storage, clock=self.clock)
        self.dead_letters = DeadLetters(storage=storage, clock=self.clock)
        self.restrictions = KeepingRestrictions(storage=storage, clock=self.clock, new_id=self.new_id)
        self.unsubscribing = Unsubscribing(
            storage=storage, clock=self.clock, new_id=self.new_id, staff_notices=self.told
        )

    def worker(
        self,
        url: str,
        *,
        mail_from: MailFrom = MAIL_FROM,
        seconds: float = 5,
        keep_days: int = 0,
        connections: int = 1,
        pace: MailPace | None = None,
    ) -> OutboxWorker:
        """Return a worker that has not begun: each `turn` is one claim."""
        return OutboxWorker(
            outbox=self.outbox,
            workspace_id=self.workspace_id,
            connections=[
                SmtpSending(SmtpServer.parse(url), name="practice.example", seconds=seconds)
                for _ in range(connections)
            ],
            mail_from=mail_from,
            clock=self.clock,
            pace=pace,
            keep_days=keep_days,
        )

    async def shared_contact(
        self, client: Client, person: PersonDetails = DAVE, *, sharing: SharingChoice = AGREED
    ) -> Outcome:
        """Add a contact who gets the client's e-mails."""
        return await self.relationships.add_contact(
            self.dana, client_id=client.id, person=person, relationship=RelationshipChoice(), sharing=sharing
        )

    async def family(self) -> tuple[Client, Client, Outcome, Outcome]:
        """Return Ana, whose e-mails also go to Ben, a client, and to Dave, a contact."""
        ana, ben = await self.pair()
        linked = await self.link(ana, ben)
        assert linked.relation is not None
        await self.relationships.share(
            self.dana, client_id=ana.id, relation_id=linked.relation.id, sharing=AGREED
        )
        return ana, ben, linked, await self.shared_contact(ana)

    async def notify(
        self,
        client: Client,
        category: NoticeCategory = NoticeCategory.APPOINTMENTS,
        *,
        content: NoticeContent = REMINDER,
        event_id: str | None = None,
        key: str | None = None,
        later: timedelta | None = None,
    ) -> Queued:
        """Queue a notice."""
        request = NoticeRequest(
            client_id=client.id,
            category=category,
            content=content,
            source=NoticeSource.HTTP,
            event_id=event_id,
            idempotency_key=key,
            send_at=self.clock.now() + later if later is not None else None,
        )
        return await self.notices.queue(self.workspace_id, request)

    async def record(self, client_id: ClientId) -> list[MailCopy]:
        """Return what is on record of a client's mail, oldest first."""
        return [*reversed(await self.copies.copies_of(self.dana, client_id, limit=100))]


def paper(content_type: str = "application/pdf", *, name: str = "superbill.pdf") -> Attachment:
    """Return a file."""
    return Attachment(filename=name, content_type=content_type, content=b"%PDF-1.7 codes")
