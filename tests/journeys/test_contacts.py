"""Contacts and emergency contacts."""

from tests.office import FRONT, Office


async def test_an_emergency_contact_needs_a_phone_and_nothing_typed_is_lost(office: Office) -> None:
    await office.client("Harold", "Whitfield", own_id="K-5")
    ana = office.ana

    await ana.command("/family add K-5", channel=FRONT)
    await ana.sees("A new contact for Harold Whitfield.")
    await ana.fill("First name", "Doris")
    await ana.fill("E-mail", "doris@example.com")
    await ana.choose("The new contact is the … of Harold Whitfield", "neighbor")
    await ana.tick("Emergency contact")
    await ana.submit()
    assert ana.modal.errors == {"Phones": "An emergency contact needs a phone number. Doris has none yet."}
    assert ana.modal.fields["First name"] == "Doris"
    await ana.fill("Phones", "work (202) 555-0142")
    await ana.submit()

    await ana.sees("Doris was added as a contact.")
    await ana.sees("Doris, neighbor · +1 202-555-0142 (work)")
    assert "Contacts (1)" in ana.text
    assert ana.modal.depth == 1


async def test_emergency_contacts_are_put_in_order_and_close_up_when_one_goes(office: Office) -> None:
    await office.client("Harold", "Whitfield", own_id="K-5")
    ana = office.ana
    await ana.command("/family show K-5", channel=FRONT)
    for number, name in enumerate(("Doris", "Edith", "Frank")):
        await ana.click("Add a contact")
        await ana.fill("First name", name)
        await ana.fill("Phones", f"202 555 014{number}")
        await ana.tick("Emergency contact")
        await ana.submit()
        await ana.sees(f"{name} was added as a contact.")

    await ana.menu("Frank", "Roles")
    await ana.sees("Place among the emergency contacts")
    assert ana.modal.fields["Place among the emergency contacts"] == "3 of 3"
    await ana.choose("Place among the emergency contacts", "1 of 3")
    await ana.submit()
    await ana.sees("The roles of Frank were saved.")
    assert order(ana.text) == ["Frank", "Doris", "Edith"]

    await ana.menu("Doris", "Remove Contact")
    await ana.sees("What stops, at once")
    assert ana.modal.title == "Remove contact?"
    await ana.submit()
    await ana.sees("Doris was removed.")
    assert order(ana.text) == ["Frank", "Edith"]


def order(card: str) -> list[str]:
    """Read the names between the two headings."""
    lines = card.split("Emergency contacts", 1)[1].split("Linked clients", 1)[0].splitlines()
    return [line.split(" · ")[0].lstrip("0123456789.• ") for line in lines if "555" in line]


async def test_the_last_emergency_contact_is_not_removed_without_a_word(office: Office) -> None:
    await office.client("Harold", "Whitfield", own_id="K-5")
    ana = office.ana
    await ana.command("/family add K-5", channel=FRONT)
    await ana.fill("Last name", "Otis")
    await ana.fill("Phones", "202 555 0142")
    await ana.tick("Emergency contact")
    await ana.submit()
    await ana.menu("Otis", "Remove Contact")
    await ana.sees("This is the last emergency contact of Harold Whitfield.")
    # A role is no sharing, and a contact has one side.
    assert "Copies of reminders" not in ana.text
    assert "either side" not in ana.text
    await ana.submit()
    await ana.sees("There is no emergency contact on this account any more.")


async def test_roles_stand_beside_the_relationship_with_their_paper(office: Office) -> None:
    await office.client("Kid", "Moreno", own_id="K-7")
    ana = office.ana
    await ana.command("/family add K-7", channel=FRONT)
    await ana.fill("First name", "Abuela")
    await ana.fill("Phones", "202 555 0142")
    await ana.choose("The new contact is the … of Kid Moreno", "grandmother")
    await ana.tick("Payer")
    await ana.submit()
    await ana.menu("Abuela", "Roles")
    await ana.tick("Legal guardian")
    await ana.fill("Legal guardian: document or file number", "Case 22-0113")
    await ana.fill("Legal guardian: from", "2024-03-01")
    await ana.fill("Legal guardian: until", "2020-03-01")
    await ana.submit()
    await ana.sees("Legal guardian: the last day comes before the first one.")
    await ana.fill("Legal guardian: until", "2030-03-01")
    await ana.submit()
    await ana.sees("Legal guardian (Case 22-0113, from 1 Mar 2024, until 1 Mar 2030), Payer")
    assert "Abuela · grandmother" in ana.text


async def test_a_contact_is_edited_and_reads_as_typed(office: Office) -> None:
    await office.client("Kid", "Moreno", own_id="K-7")
    ana = office.ana
    await ana.command("/family add K-7", channel=FRONT)
    await ana.submit()
    assert ana.modal.errors == {
        "First name": "Enter a first or a last name.",
        "E-mail": "Enter a phone or an e-mail, so that the contact can be reached.",
    }
    await ana.fill("First name", "*_~<b>&amp; مريم")
    await ana.fill("E-mail", "m@example.org")
    await ana.submit()
    await ana.sees("*_~<b>&amp; مريم was added as a contact.")
    await ana.menu("مريم", "Edit")
    await ana.fill("Preferred language", "العربية")
    await ana.fill("Phones", "home 202 555 0142\nextension 1200, ask for Mary")
    await ana.submit()
    await ana.sees("The details of *_~<b>&amp; مريم were saved.")
    assert "+1 202-555-0142 (home), extension 1200, ask for Mary" in ana.text
    assert "العربية" in ana.text
