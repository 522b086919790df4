from dataclasses import replace
from datetime import date

import pytest

from bot.domain.client import ClientDetails
from bot.domain.errors import NotFound
from bot.domain.history import Act
from bot.domain.kinship import Kinship, Word
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category, SharingChoice
from tests.services.practice import ROSA, Practice


async def test_r52_an_entry_keeps_the_whole_state_of_a_client(practice: Practice) -> None:
    details = ClientDetails(
        first_name="Ana",
        own_id="A-1",
        birth_date=date(1980, 5, 1),
        phones=(Phone(number="+12125550100", label=PhoneLabel.WORK),),
    )
    ana = (await practice.clients.add(practice.dana, details)).client
    (entry,) = await practice.history(ana)
    assert entry.before is None
    assert entry.after == {
        "id": ana.id,
        "first_name": "Ana",
        "last_name": "",
        "preferred_name": "",
        "own_id": "A-1",
        "birth_date": "1980-05-01",
        "email": None,
        "phones": [{"number": "+12125550100", "label": "work"}],
        "status": "active",
        "deceased_on": None,
        "mail_opt_out": False,
        "version": 1,
    }


async def test_r52_an_entry_keeps_the_whole_state_of_a_contact(practice: Practice) -> None:
    ana, _ = await practice.pair()
    guardian = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 12", valid_from=date(2026, 1, 1))
    outcome = await practice.relationships.add_contact(
        practice.dana,
        client_id=ana.id,
        person=ROSA,
        relationship=RelationshipChoice(kinship=Kinship.GRANDPARENT, word=Word.GRANDMOTHER),
        roles=(guardian,),
        emergency=True,
        sharing=SharingChoice(
            categories=frozenset({Category.PAYMENTS, Category.APPOINTMENTS}),
            basis=Basis.AUTHORIZATION,
            expires_on=date(2027, 1, 1),
        ),
    )
    contact = outcome.relation
    assert contact is not None
    (entry, _) = await practice.history(ana)
    moment = entry.at.isoformat()
    assert entry.after == {
        "id": contact.id,
        "kind": "contact",
        "sides": [
            {
                "client_id": ana.id,
                "label": {"kinship": "grandparent", "word": "grandmother", "own_words": ""},
                "roles": [
                    {
                        "role": "legal_guardian",
                        "document": "Order 12",
                        "valid_from": "2026-01-01",
                        "valid_until": None,
                    }
                ],
                "sharing": {
                    "categories": ["appointments", "payments"],
                    "basis": "authorization",
                    "expires_on": "2027-01-01",
                    "recorded_by": "U1",
                    "recorded_at": moment,
                },
            }
        ],
        "active_from": moment,
        "ends_on": None,
        "removal": None,
        "version": 1,
        "person": {
            "id": entry.person_id,
            "first_name": "Rosa",
            "last_name": "Vega",
            "email": "rosa@example.org",
            "phones": [{"number": "+12125550100", "label": "mobile"}],
            "language": "",
            "version": 1,
        },
        "emergency_orders": {ana.id: [contact.id]},
    }


async def test_r52_a_removal_is_kept_with_who_when_and_why(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = (await practice.link(ana, ben)).relation
    assert link is not None
    await practice.relationships.remove(
        practice.sam, client_id=ana.id, relation_id=link.id, reason="moved away"
    )
    (entry, _, _) = await practice.history(ben)
    assert (entry.act, entry.at.tzinfo is not None) == (Act.LINK_REMOVED, True)
    assert entry.after is not None
    assert entry.after["removal"] == {
        "at": entry.at.isoformat(),
        "by": "U2",
        "by_name": "Sam",
        "reason": "moved away",
    }
    assert (entry.after["added_from"], entry.after["emergency_orders"]) == (ana.id, {})


async def test_the_history_is_read_newest_first_in_pages(practice: Practice) -> None:
    ana, _ = await practice.pair()
    for number in range(4):
        await practice.contact(ana, replace(ROSA, first_name=f"Rosa{number}"))
    entries = await practice.history(ana)
    numbers = [entry.number for entry in entries]
    assert numbers == sorted(numbers, reverse=True)
    first = await practice.reader.of_client(practice.dana, ana.id, limit=2)
    second = await practice.reader.of_client(practice.dana, ana.id, limit=3, before=first[-1].number)
    assert first + second == entries


async def test_the_name_at_the_time_is_kept(practice: Practice) -> None:
    ana, _ = await practice.pair()
    await practice.contact(ana)
    renamed = replace(practice.dana, name="Dana Smith")
    await practice.relationships.add_contact(
        renamed, client_id=ana.id, person=ROSA, relationship=RelationshipChoice()
    )
    assert [entry.by_name for entry in await practice.history(ana)] == ["Dana Smith", "Dana", "Dana"]


async def test_a_page_keeps_its_place_while_others_write(practice: Practice) -> None:
    ana, _ = await practice.pair()
    for number in range(4):
        await practice.contact(ana, replace(ROSA, first_name=f"Rosa{number}"))
    first = await practice.reader.page(practice.dana, ana.id, size=2)
    await practice.contact(ana)
    second = await practice.reader.page(practice.dana, ana.id, size=2, page=1, newest=first.newest)
    third = await practice.reader.page(practice.dana, ana.id, size=2, page=2, newest=first.newest)
    beyond = await practice.reader.page(practice.dana, ana.id, size=2, page=9, newest=first.newest)
    entries = (await practice.history(ana))[1:]
    assert tuple(row.entry for page in (first, second, third) for row in page.rows) == entries
    assert [page.has_older for page in (first, second, third, beyond)] == [True, True, False, False]
    assert beyond.rows == ()


async def test_a_row_has_the_names_of_then_and_what_undid_it(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = (await practice.link(ana, ben)).relation
    assert link is not None
    married = replace(ben.details, last_name="Vega")
    await practice.clients.edit(practice.dana, ben.id, married, expected_version=1)
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=link.id)
    removed = (await practice.history(ana))[0]
    await practice.relationships.undo(practice.sam, client_id=ben.id, entry=removed.number)

    undone, ended, linked, added = (await practice.reader.page(practice.dana, ana.id, size=9)).rows

    assert [row.clients[ben.id].name for row in (undone, ended, linked)] == ["Ben Vega"] * 2 + ["Ben Ruiz"]
    assert ended.undone_by == undone.entry
    assert undone.original == ended.entry
    assert (added.undone_by, added.original, added.before) == (None, None, None)


async def test_nobody_has_a_history_in_another_practice(practice: Practice, other_practice: Practice) -> None:
    ana = await practice.client("Ana")
    with pytest.raises(NotFound):
        await other_practice.reader.page(other_practice.dana, ana.id, size=9)
