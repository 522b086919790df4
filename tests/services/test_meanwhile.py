"""Saving over what one has not seen is refused, with what was recorded since."""

from dataclasses import replace

import pytest

from bot.domain.errors import ChangedMeanwhile
from bot.domain.history import Act
from bot.domain.ids import ClientId, ContactId
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, ROSA, SIBLING, Practice

PAYER = (RoleHeld(role=Role.PAYER),)


async def test_the_later_saver_is_told_what_was_recorded_since(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = (await practice.link(ana, ben)).relation
    assert isinstance(link, Link)

    async def roles(roles: tuple[RoleHeld, ...], version: int, *, emergency: bool = False) -> None:
        await practice.relationships.change_roles(
            practice.dana,
            client_id=ana.id,
            relation_id=link.id,
            roles=roles,
            emergency=emergency,
            expected_version=version,
        )

    async def share(version: int) -> Outcome:
        return await practice.relationships.share(
            practice.sam, client_id=ana.id, relation_id=link.id, sharing=AGREED, expected_version=version
        )

    async def edit(version: int) -> None:
        await practice.relationships.edit_link(
            practice.sam, client_id=ben.id, link_id=link.id, relationship=SIBLING, expected_version=version
        )

    await roles(PAYER, 1)
    await roles((), 2)
    for attempt in (share(2), roles((), 2, emergency=True), edit(2)):
        with pytest.raises(ChangedMeanwhile) as told:
            await attempt
        (entry,) = told.value.entries
        assert (entry.act, entry.by_name) == (Act.ROLES_CHANGED, "Dana")
        assert entry == (await practice.history(ana))[0]
    with pytest.raises(ChangedMeanwhile) as told:
        await share(1)
    assert len(told.value.entries) == 2
    assert (await share(3)).changed


async def test_a_change_to_the_person_on_another_account_counts_too(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    contact = (await practice.contact(ana, ROSA)).relation
    assert isinstance(contact, Contact)
    await practice.relationships.add_known_person(
        practice.dana, client_id=ben.id, person_id=contact.person_id, relationship=RelationshipChoice()
    )
    (bens,) = (await practice.relationships.family(practice.dana, ben.id)).contacts

    async def edit(client_id: ClientId, contact_id: ContactId, name: str, person_version: int) -> None:
        await practice.relationships.edit_contact(
            practice.sam,
            client_id=client_id,
            contact_id=contact_id,
            person=replace(ROSA, first_name=name),
            relationship=RelationshipChoice(),
            expected_version=1,
            person_version=person_version,
        )

    await edit(ana.id, contact.id, "Rosalía", 1)
    with pytest.raises(ChangedMeanwhile) as told:
        await edit(ben.id, bens.contact.id, "Rosie", 1)
    (entry,) = told.value.entries
    assert (entry.subject_id, entry.client_ids) == (bens.contact.id, (ben.id,))
    await edit(ben.id, bens.contact.id, "Rosie", 2)


async def test_a_version_that_never_was_carries_nothing(practice: Practice) -> None:
    ana = await practice.client("Ana")
    with pytest.raises(ChangedMeanwhile) as told:
        await practice.clients.edit(practice.sam, ana.id, ana.details, expected_version=7)
    assert told.value.entries == ()
