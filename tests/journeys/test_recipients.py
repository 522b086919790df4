"""Sharing that sends: three mails, each alone; after unlinking one; and who would get them, read before."""

import asyncio
from collections.abc import AsyncIterator
from email.utils import parseaddr

import pytest

from bot.domain.ids import ClientId
from bot.domain.mail_copy import CopyState, MailCopy
from bot.domain.notice import NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.settings import Display
from bot.services.settings import DisplayGiven
from tests.mail_server import MailServer, mail_server
from tests.office import FRONT, Office, Transport, open_office


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def office(database_url: str, way: tuple[str, Transport], server: MailServer) -> AsyncIterator[Office]:
    more = {"SMTP_URL": server.url, "MAIL_FROM": "office@practice.example"}
    async with open_office(database_url, transport=way[1], more=more) as opened:
        yield opened


async def family(office: Office) -> ClientId:
    minh = await office.client("Minh", "Tran", own_id="K-6", email="minh@example.com")
    linh = await office.client("Linh", "Tran", own_id="K-7", email="linh@example.com")
    relationships = office.services.relationships
    await relationships.link(
        office.actor, client_id=minh.id, other_id=linh.id, relationship=RelationshipChoice()
    )
    teresa = PersonDetails(first_name="Teresa", last_name="Ruiz", email="teresa@example.com")
    await relationships.add_contact(
        office.actor, client_id=minh.id, person=teresa, relationship=RelationshipChoice()
    )
    return minh.id


async def share(office: Office, name: str) -> None:
    ana = office.ana
    await ana.menu(name, "Share e-mails")
    await ana.choose(f"{name} also gets the e-mails sent to Minh Tran", "Yes, every notification e-mail")
    await ana.choose(f"Who agreed that {name} gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees(
        f"{name} also gets every notification e-mail sent to Minh Tran. Nothing that was already sent"
    )


async def send(office: Office, client_id: ClientId, category: NoticeCategory) -> None:
    request = NoticeRequest(
        client_id=client_id,
        category=category,
        content=NoticeContent(subject="Your appointment", text="On Monday at ten."),
        source=NoticeSource.HTTP,
    )
    await office.services.notices.queue(office.actor.workspace_id, request)


async def arrived(server: MailServer, count: int) -> list[str]:
    """Wait for so many mails, each alone on its envelope and its To, and return to whom they went."""
    for _ in range(count):
        await server.arrived.acquire()
    for each in server.received:
        assert parseaddr(str(each.message["To"]))[1] == each.recipients[0]
        assert len(each.recipients) == 1
        assert each.message["Cc"] is None
        assert each.message["Bcc"] is None
    return sorted(server.recipients)


async def test_sharing_sends_and_unlinking_stops_it(office: Office, server: MailServer) -> None:
    minh = await family(office)
    await office.ana.command("/family show K-6", channel=FRONT)
    await share(office, "Linh Tran")
    await share(office, "Teresa Ruiz")

    await send(office, minh, NoticeCategory.APPOINTMENTS)
    assert await arrived(server, 3) == ["linh@example.com", "minh@example.com", "teresa@example.com"]

    # From the other side, and the contact from his own.
    samir = office.samir
    await samir.command("/family unlink K-7", channel=FRONT)
    await samir.sees("The last copy to Linh Tran went out on")
    await samir.submit()
    await samir.sees("was unlinked, from both accounts")
    await office.ana.command("/family unlink K-6", channel=FRONT)
    await office.ana.submit()
    await office.ana.sees("Teresa Ruiz was removed.")
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    assert (await arrived(server, 1))[1:3] == ["minh@example.com", "minh@example.com"]
    assert len(server.received) == 4


async def test_who_would_get_it_is_read_before_anything_is_sent(office: Office, server: MailServer) -> None:
    await family(office)
    await office.ana.command("/family show K-6", channel=FRONT)
    await share(office, "Linh Tran")
    ana = office.ana
    await ana.click("Who gets their e-mails?")
    await ana.sees("Get it (2)")
    assert "Minh Tran · the client\nIt is their own e-mail · minh@example.com" in ana.text
    assert "Linh Tran · linked client\nThese e-mails are shared with them · linh@example.com" in ana.text
    assert "Teresa Ruiz · contact\nNo e-mails are shared with them" in ana.text
    assert "diagnosis" not in ana.text

    await ana.choose("Kind of e-mail", "Superbills")
    await ana.sees("Superbills carry diagnosis and service codes: everybody named here sees them.")
    await ana.choose("Kind of e-mail", "Log-in and passwords")
    await ana.sees("are never copied, whatever is shared")
    assert "Get it (1)" in ana.text
    assert "Do not get it (2)" in ana.text

    await office.samir.command("/family recipients K-7", channel=FRONT)
    await office.samir.sees("E-mails for Linh Tran")
    await office.samir.click("Open the card")
    await office.samir.sees("Linked clients")
    assert server.received == []


async def test_by_initials_nobody_is_named(office: Office) -> None:
    await family(office)
    shown = DisplayGiven(covered=True, display=Display.INITIALS, names_in_windows=False, summary_days="")
    version = (await office.services.in_force.read(office.actor.workspace_id)).settings.version
    await office.services.settings.change_display(office.actor, shown, expected_version=version)

    await office.ana.command("/family recipients K-6", channel=FRONT)
    await office.ana.sees("E-mails for M. T.")
    assert "Tran" not in office.ana.text
    assert "@" not in office.ana.text


async def test_a_large_family_is_read_in_pages(office: Office) -> None:
    minh = await family(office)
    for number in range(30):
        somebody = PersonDetails(first_name="Kim", email=f"kim{number}@example.com")
        await office.services.relationships.add_contact(
            office.actor, client_id=minh, person=somebody, relationship=RelationshipChoice()
        )
    ana = office.ana
    await ana.command("/family recipients K-6", channel=FRONT)
    await ana.sees("Page 1 of 2")
    await ana.choose("Kind of e-mail", "Superbills")
    await ana.click("Next page")
    await ana.sees("Page 2 of 2")
    assert ana.modal.fields["Kind of e-mail"] == "Superbills"


async def test_what_was_sent_is_on_record_and_can_be_marked(office: Office, server: MailServer) -> None:
    minh = await family(office)
    ana = office.ana
    await ana.command("/family show K-6", channel=FRONT)
    await share(office, "Linh Tran")
    await send(office, minh, NoticeCategory.PAYMENTS)
    await arrived(server, 2)
    await on_record(office, minh, CopyState.SENT, times=2)

    await ana.click("History")
    await ana.click("E-mails")
    await ana.sees("To Linh Tran · linked client · linh@example.com")
    assert "Receipts and invoices" in ana.text
    assert "Sent on" in ana.text
    assert "Not sent. No e-mails are shared with them" in ana.text
    await ana.click("Mark as misdirected", row="To Linh Tran", confirm=False)
    assert not [each for each in await copies(office, minh) if each.misdirected]
    await ana.click("Mark as misdirected", row="To Linh Tran", confirm=True)
    await ana.sees("It is marked.")
    assert "Marked as misdirected by Ana Ruiz" in ana.text
    (marked,) = [each for each in await copies(office, minh) if each.misdirected]
    assert marked.address == "linh@example.com"
    await ana.click("History")
    await ana.sees("Undo")
    assert "To Linh Tran" not in ana.text


async def test_an_address_that_does_not_work_is_paused_until_somebody_says_otherwise(
    office: Office, server: MailServer
) -> None:
    minh = await family(office)
    ana = office.ana
    await ana.command("/family show K-6", channel=FRONT)
    await share(office, "Teresa Ruiz")
    server.refusing["teresa@example.com"] = "550 5.1.1 no such user"
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    await on_record(office, minh, CopyState.FAILED)
    await arrived(server, 1)
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    await arrived(server, 1)

    await ana.close()
    await ana.command("/family show K-6", channel=FRONT)
    await ana.sees("teresa@example.com (paused: no working address)")
    await ana.click("History")
    await ana.click("E-mails")
    await ana.sees("Not sent. The mail server says that there is no such address")
    assert "Not sent. Paused: no working address" in ana.text
    assert 'have it tried again under "Who gets their e-mails?" on the card' in ana.text

    samir = office.samir
    await samir.command("/family recipients K-6", channel=FRONT)
    await samir.sees("Teresa Ruiz · contact\nPaused: no working address")
    server.refusing.clear()
    await samir.click("Try again", row="E-mails to Teresa Ruiz are paused")
    await samir.sees("The address is used again, from the next e-mail on.")
    assert "Teresa Ruiz · contact\nThese e-mails are shared with them" in samir.text
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    assert (await arrived(server, 2)).count("teresa@example.com") == 1


async def test_a_corrected_address_is_no_longer_paused(office: Office, server: MailServer) -> None:
    minh = await family(office)
    server.refusing["minh@example.com"] = "550 5.1.1 no such user"
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    await on_record(office, minh, CopyState.FAILED)
    ana = office.ana
    await ana.command("/family client edit K-6", channel=FRONT)
    await ana.fill("E-mail", "minh.tran@example.com")
    await ana.submit()
    await ana.command("/family show K-6", channel=FRONT)
    await ana.sees("minh.tran@example.com")
    assert "paused" not in ana.text
    await send(office, minh, NoticeCategory.APPOINTMENTS)
    assert await arrived(server, 1) == ["minh.tran@example.com"]


async def copies(office: Office, client_id: ClientId) -> tuple[MailCopy, ...]:
    return await office.services.copies.copies_of(office.actor, client_id)


async def on_record(office: Office, client_id: ClientId, state: CopyState, *, times: int = 1) -> None:
    """Wait until it is written what became of so many mails, which the mail server knows before."""
    while [  # noqa: ASYNC110 - nothing tells when it is written
        each.state for each in await copies(office, client_id)
    ].count(state) < times:
        await asyncio.sleep(0.01)
