"""What is typed after the command, and how a client is found."""

from datetime import date

import pytest

from bot.domain.relationship_choice import RelationshipChoice
from tests.office import FRONT, Office


@pytest.mark.parametrize(
    "typed", ["K-2", "k-2", "rosa LOPEZ", "Lopez, Rosa", "rosa@example.com", "(202) 555-0101"]
)
async def test_a_single_exact_match_goes_straight_on(office: Office, typed: str) -> None:
    await office.client("Rosa", "López", own_id="K-2", email="rosa@example.com", phone="202-555-0101")
    await office.client(
        "Rosalind", "Lopez", own_id="K-20", email="rosalind@example.com", phone="202-555-0102"
    )
    await office.ana.command(f"/family show {typed}", channel=FRONT)
    ana = office.ana
    await ana.sees("rosa@example.com")
    assert ana.modal.title == "Family and contacts"


async def test_several_matches_are_chosen_from_and_told_apart(office: Office) -> None:
    for number, year in enumerate((1951, 1984, 2009)):
        await office.client("Maria", "Lopez", own_id=f"K-4{number}", born=date(year, 1, 1))
    ana = office.ana
    await ana.command("/family show maria lopez", channel=FRONT)
    await ana.sees("Who do you mean? Found: 3")
    assert "born 1984 · K-41" in ana.text
    await ana.submit()
    await ana.sees("Choose a client, or search for one.")
    await ana.choose("Who do you mean? Found: 3", "Maria Lopez · born 1984 · K-41")
    await ana.submit()
    await ana.sees("born 1984 · K-41")
    assert ana.modal.title == "Family and contacts"
    assert ana.modal.depth == 1


async def test_many_matches_stand_in_a_select(office: Office) -> None:
    for number in range(12):
        await office.client("Maria", f"Lopez{chr(97 + number)}", own_id=f"K-{number}")
    ana = office.ana
    await ana.command("/family show lopez", channel=FRONT)
    await ana.choose("Who do you mean? Found: 12", "Maria Lopezd · K-3")
    await ana.submit()
    await ana.sees("K-3")
    assert ana.modal.title == "Family and contacts"


async def test_a_near_match_is_never_taken_for_an_exact_one(office: Office) -> None:
    await office.client("Rosa", "López", own_id="K-2")
    ana = office.ana
    await ana.command("/family unlink ros", channel=FRONT)
    await ana.sees("Who do you mean? Found: 1")


async def test_nobody_found_offers_to_add_and_goes_on_with_the_new_client(office: Office) -> None:
    await office.client("Rosa", "López", own_id="K-2")
    ana = office.ana
    await ana.command("/family add Zoe Unknown", channel=FRONT)
    await ana.sees("Nobody was found for what you typed.")
    assert "Zoe" not in ana.text
    await ana.click("Add a new client")
    await ana.fill("First name", "Zoe")
    await ana.submit()
    await ana.sees("A new contact for Zoe.")
    assert ana.modal.depth == 1


@pytest.mark.parametrize("typed", ["", " add", " show Zoe Unknown"])
async def test_a_practice_without_a_client_is_told_how_they_get_in(office: Office, typed: str) -> None:
    ana = office.ana
    await ana.command(f"/family{typed}", channel=FRONT)
    await ana.sees("There are no clients here yet.")
    assert "kinward clients import" in ana.text
    await ana.click("Add a new client")
    await ana.fill("First name", "Zoe")
    await ana.submit()
    await ana.sees("Zoe")
    await ana.close_all()
    await ana.command("/family", channel=FRONT)
    await ana.sees("Whose family and contacts would you like to see?")


async def test_without_a_word_a_client_is_found_and_the_card_shown(office: Office) -> None:
    await office.client("Rosa", "López", own_id="K-2")
    ana = office.ana
    await ana.command("/family", channel=FRONT)
    await ana.sees("Whose family and contacts would you like to see?")
    assert await ana.search("Client", "lop") == ["Rosa López · K-2"]
    await ana.pick("Client", "Rosa López")
    await ana.submit()
    await ana.sees("Emergency contacts")
    assert ana.modal.depth == 1


async def test_an_unknown_word_gets_help_with_the_nearest_and_is_not_echoed(office: Office) -> None:
    ana = office.ana
    await ana.command("/family lnik Secretname", channel=FRONT)
    await ana.sees("We do not know that word. Did you mean /family link?")
    await ana.command("/family Secretname", channel=FRONT)
    await ana.sees("To look for a client, type /family show and an id or name.")
    assert "Secretname" not in ana.text
    await ana.command("/family help", channel=FRONT)
    await ana.sees("/family remove [client]")


async def test_a_client_typed_without_any_word_is_found(office: Office) -> None:
    await office.client("Ada", "López", own_id="K-2")
    await office.client("Rosa", "López", own_id="K-3")
    ana = office.ana
    for typed in ("K-2", "Ada López"):
        await ana.command(f"/family {typed}", channel=FRONT)
        await ana.sees("Emergency contacts")
        assert "born" not in ana.modal.text
        assert "Ada López" in ana.modal.text
        await ana.close_all()
    await ana.command("/family lopez", channel=FRONT)
    await ana.sees("Who do you mean? Found: 2")


async def test_remove_is_the_same_as_unlink_and_one_relation_needs_no_choice(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    luis = await office.client("Luis", "Diaz", own_id="K-3")
    ana = office.ana
    await ana.command("/family remove K-2", channel=FRONT)
    await ana.sees("Rosa Diaz has no linked clients and no contacts yet.")
    await ana.close()
    await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    await ana.command("/family remove K-2", channel=FRONT)
    await ana.sees("Remove Linked Client Account")
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked, from both accounts.")
    assert ana.modal.title == "Family and contacts"


async def test_one_of_several_relations_is_chosen(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    for name in ("Luis", "Mia"):
        other = await office.client(name, "Diaz")
        await office.services.relationships.link(
            office.actor, client_id=rosa.id, other_id=other.id, relationship=RelationshipChoice()
        )
    ana = office.ana
    await ana.command("/family unlink K-2", channel=FRONT)
    await ana.choose("Who should be taken off the account of Rosa Diaz?", "Mia Diaz · Linked client")
    await ana.submit()
    await ana.sees("Mia Diaz is linked with Rosa Diaz.")
    await ana.submit()
    await ana.sees("Mia Diaz was unlinked, from both accounts.")
    await ana.sees("Luis Diaz")
