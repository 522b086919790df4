"""Two people at once: one effect, one entry, and the second is told."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.client import Client, ClientDetails
from bot.domain.errors import AlreadyLinked, AlreadyRemoved, ChangedMeanwhile, InvalidInput
from bot.domain.history import Act
from bot.domain.relationship import Relation
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, PARENT, PHONE, ROSA, SIBLING, Practice

Answer = TypeVar("Answer")

ROUNDS = 5
"""How often two people try it, so that each gets to be the quicker one."""


def relation_of(outcome: Outcome) -> Relation:
    assert outcome.relation is not None
    return outcome.relation


async def at_once(*acts: Awaitable[Answer]) -> tuple[list[Answer], list[BaseException]]:
    """Carry the acts out at the same time; return what came of them, and what was refused."""
    ended = await asyncio.gather(*acts, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, BaseException)]
    return [one for one in ended if not isinstance(one, BaseException)], refused


async def pairs(practice: Practice) -> Sequence[tuple[Client, Client]]:
    return [
        (
            await practice.client(f"Ana{number}", email=f"ana{number}@example.com", phones=(PHONE,)),
            await practice.client(f"Ben{number}", email=f"ben{number}@example.com", phones=(PHONE,)),
        )
        for number in range(ROUNDS)
    ]


async def test_r42_two_remove_the_same_link_from_both_sides(practice: Practice) -> None:
    for ana, ben in await pairs(practice):
        link = relation_of(await practice.link(ana, ben))
        (done,), (told,) = await at_once(
            practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=link.id),
            practice.relationships.remove(practice.sam, client_id=ben.id, relation_id=link.id),
        )
        assert isinstance(told, AlreadyRemoved)
        assert told.removal == relation_of(done).removal
        acts = [entry.act for entry in await practice.history(ana)]
        assert acts == [Act.LINK_REMOVED, Act.LINK_ADDED, Act.CLIENT_ADDED]


async def test_r11_two_link_the_same_pair_from_both_sides(practice: Practice) -> None:
    for ana, ben in await pairs(practice):
        (done,), (told,) = await at_once(
            practice.relationships.link(
                practice.dana, client_id=ana.id, other_id=ben.id, relationship=PARENT
            ),
            practice.relationships.link(
                practice.sam, client_id=ben.id, other_id=ana.id, relationship=SIBLING
            ),
        )
        assert isinstance(told, AlreadyLinked)
        assert told.link == done.relation
        assert [entry.act for entry in await practice.history(ben)] == [Act.LINK_ADDED, Act.CLIENT_ADDED]


async def test_r11_a_double_click_links_once(practice: Practice) -> None:
    for number, (ana, ben) in enumerate(await pairs(practice)):
        answers, refused = await at_once(
            *(
                practice.relationships.link(
                    practice.dana,
                    client_id=ana.id,
                    other_id=ben.id,
                    relationship=PARENT,
                    submission=f"V{number}",
                )
                for _ in range(2)
            )
        )
        assert refused == []
        assert sorted(answer.repeated for answer in answers) == [False, True]
        assert answers[0].relation == answers[1].relation
        assert len(await practice.history(ana)) == 2


async def test_r42_a_double_click_removes_once_and_surprises_nobody(practice: Practice) -> None:
    for number, (ana, ben) in enumerate(await pairs(practice)):
        link = relation_of(await practice.link(ana, ben))
        answers, refused = await at_once(
            *(
                practice.relationships.remove(
                    practice.dana, client_id=ana.id, relation_id=link.id, submission=f"V{number}"
                )
                for _ in range(2)
            )
        )
        assert refused == []
        assert sorted(answer.changed for answer in answers) == [False, True]
        assert len(await practice.history(ana)) == 3


async def test_r11_a_double_click_adds_one_client(practice: Practice) -> None:
    for number in range(ROUNDS):
        details = ClientDetails(first_name=f"Leo{number}")
        answers, refused = await at_once(
            *(practice.clients.add(practice.dana, details, submission=f"V{number}") for _ in range(2))
        )
        assert refused == []
        assert sorted(answer.repeated for answer in answers) == [False, True]
        assert (await practice.clients.find(practice.dana, f"Leo{number}")).total == 1


async def test_r33_two_add_emergency_contacts_and_both_have_their_place(practice: Practice) -> None:
    for ana, _ in await pairs(practice):
        answers, refused = await at_once(
            *(
                practice.contact(ana, replace(ROSA, last_name=name), emergency=True)
                for name in ("One", "Two", "Three")
            )
        )
        assert refused == []
        assert len(answers) == 3
        assert sorted(await practice.emergency_order(ana)) == ["Rosa One", "Rosa Three", "Rosa Two"]


async def test_r33_one_moves_while_another_is_removed(practice: Practice) -> None:
    for ana, _ in await pairs(practice):
        ids = [
            relation_of(await practice.contact(ana, replace(ROSA, last_name=name), emergency=True)).id
            for name in ("One", "Two", "Three")
        ]
        _, refused = await at_once(
            practice.relationships.change_roles(
                practice.dana,
                client_id=ana.id,
                relation_id=ids[2],
                roles=(),
                emergency=True,
                position=1,
            ),
            practice.relationships.remove(practice.sam, client_id=ana.id, relation_id=ids[0]),
        )
        assert refused == []
        assert await practice.emergency_order(ana) == ["Rosa Three", "Rosa Two"]


async def test_of_two_savers_of_one_client_the_later_is_told(practice: Practice) -> None:
    for ana, _ in await pairs(practice):
        (saved,), (told,) = await at_once(
            *(
                practice.clients.edit(
                    practice.dana, ana.id, replace(ana.details, last_name=name), expected_version=1
                )
                for name in ("Ruiz", "Vega")
            )
        )
        assert isinstance(told, ChangedMeanwhile)
        assert await practice.clients.get(practice.dana, ana.id) == saved.client
        assert len(await practice.history(ana)) == 2


async def test_nothing_is_shared_after_a_removal_whoever_is_quicker(practice: Practice) -> None:
    for ana, ben in await pairs(practice):
        link = relation_of(await practice.link(ana, ben))
        _, refused = await at_once(
            practice.relationships.share(
                practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED
            ),
            practice.relationships.remove(practice.sam, client_id=ben.id, relation_id=link.id),
        )
        assert all(isinstance(one, AlreadyRemoved) for one in refused)
        async with practice.storage.reading(practice.dana.workspace_id) as unit:
            kept = await unit.relations.get(link.id)
        assert kept is not None
        assert [side.sharing for side in kept.sides] == [None, None]
        assert not kept.is_active


async def test_r27_an_address_is_not_cleared_while_sharing_to_it_is_switched_on(practice: Practice) -> None:
    for ana, ben in await pairs(practice):
        link = relation_of(await practice.link(ana, ben))
        sharing = practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED
        )
        clearing = practice.clients.edit(
            practice.sam, ben.id, replace(ben.details, email=None), expected_version=1
        )
        _, (told,) = await at_once(sharing, clearing)
        assert isinstance(told, InvalidInput)
        (seen,) = (await practice.relationships.family(practice.dana, ana.id)).linked_clients
        assert (seen.side.sharing is not None) is (seen.email is not None)


async def test_crossing_acts_on_three_clients_never_wait_for_each_other(practice: Practice) -> None:
    ana, ben, cleo = [await practice.client(name) for name in ("Ana", "Ben", "Cleo")]
    for _ in range(ROUNDS):
        linked, refused = await at_once(
            practice.link(ana, ben), practice.link(cleo, ana), practice.link(ben, cleo)
        )
        assert refused == []
        removals = [
            practice.relationships.remove(
                practice.sam, client_id=client_id, relation_id=relation_of(outcome).id
            )
            for outcome in linked
            for client_id in reversed(relation_of(outcome).client_ids)
        ]
        removed, refused = await at_once(*removals)
        assert (len(removed), len(refused)) == (3, 3)
        assert all(isinstance(one, AlreadyRemoved) for one in refused)
