"""A contact who is on record already: used, linked as the client they are, or added anyway (R35, R36)."""

from datetime import date

from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from tests.office import FRONT, Office

QUESTION = "Somebody like this is on record already. Who is it?"


async def with_grandmother(office: Office) -> None:
    lily = await office.client("Lily", "Parker", own_id="K-1")
    await office.client("Owen", "Parker", own_id="K-2", email="owen@example.com")
    await office.services.relationships.add_contact(
        office.actor,
        client_id=lily.id,
        person=PersonDetails(
            first_name="Abigail",
            last_name="Parker",
            email="abi@example.org",
            phones=(Phone(number="202 555 0142"),),
        ),
        relationship=RelationshipChoice(),
    )


async def test_an_existing_person_is_used_and_edited_for_both_clients(office: Office) -> None:
    await with_grandmother(office)
    ana = office.ana
    await ana.command("/family add K-2", channel=FRONT)
    await ana.fill("First name", "Abby")
    await ana.fill("Phones", "(202) 555-0142")
    await ana.choose("The new contact is the … of Owen Parker", "grandmother")
    await ana.tick("Emergency contact")
    await ana.submit()
    await ana.sees(QUESTION)
    assert ana.modal.fields["First name"] == "Abby"
    assert ana.modal.fields["Phones"] == "(202) 555-0142"
    await ana.sees(
        "Use existing person: Abigail Parker · same phone · +1 202-555-0142 · contact of another client"
    )
    assert "Lily" not in ana.text
    await ana.choose(QUESTION, "Use existing person: Abigail Parker")
    await ana.submit()
    await ana.sees("Abigail Parker was added as a contact.")
    await ana.sees("Abigail Parker, grandmother · +1 202-555-0142")

    await ana.menu("Abigail Parker", "Edit")
    await ana.sees("What you change here also changes it for 1 other client(s).")
    await ana.fill("Last name", "Parker-Lane")
    await ana.submit()
    await ana.sees("The details of Abigail Parker-Lane were saved.")
    samir = office.samir
    await samir.command("/family show K-1", channel=FRONT)
    await samir.sees("Abigail Parker-Lane")
    await samir.menu("Abigail Parker-Lane", "Remove Contact")
    await samir.sees("What stops, at once")
    await samir.submit()
    await samir.sees("Abigail Parker-Lane was removed.")
    await ana.close()
    await ana.command("/family show K-2", channel=FRONT)
    await ana.sees("Contacts (1)")


async def test_a_client_is_linked_instead_with_everything_that_was_chosen(office: Office) -> None:
    await office.client("Kid", "Moreno", own_id="K-7", born=date(2015, 1, 1), email="kid@example.com")
    await office.client("Luz", "Moreno", own_id="K-8", email="luz@example.com", phone="202 555 0150")
    ana = office.ana
    await ana.command("/family add K-7", channel=FRONT)
    await ana.fill("First name", "Luz")
    await ana.fill("Last name", "Moreno")
    await ana.fill("Phones", "202 555 0150")
    await ana.choose("The new contact is the … of Kid Moreno", "Other, in your own words")
    await ana.fill("In your own words: Luz Moreno is the … of Kid Moreno", "tía abuela")
    await ana.tick("Emergency contact")
    await ana.tick("Payer")
    await ana.choose("Luz Moreno also gets the e-mails sent to Kid Moreno", "Yes, every notification e-mail")
    await ana.choose("Who agreed that Luz Moreno gets them?", "Parent or guardian of a minor")
    await ana.fill("E-mail", "luz.m@example.com")
    await ana.submit()
    await ana.choose(QUESTION, "Link as client instead: Luz Moreno · same phone, name · K-8")
    await ana.submit()
    inverse = "In your own words: Kid Moreno is the … of Luz Moreno"
    assert ana.modal.errors == {inverse: "Say in your own words what they are, seen from the other side."}
    await ana.fill(inverse, "great-niece")
    await ana.submit()
    await ana.sees("Luz Moreno is now linked. You see it on both accounts.")
    assert "Linked clients (1)" in ana.text
    assert "Contacts (0)" in ana.text
    assert "Luz Moreno, tía abuela · +1 202-555-0150" in ana.text
    assert "Emergency contact, Payer" in ana.text
    assert "Luz Moreno also gets every notification e-mail sent to Kid Moreno." in ana.text
    samir = office.samir
    await samir.command("/family show K-8", channel=FRONT)
    await samir.sees("Kid Moreno · great-niece")


async def test_somebody_else_with_the_same_phone_is_added_anyway(office: Office) -> None:
    await with_grandmother(office)
    ana = office.ana
    await ana.command("/family add K-2", channel=FRONT)
    await ana.fill("First name", "George")
    await ana.fill("Phones", "202 555 0142")
    await ana.submit()
    await ana.choose(QUESTION, "Add anyway, it is somebody else")
    await ana.submit()
    await ana.sees("George was added as a contact.")
    await ana.click("Add a contact")
    await ana.fill("First name", "George")
    await ana.fill("E-mail", "george@example.com")
    await ana.submit()
    await ana.choose(QUESTION, "Already a contact here: George")
    await ana.submit()
    assert ana.modal.errors == {QUESTION: "George is already a contact of this client."}
    assert ana.modal.fields["E-mail"] == "george@example.com"
