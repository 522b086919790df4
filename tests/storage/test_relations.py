"""Links and contacts: stored with their sides, changed under their version, ordered for an emergency."""

import dataclasses
from datetime import date

import pytest

from bot.domain.errors import AlreadyContact, AlreadyLinked, ChangedMeanwhile, NotFound
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import Label
from bot.domain.relationship import Contact, Link, Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, Sharing
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import NOON, REMOVAL, client, contact, ids, link, person, store_family_of_four

C1, C2 = ClientId("c1"), ClientId("c2")

FULL_LINK = dataclasses.replace(
    link("l9", "c1", "c2", added_from="c2"),
    low=Side(
        client_id=C1,
        label=Label.in_own_words("grandmother's second husband"),
        roles=(
            RoleHeld(
                role=Role.LEGAL_GUARDIAN,
                document="Court 12/7",
                valid_from=date(2024, 2, 29),
                valid_until=date(2030, 1, 1),
            ),
            RoleHeld(role=Role.PAYER),
        ),
        emergency_position=1,
        sharing=Sharing(
            categories=EVERY_CATEGORY,
            basis=Basis.AUTHORIZATION,
            expires_on=date(2027, 1, 1),
            recorded_by=StaffId("U1"),
            recorded_at=NOON,
        ),
    ),
    ends_on=date(2031, 5, 5),
)


@pytest.fixture
async def family(database: Database) -> Database:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    return database


async def test_relations_come_back_as_stored(database: Database) -> None:
    friend = contact("k1", "c1", "p1")
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1"))
        await unit.clients.add(client("c2"))
        await unit.people.add(person("p1", "Dora", "Diaz"))
        await unit.relations.add(FULL_LINK)
        await unit.relations.add(friend)
    async with database.reading(WORKSPACE) as unit:
        assert await unit.relations.get(LinkId("l9")) == FULL_LINK
        assert await unit.relations.get(ContactId("k1")) == friend
        assert await unit.relations.get(LinkId("l1")) is None
        assert await unit.relations.active_link_between(C2, C1) == FULL_LINK


async def test_a_change_is_written_under_the_new_version(family: Database) -> None:
    sharing = Sharing(
        categories=frozenset({Category.APPOINTMENTS}),
        basis=None,
        expires_on=None,
        recorded_by=StaffId("U1"),
        recorded_at=NOON,
    )
    before = link("l2", "c1", "c2")
    after = dataclasses.replace(before, high=dataclasses.replace(before.high, sharing=sharing), version=2)
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.update(after, expected_version=1)
        with pytest.raises(ChangedMeanwhile):
            await unit.relations.update(after, expected_version=1)
    async with family.reading(WORKSPACE) as unit:
        assert await unit.relations.get(LinkId("l2")) == after


async def test_an_ended_relation_is_kept_without_its_place(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.set_emergency_order(C1, ids("k1", "l2", "l3"))
        await unit.relations.set_emergency_order(C2, ids("l2"))
        ended = await unit.relations.get(LinkId("l2"))
        assert isinstance(ended, Link)
        ended = dataclasses.replace(ended, removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)
    async with family.reading(WORKSPACE) as unit:
        kept = await unit.relations.get(LinkId("l2"))
        assert kept is not None
        assert kept.removal == REMOVAL
        assert [side.emergency_position for side in kept.sides] == [None, None]
        assert await unit.relations.emergency_order(C1) == ("k1", "l3")
        assert await unit.relations.emergency_order(C2) == ()
        assert await unit.relations.active_link_between(C1, C2) is None
        shown = await unit.relations.family(C1)
        assert shown is not None
        assert [member.relation.id for member in shown.members] == ["l3", "k1"]


async def test_a_pair_is_linked_once_at_a_time(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        with pytest.raises(AlreadyLinked) as refused:
            await unit.relations.add(link("l9", "c1", "c2", added_from="c2"))
        assert refused.value.link == link("l2", "c1", "c2")
        assert refused.value.other == await unit.clients.get(C1)
        # Nothing of the second link is left, and the unit goes on.
        assert await unit.relations.get(LinkId("l9")) is None
        ended = dataclasses.replace(link("l2", "c1", "c2"), removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)
        await unit.relations.add(link("l9", "c1", "c2"))
    async with family.reading(WORKSPACE) as unit:
        assert await unit.relations.active_link_between(C1, C2) == link("l9", "c1", "c2")


async def test_a_removed_link_is_brought_back_without_a_place(family: Database) -> None:
    ended = dataclasses.replace(link("l2", "c1", "c2"), removal=REMOVAL, version=2)
    back = dataclasses.replace(ended, removal=None, version=3)
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.set_emergency_order(C1, ids("l2"))
        await unit.relations.update(ended, expected_version=1)
        with pytest.raises(ChangedMeanwhile):
            await unit.relations.update(back, expected_version=1)
        await unit.relations.update(back, expected_version=2)
        assert await unit.relations.active_link_between(C1, C2) == back
        assert await unit.relations.emergency_order(C1) == ()
        await unit.relations.set_emergency_order(C1, ids("l2"))


async def test_a_removed_link_does_not_come_back_beside_another(family: Database) -> None:
    ended = dataclasses.replace(link("l2", "c1", "c2"), removal=REMOVAL, version=2)
    back = dataclasses.replace(ended, removal=None, version=3)
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.update(ended, expected_version=1)
        await unit.relations.add(link("l9", "c1", "c2"))
        with pytest.raises(AlreadyLinked) as refused:
            await unit.relations.update(back, expected_version=2)
        assert refused.value.link == link("l9", "c1", "c2")
        # The unit goes on.
        assert await unit.relations.get(LinkId("l2")) == ended


async def test_a_removed_contact_does_not_come_back_beside_another(family: Database) -> None:
    ended = dataclasses.replace(contact("k1", "c1", "p1"), removal=REMOVAL, version=2)
    back = dataclasses.replace(ended, removal=None, version=3)
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.update(ended, expected_version=1)
        await unit.relations.add(contact("k9", "c1", "p1"))
        with pytest.raises(AlreadyContact):
            await unit.relations.update(back, expected_version=2)
        assert await unit.relations.get(ContactId("k1")) == ended


async def test_the_emergency_order_is_what_was_set(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        for order in (("l3", "k1", "l2"), ("l2", "l3", "k1"), ("k1",), (), ("l2", "k1")):
            await unit.relations.set_emergency_order(C1, ids(*order))
            assert await unit.relations.emergency_order(C1) == order
        family_of_c1 = await unit.relations.family(C1)
        assert family_of_c1 is not None
        assert [each.side.emergency_position for each in family_of_c1.emergency_contacts] == [1, 2]
        assert await unit.relations.emergency_order(C2) == ()


@pytest.mark.parametrize("stranger", ["l9", "l4"])
async def test_only_active_relations_of_the_client_have_a_place(family: Database, stranger: str) -> None:
    async with family.writing(WORKSPACE) as unit:
        await unit.relations.add(link("l4", "c2", "c3"))
        with pytest.raises(NotFound):
            await unit.relations.set_emergency_order(C1, ids("l2", stranger))


async def test_an_ended_relation_gets_no_place(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        ended = dataclasses.replace(contact("k1", "c1", "p1"), removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)
        with pytest.raises(NotFound):
            await unit.relations.set_emergency_order(C1, ids("k1"))


async def test_people_are_stored_changed_and_counted(family: Database) -> None:
    changed = dataclasses.replace(person("p1", "Dora", "Diaz-Cruz", email="dora@example.org"), version=2)
    async with family.writing(WORKSPACE) as unit:
        await unit.people.update(changed, expected_version=1)
        with pytest.raises(ChangedMeanwhile):
            await unit.people.update(changed, expected_version=1)
        await unit.relations.add(contact("k2", "c2", "p1"))
        assert await unit.people.count_clients_of(PersonId("p1")) == 2
        ended: Contact = dataclasses.replace(contact("k2", "c2", "p1"), removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)
        assert await unit.people.count_clients_of(PersonId("p1")) == 1
        assert await unit.people.count_clients_of(PersonId("p9")) == 0
    async with family.reading(WORKSPACE) as unit:
        assert await unit.people.get(PersonId("p1")) == changed
        assert await unit.people.get(PersonId("p9")) is None
