"""Two people at one family at once, and one person who clicks twice."""

import asyncio

from bot.domain.relationship_choice import RelationshipChoice
from tests.office import FRONT, Office


async def test_the_second_to_remove_is_told_who_was_first(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    luis = await office.client("Luis", "Diaz", own_id="K-3")
    await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    ana, samir = office.ana, office.samir
    await ana.command("/family unlink K-2", channel=FRONT)
    await samir.command("/family unlink K-3", channel=FRONT)
    await samir.sees("Rosa Diaz is linked with Luis Diaz.")
    await ana.sees("Luis Diaz is linked with Rosa Diaz.")
    await ana.submit()
    await ana.sees("Luis Diaz was unlinked, from both accounts.")
    await samir.submit()
    await samir.sees("Rosa Diaz was already removed by Ana Ruiz on")
    assert samir.modal.title == "Family and contacts"

    history = await office.services.history.of_client(office.actor, rosa.id, limit=10)
    assert [str(entry.act) for entry in history].count("link.removed") == 1


async def test_both_remove_at_the_same_moment(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    luis = await office.client("Luis", "Diaz", own_id="K-3")
    await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    ana, samir = office.ana, office.samir
    for desk, client in ((ana, "K-2"), (samir, "K-3")):
        await desk.command(f"/family unlink {client}", channel=FRONT)
        await desk.sees("What stops, at once")
    await asyncio.gather(ana.submit(), samir.submit())
    for desk in (ana, samir):
        await desk.sees("Linked clients (0)")
    told = [("was already removed by" in desk.text) for desk in (ana, samir)]
    assert sorted(told) == [False, True]
    history = await office.services.history.of_client(office.actor, rosa.id, limit=10)
    assert [str(entry.act) for entry in history].count("link.removed") == 1


async def test_a_menu_of_a_card_that_is_out_of_date_says_what_happened(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    luis = await office.client("Luis", "Diaz", own_id="K-3")
    linked = await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    ana = office.ana
    await ana.command("/family show K-2", channel=FRONT)
    await ana.sees("Linked clients (1)")
    assert linked.relation is not None
    await office.services.relationships.remove(
        office.actor, client_id=luis.id, relation_id=linked.relation.id
    )
    await ana.menu("Luis Diaz", "Remove Linked Client Account")
    await ana.sees("Luis Diaz was already removed by Somebody before on")
