"""Two people, different edits: the later one sees what changed, by whom, and keeps what they typed."""

from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from tests.office import FRONT, Office
from tests.person import Desk

CHANGED = "This was changed while you had it open."
ABIGAIL = PersonDetails(first_name="Abigail", last_name="Lane", phones=(Phone(number="202 555 0142"),))


async def open_for_both(office: Office, row: str, item: str, *, title: str) -> tuple[Desk, Desk]:
    """Have two people open the same form from the card of K-1."""
    for desk in (office.ana, office.samir):
        await desk.command("/family show K-1", channel=FRONT)
        await desk.menu(row, item)
        await desk.sees("Save")
        assert desk.modal.title == title
    return office.ana, office.samir


async def with_contact(office: Office) -> Contact:
    lily = await office.client("Lily", "Parker", own_id="K-1", email="lily@example.com")
    added = await office.services.relationships.add_contact(
        office.actor, client_id=lily.id, person=ABIGAIL, relationship=RelationshipChoice(), emergency=True
    )
    assert isinstance(added.relation, Contact)
    return added.relation


async def with_link(office: Office) -> Link:
    lily = await office.client("Lily", "Parker", own_id="K-1", email="lily@example.com", phone="202 555 0110")
    owen = await office.client("Owen", "Parker", own_id="K-2", email="owen@example.com", phone="202 555 0111")
    linked = await office.services.relationships.link(
        office.actor, client_id=lily.id, other_id=owen.id, relationship=RelationshipChoice()
    )
    assert isinstance(linked.relation, Link)
    return linked.relation


async def test_a_client_edited_by_two(office: Office) -> None:
    await office.client("Tom", "Fitz", own_id="K-2", email="tom@example.com", phone="202 555 0142")
    ana, samir = office.ana, office.samir
    for desk in (ana, samir):
        await desk.command("/family client edit K-2", channel=FRONT)
        await desk.sees("You are editing Tom Fitz.")
    await ana.fill("Preferred name", "Tommy")
    await ana.fill("Phones", "202 555 0199")
    await ana.submit()
    await ana.sees("The details of Tom Fitz (Tommy) were saved.")

    await samir.fill("Preferred name", "Thomas")
    await samir.fill("Your practice's id", "K-22")
    await samir.submit()
    await samir.sees(CHANGED)
    await samir.sees("Ana Ruiz · ")
    assert "Preferred name: none → Tommy" in samir.text
    assert "Phones: +1 202-555-0142 → +1 202-555-0199" in samir.text
    # What was typed stays, what was not touched is what is there now.
    assert samir.modal.fields["Preferred name"] == "Thomas"
    assert samir.modal.fields["Your practice's id"] == "K-22"
    assert samir.modal.fields["Phones"] == "+1 202-555-0199"

    # The section stays where the form is drawn anew.
    await samir.choose("Status", "Archived")
    await samir.sees(CHANGED)
    assert samir.modal.fields["Phones"] == "+1 202-555-0199"
    await samir.submit()
    await samir.sees("The details of Tom Fitz (Thomas) were saved.")
    assert "K-22" in samir.text
    assert "+1 202-555-0199" in samir.text
    assert "Archived" in samir.text


async def test_a_person_edited_from_two_accounts(office: Office) -> None:
    contact = await with_contact(office)
    owen = await office.client("Owen", "Parker", own_id="K-2")
    await office.services.relationships.add_known_person(
        office.actor, client_id=owen.id, person_id=contact.person_id, relationship=RelationshipChoice()
    )
    ana, samir = office.ana, office.samir
    for desk, client in ((ana, "K-1"), (samir, "K-2")):
        await desk.command(f"/family show {client}", channel=FRONT)
        await desk.menu("Abigail Lane", "Edit")
        await desk.sees("What you change here also changes it for 1 other client(s).")
    await ana.fill("E-mail", "abi@example.org")
    await ana.choose("Abigail Lane is the … of Lily Parker", "grandmother")
    await ana.submit()
    await ana.sees("The details of Abigail Lane were saved.")

    await samir.choose("Abigail Lane is the … of Owen Parker", "aunt")
    await samir.fill("Last name", "Parker-Lane")
    await samir.submit()
    await samir.sees(CHANGED)
    await samir.sees("E-mail: none → abi@example.org")
    assert "Lily" not in samir.text
    assert samir.modal.fields["E-mail"] == "abi@example.org"
    assert samir.modal.fields["Last name"] == "Parker-Lane"
    assert samir.modal.fields["Abigail Lane is the … of Owen Parker"] == "aunt"
    await samir.submit()
    await samir.sees("Abigail Parker-Lane · aunt")
    assert "abi@example.org" in samir.text


async def test_a_relationship_edited_by_two_from_both_sides(office: Office) -> None:
    await with_link(office)
    ana, samir = office.ana, office.samir
    await ana.command("/family show K-1", channel=FRONT)
    await ana.menu("Owen Parker", "Edit")
    await ana.sees("Owen Parker is the … of Lily Parker")
    await samir.command("/family show K-2", channel=FRONT)
    await samir.menu("Lily Parker", "Edit")
    await samir.sees("Lily Parker is the … of Owen Parker")
    await ana.choose("Owen Parker is the … of Lily Parker", "brother")
    await ana.submit()
    await ana.sees("The relationship with Owen Parker was saved, on both accounts.")

    await samir.fill("Ends on", "2099-12-31")
    await samir.submit()
    await samir.sees(CHANGED)
    await samir.sees("Not stated → brother")
    assert samir.modal.fields["Ends on"] == "2099-12-31"
    assert samir.modal.fields["Lily Parker is the … of Owen Parker"] == "sibling"
    await samir.submit()
    await samir.sees("Ends 31 Dec 2099")
    assert "Lily Parker · sibling" in samir.text


async def test_roles_ticked_by_two(office: Office) -> None:
    contact = await with_contact(office)
    await office.services.relationships.change_roles(
        office.actor,
        client_id=contact.side.client_id,
        relation_id=contact.id,
        roles=(RoleHeld(role=Role.CAREGIVER), RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 1")),
        emergency=True,
    )
    ana, samir = await open_for_both(office, "Abigail Lane", "Roles", title="Roles")
    await ana.tick("Payer")
    await ana.untick("Emergency contact")
    await ana.fill("Legal guardian: document or file number", "Order 2")
    await ana.submit()
    await ana.sees("The roles of Abigail Lane were saved.")

    await samir.untick("Caregiver")
    await samir.tick("Next of kin")
    await samir.fill("Legal guardian: until", "2031-01-01")
    await samir.submit()
    await samir.sees(CHANGED)
    await samir.sees("Abigail Lane is no emergency contact of Lily Parker any more")
    assert samir.modal.fields["Roles"] == "Legal guardian, Next of kin, Payer"
    assert samir.modal.fields["Legal guardian: document or file number"] == "Order 2"
    assert samir.modal.fields["Legal guardian: until"] == "2031-01-01"
    await samir.submit()
    await samir.sees("Legal guardian (Order 2, until 1 Jan 2031), Next of kin, Payer")


async def test_sharing_switched_by_two(office: Office) -> None:
    link = await with_link(office)
    ana, samir = await open_for_both(office, "Owen Parker", "Share e-mails", title="Share e-mails")
    there, back = (
        "Owen Parker also gets the e-mails sent to Lily Parker",
        "Lily Parker also gets the e-mails sent to Owen Parker",
    )
    await ana.choose(there, "Yes, every notification e-mail")
    await ana.choose("Who agreed that Owen Parker gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees("E-mail sharing with Owen Parker was saved.")

    await samir.choose(back, "Yes, but only some kinds")
    await samir.tick("Appointments")
    await samir.choose("Who agreed that Lily Parker gets them?", "The client agreed, in writing")
    await samir.submit()
    await samir.sees(CHANGED)
    await samir.sees("every notification e-mail (The client agreed, in words)")
    assert samir.modal.fields[there] == "Yes, every notification e-mail"
    assert samir.modal.fields[back] == "Yes, but only some kinds"
    await samir.submit()
    await samir.sees("Lily Parker also gets e-mails sent to Owen Parker: Appointments.")
    assert "Owen Parker also gets every notification e-mail sent to Lily Parker." in samir.text
    family = await office.services.relationships.family(office.actor, link.low.client_id)
    assert len(await office.services.history.of_client(office.actor, family.client.id, limit=10)) == 4


async def test_who_saves_over_it_does_so_knowingly(office: Office) -> None:
    link = await with_link(office)
    ana, samir = await open_for_both(office, "Owen Parker", "Share e-mails", title="Share e-mails")
    there = "Owen Parker also gets the e-mails sent to Lily Parker"
    for desk, agreed in ((ana, "The client agreed, in words"), (samir, "The client agreed, in writing")):
        await desk.choose(there, "Yes, every notification e-mail")
        await desk.choose("Who agreed that Owen Parker gets them?", agreed)
    await ana.submit()
    await ana.sees("E-mail sharing with Owen Parker was saved.")
    await samir.submit()
    await samir.sees(CHANGED)
    # And once more: while the form lies there again, a third change comes.
    await office.services.relationships.share(
        office.actor,
        client_id=link.low.client_id,
        relation_id=link.id,
        sharing=SharingChoice(categories=EVERY_CATEGORY, basis=Basis.PARENT_OF_MINOR),
    )
    await samir.submit()
    await samir.sees("Somebody before · ")
    assert "Ana Ruiz · " not in samir.text
    assert samir.modal.fields["Who agreed that Owen Parker gets them?"] == "The client agreed, in writing"
    await samir.submit()
    await samir.sees("E-mail sharing with Owen Parker was saved.")


async def test_a_contact_edited_while_they_are_made_a_client(office: Office) -> None:
    await with_contact(office)
    ana, samir = office.ana, office.samir
    await samir.command("/family show K-1", channel=FRONT)
    await samir.menu("Abigail Lane", "Make this contact a client")
    await samir.fill("Birth date", "1956-02-03")
    await ana.command("/family show K-1", channel=FRONT)
    await ana.menu("Abigail Lane", "Edit")
    await ana.fill("E-mail", "abi@example.org")
    await ana.submit()
    await ana.sees("The details of Abigail Lane were saved.")
    await samir.submit()
    await samir.sees(CHANGED)
    assert samir.modal.fields["Birth date"] == "1956-02-03"
    assert samir.modal.fields["E-mail"] == "abi@example.org"
    await samir.submit()
    await samir.sees("Abigail Lane is a client now")


async def test_a_prompt_says_what_would_stop_now_before_anything_is_removed(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2", email="rosa@example.com")
    luis = await office.client("Luis", "Diaz", own_id="K-3", email="luis@example.com")
    linked = await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    assert linked.relation is not None
    ana = office.ana
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.fill("Reason", "They asked for it")
    assert "also gets" not in ana.text
    await office.services.relationships.share(
        office.actor,
        client_id=rosa.id,
        relation_id=linked.relation.id,
        sharing=SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY),
    )

    await ana.submit()
    await ana.sees("Somebody before changed this on")
    assert "Sharing: Luis Diaz also gets every notification e-mail sent to Rosa Diaz." in ana.text
    assert ana.modal.fields["Reason"] == "They asked for it"
    assert len((await office.services.relationships.family(office.actor, rosa.id)).members) == 1

    await ana.submit()
    await ana.sees("Luis Diaz was unlinked, from both accounts.")
    history = await office.services.history.of_client(office.actor, rosa.id, limit=1)
    assert [entry.act for entry in history] == ["link.removed"]
