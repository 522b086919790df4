"""A contact becomes a client (R2)."""

from datetime import date

from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from tests.office import FRONT, Office

ABIGAIL = PersonDetails(
    first_name="Abigail",
    last_name="Lane",
    email="abi@example.org",
    phones=(Phone(number="202 555 0142"),),
    language="Spanish",
)


async def contact_of_two(office: Office) -> None:
    lily = await office.client("Lily", "Parker", own_id="K-1", email="lily@example.com")
    owen = await office.client("Owen", "Parker", own_id="K-2")
    outcome = await office.services.relationships.add_contact(
        office.actor,
        client_id=lily.id,
        person=ABIGAIL,
        relationship=RelationshipChoice(kinship=Kinship.OTHER, own_words="godmother"),
        emergency=True,
        sharing=SharingChoice(categories=EVERY_CATEGORY, basis=Basis.PARENT_OF_MINOR),
    )
    assert isinstance(outcome.relation, Contact)
    await office.services.relationships.add_known_person(
        office.actor,
        client_id=owen.id,
        person_id=outcome.relation.person_id,
        relationship=RelationshipChoice(kinship=Kinship.GRANDPARENT),
    )


async def test_a_contact_becomes_a_client_and_keeps_everything(office: Office) -> None:
    await contact_of_two(office)
    ana = office.ana
    await ana.command("/family show K-1", channel=FRONT)
    await ana.sees("Contacts (1)")
    assert ana.menu_items("Abigail Lane · godmother") == [
        "Edit",
        "Share e-mails",
        "Roles",
        "Make this contact a client",
        "Remove Contact",
    ]
    await ana.menu("Abigail Lane · godmother", "Make this contact a client")
    await ana.sees("Abigail Lane becomes a client of the practice, linked with Lily Parker.")
    assert ana.modal.fields["First name"] == "Abigail"
    assert ana.modal.fields["Phones"] == "+1 202-555-0142"
    assert ana.modal.fields["E-mail"] == "abi@example.org"
    assert "Abigail Lane is also a contact of 1 other client(s): the same happens there." in ana.text
    assert "The preferred language, Spanish," in ana.text
    assert "Owen" not in ana.text
    await ana.fill("Birth date", "1956-02-03")
    await ana.fill("Your practice's id", "K-3")
    await ana.fill("E-mail", "")
    await ana.fill("In your own words: Lily Parker is the … of Abigail Lane", "godchild")
    await ana.submit()
    assert list(ana.modal.errors) == ["E-mail"]
    await ana.fill("E-mail", "abi@example.org")
    await ana.submit()
    await ana.sees("Abigail Lane is a client now, and linked wherever they were a contact.")
    assert "Linked clients (1)" in ana.text
    assert "Contacts (0)" in ana.text
    assert "Abigail Lane, godmother · +1 202-555-0142" in ana.text
    assert "Abigail Lane also gets every notification e-mail sent to Lily Parker." in ana.text

    samir = office.samir
    await samir.command("/family show K-3", channel=FRONT)
    await samir.sees("Lily Parker · godchild")
    assert "Owen Parker · grandchild" in samir.text
    assert "Make this contact a client" not in samir.menu_items("Owen Parker")


async def test_somebody_like_them_is_asked_about_first(office: Office) -> None:
    await contact_of_two(office)
    await office.client("Abigail", "Lane", own_id="K-9", born=date(1956, 2, 3), email="abi@example.org")
    ana = office.ana
    await ana.command("/family show K-2", channel=FRONT)
    await ana.menu("Abigail Lane · grandparent", "Make this contact a client")
    await ana.fill("Preferred name", "Abby")
    await ana.submit()
    question = "This may be a client you already have. Is it one of them?"
    await ana.sees(question)
    assert ana.modal.fields["Preferred name"] == "Abby"
    await ana.choose(question, "No, it is somebody new")
    await ana.submit()
    address = "This e-mail is also used by Abigail Lane (1956). Use it anyway?"
    await ana.choose(address, "Go back, I will change it")
    await ana.submit()
    await ana.sees_no_more(address)
    await ana.submit()
    await ana.choose(question, "Yes: Abigail Lane · born 1956 · K-9")
    await ana.submit()
    await ana.sees("Abigail Lane is a client now, and linked wherever they were a contact.")
    assert "K-9" in ana.text


async def test_the_later_of_two_is_told_that_the_contact_is_gone(office: Office) -> None:
    await contact_of_two(office)
    ana, samir = office.ana, office.samir
    for desk, client in ((ana, "K-1"), (samir, "K-2")):
        await desk.command(f"/family show {client}", channel=FRONT)
        await desk.menu("Abigail Lane", "Make this contact a client")
        await desk.sees("becomes a client of the practice")
    await samir.submit()
    await samir.sees("Abigail Lane is a client now")
    await ana.fill("In your own words: Lily Parker is the … of Abigail Lane", "godchild")
    await ana.submit()
    await ana.sees("Abigail Lane was already removed by Samir Haddad on")
    assert "Linked clients (1)" in ana.text
