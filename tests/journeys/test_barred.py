"""Must not receive: a privacy officer enters and lifts it, and everybody else reads one neutral sentence."""

from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice.staff import OFFICER, OWNER
from tests.office import FRONT, Office
from tests.person import Desk


async def family(office: Office) -> Desk:
    """Lay out a client with a contact, and return the desk of the privacy officer."""
    minh = await office.client("Minh", "Tran", own_id="K-6", email="minh@example.com")
    teresa = PersonDetails(first_name="Teresa", last_name="Ruiz", email="teresa@example.com")
    await office.services.relationships.add_contact(
        office.actor, client_id=minh.id, person=teresa, relationship=RelationshipChoice()
    )
    for person, role in ((OWNER, StaffRole.ADMIN), (OFFICER, StaffRole.PRIVACY_OFFICER)):
        holder = Holder(kind=HolderKind.PERSON, id=person.id)
        await office.services.settings.give_roles(office.actor, holder, frozenset({role}))
    return office.desk(OFFICER)


async def try_to_share(office: Office) -> Desk:
    ana = office.ana
    await ana.command("/family share K-6", channel=FRONT)
    await ana.choose("Teresa Ruiz also gets the e-mails sent to Minh Tran", "Yes, every notification e-mail")
    await ana.choose("Who agreed that Teresa Ruiz gets them?", "The client agreed, in words")
    await ana.submit()
    return ana


async def test_somebody_is_barred_and_nobody_else_reads_why(office: Office) -> None:
    officer = await family(office)
    await officer.command("/family show K-6", channel=FRONT)
    await officer.click("Must not receive")
    await officer.sees("Nobody is barred from the e-mails of Minh Tran.")
    await officer.click("Enter somebody")
    await officer.choose("Why", "Safety")
    await officer.submit()
    assert "Choose a person or type an address" in " ".join(officer.modal.errors.values())
    await officer.choose("Person on this account", "Teresa Ruiz · Contact · teresa@example.com")
    await officer.fill("Document", "Note 12")
    await officer.submit()
    await officer.sees("It is entered and counts at once.")

    ana = await try_to_share(office)
    await ana.sees("E-mails of this client cannot be shared with Teresa Ruiz.")
    for secret in ("Safety", "Note 12"):
        assert secret not in ana.text
    await ana.close()
    await ana.command("/family recipients K-6", channel=FRONT)
    await ana.sees("Teresa Ruiz")
    assert "Safety" not in ana.text

    await officer.click("Must not receive")
    await officer.sees("Safety · Note 12")
    await officer.click("Lift")
    await officer.fill("Reason", "They have made up")
    await officer.submit()
    await officer.sees("It is lifted.")

    ana = await try_to_share(office)
    await ana.sees("Teresa Ruiz also gets every notification e-mail sent to Minh Tran.")


async def test_who_may_not_enter_anybody_is_not_offered_it(office: Office) -> None:
    await family(office)
    await office.ana.command("/family show K-6", channel=FRONT)
    await office.ana.sees("Minh Tran")
    assert "Must not receive" not in office.ana.modal.buttons
