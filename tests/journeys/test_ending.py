"""An end date on a relation: shown, and nothing is shared after it (R5)."""

from tests.office import FRONT, Office


async def test_what_has_ended_is_shown_with_its_date_and_receives_nothing(office: Office) -> None:
    await office.client("Kid", "Moreno", own_id="K-7", email="kid@example.com")
    ana = office.ana
    await ana.command("/family add K-7", channel=FRONT)
    await ana.fill("First name", "Teresa")
    await ana.fill("Phones", "202 555 0142")
    await ana.fill("E-mail", "teresa@example.com")
    await ana.tick("Emergency contact")
    await ana.choose(
        "The new contact also gets the e-mails sent to Kid Moreno", "Yes, every notification e-mail"
    )
    await ana.choose("Who agreed that Teresa gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees("Teresa also gets every notification e-mail sent to Kid Moreno.")

    await ana.menu("Teresa", "Edit")
    await ana.fill("Ends on", "2099-06-30")
    await ana.submit()
    await ana.sees("Ends 30 Jun 2099")
    assert "Teresa · +1 202-555-0142" in ana.text
    assert "Teresa also gets every notification e-mail sent to Kid Moreno." in ana.text

    await ana.menu("Teresa", "Edit")
    await ana.sees("Ends on")
    assert ana.modal.fields["Ends on"] == "2099-06-30"
    await ana.fill("Ends on", "2024-06-30")
    await ana.submit()
    await ana.sees("The details of Teresa were saved. It ended on 30 Jun 2024, so nothing is shared over it")
    assert "Teresa · Ended 30 Jun 2024" in ana.text
    assert "Teresa also gets" not in ana.text
    await ana.menu("Teresa", "Share e-mails")
    await ana.sees("It ended on 30 Jun 2024, so nothing is shared over it any more.")


async def test_a_link_ends_on_both_accounts_and_can_begin_again(office: Office) -> None:
    await office.client("Rosa", "Diaz", own_id="K-2")
    await office.client("Luis", "Diaz", own_id="K-3")
    ana = office.ana
    await ana.command("/family link K-2", channel=FRONT)
    await ana.pick("Client", "Luis Diaz")
    await ana.choose("Luis Diaz is the … of Rosa Diaz", "husband")
    await ana.submit()
    await ana.menu("Luis Diaz", "Edit")
    await ana.choose("Luis Diaz is the … of Rosa Diaz", "former spouse")
    await ana.fill("Ends on", "2024-06-30")
    await ana.submit()
    await ana.sees("Ended 30 Jun 2024")
    samir = office.samir
    await samir.command("/family show K-3", channel=FRONT)
    await samir.sees("Rosa Diaz · former spouse")
    await samir.sees("Ended 30 Jun 2024")
    await samir.menu("Rosa Diaz", "Edit")
    await samir.fill("Ends on", "")
    await samir.submit()
    await samir.sees_no_more("Ended")
