"""Linking two clients, existing or new, and unlinking from the other side."""

from datetime import date

from tests.office import FRONT, Office


async def test_two_clients_are_linked_and_unlinked_from_the_other_side(office: Office) -> None:
    mia = await office.client("Mía", "López", own_id="K-1", born=date(2012, 5, 1), email="mia@example.com")
    await office.client("Rosa", "López", own_id="K-2", born=date(1980, 2, 3), email="rosa@example.com")
    ana = office.ana

    await ana.command("/family link K-1", channel=FRONT)
    await ana.sees("Linking another client's account with Mía López")
    assert ana.modal.title == "Link a client"
    assert await ana.search("Client", "lopez ros") == ["Rosa López · born 1980 · K-2"]
    await ana.pick("Client", "Rosa López")
    await ana.sees("Rosa López also gets the e-mails sent to Mía López")
    await ana.choose("Rosa López is the … of Mía López", "mother")
    await ana.submit()

    await ana.sees("Rosa López is now linked")
    assert ana.modal.depth == 1
    assert "Rosa López · mother" in ana.text

    samir = office.samir
    await samir.command("/family show Rosa Lopez", channel=FRONT)
    await samir.sees("Mía López · child")
    assert samir.menu_items("Mía López") == ["Edit", "Share e-mails", "Roles", "Remove Linked Client Account"]
    await samir.menu("Mía López", "Remove Linked Client Account")
    await samir.sees("First added on the account of Mía López (2012)")
    assert samir.modal.title == "Unlink?"
    await samir.submit()
    await samir.sees("Mía López was unlinked, from both accounts.")
    assert samir.modal.depth == 1

    family = await office.services.relationships.family(office.actor, mia.id)
    assert family.members == ()
