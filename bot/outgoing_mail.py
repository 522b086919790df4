"""The worker that sends mail, made from the settings: a part of the composition root.

It stands alone because only who sends mail should wait for the libraries that it takes.
"""

from bot.adapters.bell import LocalBell
from bot.adapters.mail_composing import MailFrom
from bot.adapters.mail_pace import MailPace
from bot.adapters.outbox_worker import OutboxWorker
from bot.adapters.smtp_sending import SmtpSending
from bot.adapters.smtp_server import SmtpServer
from bot.config import MailSettings
from bot.domain.ids import WorkspaceId
from bot.services.services import Services
from bot.views.mail import Practice


def worker_for(
    settings: MailSettings, services: Services, *, workspace_id: WorkspaceId, bell: LocalBell | None = None
) -> OutboxWorker:
    """Return the worker that the settings ask for; it has not begun.

    Raises:
        ValueError: no mail server or no sender is set.
    """
    if settings.smtp_url is None or settings.mail_from is None:
        raise ValueError("a worker needs a mail server and a sender")
    practice = Practice(name=settings.practice_name, phone=settings.practice_phone)
    mail_from = MailFrom(address=settings.mail_from, practice=practice, public_url=settings.public_url)

    async def as_it_is_called() -> Practice:
        # What an admin has chosen in Slack stands before the environment.
        chosen = (await services.in_force.read(workspace_id)).settings
        return Practice(
            name=chosen.practice_name or practice.name, phone=chosen.practice_phone or practice.phone
        )

    server = SmtpServer.parse(settings.smtp_url.get_secret_value())
    return OutboxWorker(
        outbox=services.outbox,
        workspace_id=workspace_id,
        connections=[SmtpSending(server, name=mail_from.domain) for _ in range(settings.mail_connections)],
        mail_from=mail_from,
        clock=services.clock,
        bell=bell,
        pace=MailPace(settings.mails_a_minute),
        practice=as_it_is_called,
        keep_days=settings.keep_mail_days,
    )
