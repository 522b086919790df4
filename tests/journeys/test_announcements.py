"""Whoever is responsible is told in a direct message that somebody gets a client's e-mails no more (R44)."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.ids import StaffId
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.settings import Display
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice import OFFICER, OWNER, THERAPIST
from bot.playground.slack.acts.membership import change_person
from bot.services.settings import DisplayGiven, PracticeGiven
from tests.office import FRONT, Office, Transport, open_office
from tests.services.practice import AGREED


@pytest.fixture
async def office(database_url: str, way: tuple[str, Transport]) -> AsyncIterator[Office]:
    """An office where it is often looked for something to tell."""
    async with open_office(database_url, transport=way[1], looks_every=0.02) as opened:
        yield opened


async def test_the_responsible_therapist_reads_who_got_and_who_gets_the_mails(office: Office) -> None:
    await _responsible(office)
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    ana, samir = office.ana, office.samir
    await ana.command("/family show K-7", channel=FRONT)
    await ana.menu("Teresa Moreno", "Remove Contact")
    await ana.submit()
    await ana.sees("Teresa Moreno was removed.")
    await samir.sees("From now on: Kid Moreno (kid@example.com)")
    (message,) = samir.dms()
    assert "Until now: Kid Moreno (kid@example.com), Teresa Moreno (teresa@example.com)" in message
    assert "changed who gets the e-mails of Kid Moreno" in message
    assert samir.notifications() == ["Kinward has something to tell you about e-mails."]
    assert ana.dms() == []


async def test_with_initials_in_messages_it_names_nobody(office: Office) -> None:
    await _responsible(office)
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    shown = DisplayGiven(covered=True, display=Display.INITIALS, names_in_windows=True, summary_days="")
    await office.services.settings.change_display(office.actor, shown, expected_version=2)
    kid = (await office.services.clients.exact(office.actor, "K-7"))[0]
    family = await office.services.relationships.family(office.actor, kid.id)
    await office.services.relationships.remove(
        office.actor, client_id=kid.id, relation_id=family.contacts[0].contact.id
    )
    await office.samir.sees("From now on: K. M.")
    (message,) = office.samir.dms()
    assert "Until now: K. M., T. M." in message
    assert not any(word in message for word in ("Kid", "Teresa", "@"))


async def test_the_clients_own_therapist_is_told_and_not_the_list(office: Office) -> None:
    await _responsible(office)
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    ana, priya = office.ana, office.desk(OFFICER)
    await ana.command("/family show K-7", channel=FRONT)
    await ana.click("Responsible staff")
    await ana.tick_person("Who is responsible for Kid Moreno?", "Toby Finch")
    await ana.submit()
    assert ana.modal.errors == {
        "Who is responsible for Kid Moreno?": "Only full members of this workspace, please: "
        "no guests, bots or people of other workspaces."
    }
    await ana.close()
    await ana.click("Responsible staff")
    await ana.tick_person("Who is responsible for Kid Moreno?", OFFICER.real_name)
    await ana.submit()
    await ana.sees("✓ The responsible staff were saved.")
    assert "Responsible: Priya Nair" in ana.modal.text
    await ana.click("History")
    await ana.sees("Who is responsible for Kid Moreno was changed.")
    assert "Responsible staff: none → Priya Nair" in ana.modal.text
    await ana.close()
    await ana.menu("Teresa Moreno", "Remove Contact")
    await ana.submit()
    await priya.sees("From now on: Kid Moreno (kid@example.com)")
    assert office.samir.dms() == []


async def test_who_is_no_staff_any_more_is_told_nothing_and_the_list_is(office: Office) -> None:
    await _responsible(office)
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    kid = (await office.services.clients.exact(office.actor, "K-7"))[0]
    await office.services.owners.change(
        office.actor, kid.id, (StaffId(OFFICER.id),), expected_version=kid.version
    )
    await change_person(office.slack.hub, replace(OFFICER, is_restricted=True))
    family = await office.services.relationships.family(office.actor, kid.id)
    await office.services.relationships.remove(
        office.actor, client_id=kid.id, relation_id=family.contacts[0].contact.id
    )
    await office.samir.sees("From now on: Kid Moreno (kid@example.com)")
    assert office.desk(OFFICER).dms() == []


async def test_who_sees_no_clients_reads_initials(office: Office) -> None:
    await _responsible(office)
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    for person, role in ((OWNER, StaffRole.ADMIN), (THERAPIST, StaffRole.ADMIN)):
        holder = Holder(kind=HolderKind.PERSON, id=person.id)
        await office.services.settings.give_roles(office.actor, holder, frozenset({role}))
    kid = (await office.services.clients.exact(office.actor, "K-7"))[0]
    family = await office.services.relationships.family(office.actor, kid.id)
    await office.services.relationships.remove(
        office.actor, client_id=kid.id, relation_id=family.contacts[0].contact.id
    )
    await office.samir.sees("From now on: K. M.")


async def _responsible(office: Office) -> None:
    given = PracticeGiven(
        practice_name="", practice_phone="", zone="", adult_at="18", responsible=(StaffId(THERAPIST.id),)
    )
    await office.services.settings.change_practice(office.actor, given, expected_version=1)


async def _kid(office: Office, first: str, last: str, *, email: str) -> None:
    kid = await office.client("Kid", "Moreno", own_id="K-7", email="kid@example.com")
    await office.services.relationships.add_contact(
        office.actor,
        client_id=kid.id,
        person=PersonDetails(first_name=first, last_name=last, email=email),
        relationship=RelationshipChoice(),
        sharing=AGREED,
    )


async def test_who_edits_the_client_meanwhile_is_told_and_loses_nothing(office: Office) -> None:
    await _kid(office, "Teresa", "Moreno", email="teresa@example.com")
    ana, samir = office.ana, office.samir
    await samir.command("/family client edit K-7", channel=FRONT)
    await samir.fill("Preferred name", "Kiddo")
    await ana.command("/family show K-7", channel=FRONT)
    await ana.click("Responsible staff")
    await ana.tick_person("Who is responsible for Kid Moreno?", OFFICER.real_name)
    await ana.submit()
    await ana.sees("Responsible: Priya Nair")
    await samir.submit()
    await samir.sees("Responsible staff: none → Priya Nair")
    assert samir.modal.fields["Preferred name"] == "Kiddo"
    await samir.submit()
    await samir.sees("Responsible: Priya Nair")
