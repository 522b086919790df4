"""The whole promise through each door, over HTTP, as a mail, by hand: the same people get it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import parseaddr
from pathlib import Path

import aiohttp
import aiosmtplib
import pytest

from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import Category
from bot.services.settings import PracticeGiven
from tests.api.practice_with_token import token_for
from tests.cli.commands import Commands
from tests.mail_server import MailServer, mail_server
from tests.office import FRONT, Office, Transport, open_office
from tests.processes import Nursery
from tests.smtp.post_office import SENDER, mail_to

HandIn = Callable[[str, str], Awaitable[None]]
"""Hands a mail for Minh in, of a category and with a subject."""

DOORS: tuple[tuple[str, str, Transport], ...] = (
    ("http", "sqlite", "socket"),
    ("smtp", "postgresql", "http"),
    ("command line", "sqlite", "http"),
)


@pytest.fixture(params=DOORS, ids="-".join)
def way(request: pytest.FixtureRequest) -> tuple[str, str, Transport]:
    chosen: tuple[str, str, Transport] = request.param
    return chosen


@pytest.fixture
def engine(way: tuple[str, str, Transport]) -> str:
    return way[1]


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def token(database_url: str) -> str:
    return (await token_for(database_url)).text.shown


@pytest.fixture
async def office(
    database_url: str, way: tuple[str, str, Transport], server: MailServer, token: str
) -> AsyncIterator[Office]:
    assert token
    more = {
        "SMTP_URL": server.url,
        "MAIL_FROM": "office@practice.example",
        "KINWARD_SMTP_LISTEN": "127.0.0.1:0",
    }
    async with open_office(database_url, transport=way[2], more=more) as opened:
        yield opened


@pytest.fixture
def hand_in(
    office: Office,
    way: tuple[str, str, Transport],
    token: str,
    database_url: str,
    nursery: Nursery,
    tmp_path: Path,
) -> HandIn:
    async def over_http(category: str, subject: str) -> None:
        assert office.bot.api is not None
        asked = {"client": "K-6", "category": category, "subject": subject, "text": "On Monday at ten."}
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{office.bot.api.root}/v1/notifications"
        async with aiohttp.ClientSession() as session, session.post(url, json=asked, headers=headers) as told:
            assert told.status == 202

    async def as_a_mail(_category: str, subject: str) -> None:
        assert office.bot.mail is not None
        message = mail_to("minh@example.com", subject=subject, text="On Monday at ten.")
        await aiosmtplib.send(
            message, sender=SENDER, hostname="127.0.0.1", port=office.bot.mail.port, start_tls=False
        )

    async def by_hand(category: str, subject: str) -> None:
        file = tmp_path / "mail.eml"
        file.write_bytes(mail_to("minh@example.com", subject=subject, text="On Monday at ten.").as_bytes())
        told = ("notify", "--client", "K-6", "--category", category, str(file))
        done = await Commands(nursery).run(*told, settings={"DATABASE_URL": database_url})
        assert done.code == 0, done.err

    return {"http": over_http, "smtp": as_a_mail, "command line": by_hand}[way[0]]


async def family(office: Office) -> None:
    services, actor = office.services, office.actor
    minh = await office.client("Minh", "Tran", own_id="K-6", email="minh@example.com")
    linh = await office.client("Linh", "Tran", own_id="K-7", email="linh@example.com")
    await services.relationships.link(
        actor, client_id=minh.id, other_id=linh.id, relationship=RelationshipChoice()
    )
    teresa = PersonDetails(first_name="Teresa", last_name="Ruiz", email="teresa@example.com")
    await services.relationships.add_contact(
        actor, client_id=minh.id, person=teresa, relationship=RelationshipChoice()
    )
    await services.mail_rules.add(actor, sender="", subject="*appointment*", category=Category.APPOINTMENTS)
    given = PracticeGiven(
        practice_name="Elm Street", practice_phone="(212) 555-0142", zone="", adult_at="18", responsible=()
    )
    version = (await services.in_force.read(actor.workspace_id)).settings.version
    await services.settings.change_practice(actor, given, expected_version=version)


async def share(office: Office, name: str) -> None:
    ana = office.ana
    await ana.menu(name, "Share e-mails")
    await ana.choose(f"{name} also gets the e-mails sent to Minh Tran", "Yes, every notification e-mail")
    await ana.choose(f"Who agreed that {name} gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees(f"{name} also gets every notification e-mail sent to Minh Tran. Nothing")


async def arrived(server: MailServer, count: int) -> list[str]:
    """Wait for so many mails more, each alone on its envelope and its To; return to whom they went."""
    for _ in range(count):
        await server.arrived.acquire()
    for mail in server.received:
        assert parseaddr(str(mail.message["To"]))[1] == mail.recipients[0]
        assert len(mail.recipients) == 1
        assert mail.message["Cc"] is mail.message["Bcc"] is None
    return sorted(server.recipients[-count:])


async def test_sharing_sends_and_unlinking_stops_it_through_each_door(
    office: Office, server: MailServer, hand_in: HandIn
) -> None:
    await family(office)
    await office.ana.command("/family show K-6", channel=FRONT)
    await share(office, "Linh Tran")
    await share(office, "Teresa Ruiz")

    await hand_in("appointments", "Your appointment")
    assert await arrived(server, 3) == ["linh@example.com", "minh@example.com", "teresa@example.com"]
    copies = [mail for mail in server.received if mail.recipients != ("minh@example.com",)]
    for copy in copies:
        # What the copy says of the practice is what an admin has chosen in Slack.
        assert str(copy.message["From"]) == "Elm Street <office@practice.example>"
        assert str(copy.message["Subject"]) == "A copy of an e-mail for Minh"
        assert "On Monday at ten." in copy.text
        assert "call Elm Street" in copy.text
        assert "+1 212-555-0142" in copy.text or "+12125550142" in copy.text

    await hand_in("account", "Your password for the appointment portal")
    assert await arrived(server, 1) == ["minh@example.com"]

    # From the other side, and the contact from his own account.
    await office.samir.command("/family unlink K-7", channel=FRONT)
    await office.samir.submit()
    await office.samir.sees("was unlinked, from both accounts")
    await office.ana.command("/family unlink K-6", channel=FRONT)
    await office.ana.submit()
    await office.ana.sees("Teresa Ruiz was removed.")
    await hand_in("appointments", "Your next appointment")
    assert await arrived(server, 1) == ["minh@example.com"]
    await hand_in("account", "Your login code")
    assert await arrived(server, 1) == ["minh@example.com"]
    assert len(server.received) == 6
