"""A bot that takes mail in and sends it on, the practice's mail server, and a family that shares."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from bot.domain.client import Client
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, SharingChoice
from tests.api.practice_with_token import made_by
from tests.mail_server import MailServer, Received, mail_server
from tests.office import Office, Transport, open_office

ALL = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
SENDER = "ehr@practice.example"


def mail_to(
    *recipients: str, subject: str = "Your receipt", text: str = "Thank you.", own_id: str = ""
) -> EmailMessage:
    """Return a mail as a record system writes it."""
    message = EmailMessage()
    message["From"] = f"Practice <{SENDER}>"
    message["To"] = ", ".join(recipients)
    message["Subject"] = subject
    message["Message-ID"] = f"<{abs(hash((recipients, subject, text)))}@practice.example>"
    if own_id:
        message["X-Kinward-Client"] = own_id
    message.set_content(text)
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """Hands mail in, and sees what comes out."""

    office: Office
    server: MailServer
    minh: Client

    @property
    def port(self) -> int:
        """Where mail is handed in."""
        assert self.office.bot.mail is not None
        return self.office.bot.mail.port

    async def hand_in(self, message: EmailMessage | bytes, *recipients: str) -> None:
        """Hand a mail in, to those in its envelope."""
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self.port, start_tls=False) as client:
            raw = message if isinstance(message, bytes) else message.as_bytes()
            await client.sendmail(SENDER, list(recipients), raw)

    async def came_out(self, count: int) -> list[Received]:
        """Wait until the practice's mail server has taken so many mails in all; return them."""
        async with asyncio.timeout(20):
            while len(self.server.received) < count:
                await self.server.arrived.acquire()
        return self.server.received

    async def came_to(self, address: str) -> Received:
        """Wait until a mail has come out for somebody, and return it."""
        async with asyncio.timeout(20):
            while not (mails := [each for each in self.server.received if each.recipients == (address,)]):
                await self.server.arrived.acquire()
        return mails[0]


@asynccontextmanager
async def open_post_office(
    database_url: str, transport: Transport, **more: object
) -> AsyncIterator[PostOffice]:
    """Open it: Minh shares all with Linh, who is a client, and receipts with Rosa, a contact."""
    async with mail_server() as server:
        settings = {
            "SMTP_URL": server.url,
            "MAIL_FROM": "office@practice.example",
            "KINWARD_SMTP_LISTEN": "127.0.0.1:0",
            **more,
        }
        async with open_office(database_url, transport=transport, more=settings) as office:
            services, actor = office.services, made_by(office.actor)
            minh = await office.client("Minh", "Tran", own_id="K-1", email="minh@example.com")
            linh = await office.client("Linh", "Tran", own_id="K-2", email="linh@example.com")
            await services.relationships.link(
                actor,
                client_id=minh.id,
                other_id=linh.id,
                relationship=RelationshipChoice(kinship=Kinship.SPOUSE),
                sharing=ALL,
            )
            await services.relationships.add_contact(
                actor,
                client_id=minh.id,
                person=PersonDetails(first_name="Rosa", email="rosa@example.org"),
                relationship=RelationshipChoice(),
                sharing=SharingChoice(
                    categories=frozenset({Category.PAYMENTS}), basis=Basis.CLIENT_AGREED_VERBALLY
                ),
            )
            await services.mail_rules.add(actor, sender="", subject="*receipt*", category=Category.PAYMENTS)
            yield PostOffice(office=office, server=server, minh=minh)
