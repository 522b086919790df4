"""A wrong click is put back within ten minutes: on the card, and from the history of either account."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.client import Client
from bot.domain.ids import LinkId
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from tests.office import FRONT, Office, Transport, open_office

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
UNDO = "Undo until 12:10"


class SetClock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    def today(self) -> date:
        """Return its day."""
        return self._now.date()

    def advance(self, time: timedelta) -> None:
        """Let time pass."""
        self._now += time


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def office(database_url: str, way: tuple[str, Transport], clock: SetClock) -> AsyncIterator[Office]:
    async with open_office(database_url, transport=way[1], clock=clock) as opened:
        yield opened


async def linked(office: Office) -> tuple[Client, Client, LinkId]:
    rosa = await office.client(
        "Rosa", "Diaz", own_id="K-2", born=date(1980, 1, 1), email="rosa@example.com", phone="+12125550100"
    )
    luis = await office.client("Luis", "Diaz", own_id="K-3", born=date(1978, 1, 1), email="luis@example.com")
    outcome = await office.services.relationships.link(
        office.actor,
        client_id=rosa.id,
        other_id=luis.id,
        relationship=RelationshipChoice(kinship=Kinship.SPOUSE),
        sharing=AGREED,
    )
    assert outcome.relation is not None
    return rosa, luis, LinkId(outcome.relation.id)


async def acts(office: Office, client: Client) -> list[str]:
    history = await office.services.history.of_client(office.actor, client.id, limit=20)
    return [str(entry.act) for entry in history]


async def test_a_wrong_unlink_is_undone_from_the_others_history(office: Office, clock: SetClock) -> None:
    rosa, _, _ = await linked(office)
    ana, samir = office.ana, office.samir
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.fill("Reason", "They asked for it")
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked, from both accounts.")
    assert UNDO in ana.modal.buttons
    clock.advance(timedelta(minutes=3))

    await samir.command("/family history K-3", channel=FRONT)
    await samir.sees("Rosa Diaz (1980) was unlinked, from both accounts.")
    assert "Reason: They asked for it" in samir.text
    assert "Luis Diaz no longer gets the e-mails sent to Rosa Diaz" in samir.text
    assert "Ana Ruiz · 2 Mar 2026, 12:00" in samir.text
    await samir.click(UNDO)
    await samir.sees("Rosa Diaz is linked again, on both accounts. From now on: Luis Diaz also gets every")
    assert "Undone: Rosa Diaz (1980) was unlinked, from both accounts." in samir.text
    assert "Undone by Samir Haddad · 2 Mar 2026, 12:03" in samir.text
    assert UNDO not in samir.modal.buttons
    await samir.click("Open the card")
    await samir.sees("Luis Diaz also gets every notification e-mail sent to Rosa Diaz.")

    # She still has the button before her, and clicks it too.
    await ana.click(UNDO)
    await ana.sees("This was already undone by Samir Haddad on 2 Mar 2026, 12:03.")
    assert "Linked clients (1)" in ana.text
    assert await acts(office, rosa) == ["change.undone", "link.removed", "link.added", "client.added"]


async def test_after_ten_minutes_the_card_says_that_it_is_too_late(office: Office, clock: SetClock) -> None:
    rosa, _, _ = await linked(office)
    ana = office.ana
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked")
    clock.advance(timedelta(minutes=10, seconds=1))
    await ana.click(UNDO)
    await ana.sees("This can be undone for ten minutes, and they are over. Nothing was changed.")
    assert "Linked clients (0)" in ana.text
    await ana.click("History")
    await ana.sees("Luis Diaz (1978) was unlinked, from both accounts.")
    assert UNDO not in ana.modal.buttons
    assert (await acts(office, rosa))[0] == "link.removed"


async def test_each_edit_is_undone_on_the_card(office: Office) -> None:
    rosa, luis, link_id = await linked(office)
    ana = office.ana
    await ana.command("/family show K-2", channel=FRONT)

    await ana.menu("Luis Diaz", "Edit")
    await ana.choose("Luis Diaz is the … of Rosa Diaz", "sibling")
    await ana.submit()
    await ana.sees("Luis Diaz · sibling")
    await ana.click(UNDO)
    await ana.sees("The relationship with Luis Diaz is as it was before, on both accounts.")
    assert "Luis Diaz · spouse" in ana.text

    await ana.menu("Luis Diaz", "Share e-mails")
    await ana.click("Stop all sharing", confirm=True)
    await ana.sees("Nothing is shared with Luis Diaz any more.")
    await ana.click(UNDO)
    await ana.sees("E-mail sharing with Luis Diaz is as it was before.")
    assert "Luis Diaz also gets every notification e-mail sent to Rosa Diaz." in ana.text

    await ana.menu("Luis Diaz", "Roles")
    await ana.tick("Caregiver")
    await ana.submit()
    await ana.sees("The roles of Luis Diaz were saved.")
    await ana.click(UNDO)
    await ana.sees("The roles of Luis Diaz are as they were before.")
    assert "Caregiver" not in ana.text

    await ana.click("Edit client")
    await ana.fill("Preferred name", "Rosie")
    await ana.submit()
    await ana.sees("Rosa Diaz (Rosie)")
    await ana.click(UNDO)
    await ana.sees("The details of Rosa Diaz are as they were before.")
    assert "Rosie" not in ana.text

    family = await office.services.relationships.family(office.actor, rosa.id)
    (member,) = family.linked_clients
    assert (member.link.id, member.client.id) == (link_id, luis.id)
    assert (await acts(office, rosa)).count("change.undone") == 4


async def test_sharing_does_not_come_back_over_a_changed_address(office: Office) -> None:
    await linked(office)
    ana, samir = office.ana, office.samir
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked")

    await samir.command("/family client edit K-3", channel=FRONT)
    await samir.fill("E-mail", "another@example.com")
    await samir.submit()
    await samir.sees("The details of Luis Diaz were saved.")

    await ana.click(UNDO)
    await ana.sees("E-mail sharing stays off, because something has changed since.")
    assert "Linked clients (1)" in ana.text
    assert "Nobody else receives the e-mails sent to Rosa Diaz" in ana.text


async def test_what_somebody_has_edited_again_stays_and_says_by_whom(office: Office) -> None:
    await linked(office)
    ana, samir = office.ana, office.samir
    for desk, name in ((ana, "Rosie"), (samir, "Rosita")):
        await desk.command("/family client edit K-2", channel=FRONT)
        await desk.fill("Preferred name", name)
        await desk.submit()
        await desk.sees("The details of Rosa Diaz")
    await ana.click(UNDO)
    await ana.sees("Preferred name: changed again by Samir Haddad on 2 Mar 2026, 12:00.")
    assert "Rosa Diaz (Rosita)" in ana.text


async def test_a_pair_that_was_linked_again_says_so(office: Office) -> None:
    rosa, luis, _ = await linked(office)
    ana = office.ana
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked")
    await office.services.relationships.link(
        office.actor,
        client_id=rosa.id,
        other_id=luis.id,
        relationship=RelationshipChoice(kinship=Kinship.SIBLING),
    )
    await ana.click(UNDO)
    await ana.sees("Luis Diaz is already linked with this client, as sibling.")


async def test_a_contact_who_is_a_client_by_now_stays_removed_and_says_so(office: Office) -> None:
    rosa, luis, _ = await linked(office)
    relationships = office.services.relationships
    person = PersonDetails(first_name="Abigail", last_name="Lane", phones=(Phone(number="2025550142"),))
    friend = RelationshipChoice(kinship=Kinship.FRIEND)
    added = await relationships.add_contact(
        office.actor, client_id=rosa.id, person=person, relationship=friend
    )
    assert isinstance(added.relation, Contact)
    await relationships.add_known_person(
        office.actor, client_id=luis.id, person_id=added.relation.person_id, relationship=friend
    )
    ana, samir = office.ana, office.samir
    await ana.command("/family show K-2", channel=FRONT)
    await ana.menu("Abigail Lane", "Remove Contact")
    await ana.submit()
    await ana.sees("Abigail Lane was removed.")

    await samir.command("/family show K-3", channel=FRONT)
    await samir.menu("Abigail Lane", "Make this contact a client")
    await samir.submit()
    await samir.sees("Abigail Lane is a client now")

    await ana.click(UNDO)
    await ana.sees("Abigail Lane is a client by now, and a client is never a contact. Link them instead.")
    assert "Contacts (0)" in ana.text


async def test_a_long_history_is_paged_and_keeps_its_place(office: Office) -> None:
    rosa, _, link_id = await linked(office)
    for number in range(13):
        kinship = Kinship.SIBLING if number % 2 else Kinship.COUSIN
        await office.services.relationships.edit_link(
            office.actor,
            client_id=rosa.id,
            link_id=link_id,
            relationship=RelationshipChoice(kinship=kinship),
            expected_version=number + 1,
        )
    ana = office.ana
    await ana.command("/family show K-2", channel=FRONT)
    await ana.click("History")
    await ana.sees("Page 1, newest first")
    assert "Previous page" not in ana.modal.buttons
    await ana.click("Next page")
    await ana.sees("Page 2, newest first")
    assert "Rosa Diaz was added as a client." in ana.text
    assert "Next page" not in ana.modal.buttons
    await ana.click("Previous page")
    await ana.sees("Page 1, newest first")
    await ana.close()
    assert ana.modal.title == "Family and contacts"


async def test_an_undo_in_the_history_is_seen_on_the_card_below(office: Office) -> None:
    rosa, _, link_id = await linked(office)
    await office.services.relationships.remove(office.actor, client_id=rosa.id, relation_id=link_id)
    ana = office.ana
    await ana.command("/family show K-2", channel=FRONT)
    await ana.click("History")
    await ana.click(UNDO)
    await ana.sees("Luis Diaz is linked again, on both accounts.")
    await ana.close()
    await ana.sees("Linked clients (1)")


async def test_a_guest_sees_no_history(office: Office) -> None:
    await linked(office)
    guest = office.guest
    await guest.command("/family history K-2", channel="C0GENERAL")
    await guest.sees("Kinward is for full members of this workspace.")
    assert not guest.has_modal
