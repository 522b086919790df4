"""Entering and editing a client."""

from datetime import date

from tests.office import FRONT, Office


async def test_a_client_is_entered_with_clear_words_for_what_is_wrong(office: Office) -> None:
    ana = office.ana
    await ana.command("/family client new", channel=FRONT)
    await ana.fill("Birth date", "31/31/1990")
    await ana.submit()
    assert ana.modal.errors == {
        "Birth date": "We cannot read this date. Write it like 1984-03-31 or 31 Mar 1984."
    }
    await ana.fill("Birth date", "3/31/2990")
    await ana.submit()
    assert ana.modal.errors == {
        "First name": "Enter a first or a last name.",
        "Birth date": "This date is in the future.",
    }
    await ana.fill("First name", "Jonathan")
    await ana.fill("Last name", "Reyes")
    await ana.fill("Birth date", "May 5, 1990")
    await ana.fill("Phones", "202 555 0142\nwork 202 555 0143")
    await ana.submit()
    await ana.sees("Jonathan Reyes was added.")
    await ana.sees("+1 202-555-0142, +1 202-555-0143 (work)")
    assert ana.modal.title == "Family and contacts"


async def test_a_client_like_one_who_is_there_is_asked_about(office: Office) -> None:
    await office.client("Jonathan", "Reyes", own_id="K-1", born=date(1990, 5, 5))
    ana = office.ana
    await ana.command("/family client new", channel=FRONT)
    await ana.fill("First name", "jonathan")
    await ana.fill("Last name", "REYES")
    await ana.fill("Birth date", "1990-05-05")
    await ana.submit()
    question = "This may be a client you already have. Is it one of them?"
    await ana.choose(question, "Yes: Jonathan Reyes · born 1990 · K-1")
    await ana.submit()
    await ana.sees("born 1990 · K-1")
    assert (await office.services.clients.find(office.actor, "Reyes")).total == 1


async def test_an_address_in_use_can_be_changed_or_used_anyway(office: Office) -> None:
    await office.client("Tom", "Fitz", own_id="K-2", email="fitz@example.net")
    await office.client("Ella", "Fitz", own_id="K-1")
    ana = office.ana
    await ana.command("/family client edit K-1", channel=FRONT)
    await ana.fill("E-mail", "fitz@example.net")
    await ana.fill("Preferred name", "Ellie")
    await ana.submit()
    question = "This e-mail is also used by Tom Fitz. Use it anyway?"
    await ana.choose(question, "Go back, I will change it")
    await ana.submit()
    await ana.sees_no_more(question)
    assert ana.modal.fields["Preferred name"] == "Ellie"
    await ana.submit()
    await ana.choose(question, "Use anyway")
    await ana.submit()
    await ana.sees("The details of Ella Fitz (Ellie) were saved.")


async def test_what_an_edit_changes_is_seen_on_linked_accounts_and_the_deceased_are_not_offered(
    office: Office,
) -> None:
    await office.client("Tom", "Fitz", own_id="K-2")
    ana = office.ana
    await ana.command("/family client edit K-2", channel=FRONT)
    await ana.choose("Status", "Deceased")
    await ana.fill("Died on", "1 Mar 2024")
    await ana.submit()
    await ana.sees("Deceased 1 Mar 2024")
    await ana.close()
    await ana.command("/family", channel=FRONT)
    assert await ana.search("Client", "fitz") == []


async def test_somebody_else_saved_first(office: Office) -> None:
    await office.client("Tom", "Fitz", own_id="K-2")
    ana, samir = office.ana, office.samir
    for desk in (ana, samir):
        await desk.command("/family client edit K-2", channel=FRONT)
        await desk.sees("You are editing Tom Fitz.")
    await ana.fill("Preferred name", "Tommy")
    await ana.submit()
    await ana.sees("The details of Tom Fitz (Tommy) were saved.")
    await samir.fill("Preferred name", "Thomas")
    await samir.submit()
    await samir.sees("This was changed while you had it open.")
    assert samir.modal.fields["Preferred name"] == "Thomas"
