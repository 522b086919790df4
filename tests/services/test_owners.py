"""Who of the staff is responsible for a client: chosen, kept with their names, shown and recorded."""

from dataclasses import replace

import pytest

from bot.domain.client import MOST_OWNERS, Owner
from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput, NotFound, NotPermitted
from bot.domain.history import Act
from bot.domain.ids import StaffId
from bot.domain.staff_role import StaffRole, rights_of
from bot.services.changes import states_of
from bot.services.owners import KeepingOwners
from storage.database import Database
from tests.services.people import People, member
from tests.services.practice import NOBODY, Practice

SAM, ANA, GUEST = (StaffId(each) for each in ("U0SAM", "U0ANA", "U0GUEST"))


@pytest.fixture
def practice(database: Database) -> Practice:
    return Practice(database)


@pytest.fixture
def owners(practice: Practice) -> KeepingOwners:
    people = People(
        {
            SAM: replace(member(SAM), name="Samir Haddad"),
            ANA: member(ANA),
            GUEST: member(GUEST, is_guest=True),
        }
    )
    return KeepingOwners(
        storage=practice.storage, clock=practice.clock, new_id=practice.new_id, directory=people
    )


async def test_somebody_is_made_responsible_and_it_is_in_the_history(
    practice: Practice, owners: KeepingOwners
) -> None:
    mia = await practice.client("Mia")
    saved = await owners.change(practice.dana, mia.id, (SAM, ANA, SAM), expected_version=1)
    named = (Owner(id=SAM, name="Samir Haddad"), Owner(id=ANA, name="U0ANA"))
    assert saved.is_saved
    assert (await practice.clients.get(practice.dana, mia.id)).owners == named
    family = await practice.relationships.family(practice.dana, mia.id)
    assert family.client.owners == named
    newest, *_ = await practice.history(mia)
    assert newest.act is Act.CLIENT_OWNERS_CHANGED
    assert states_of(newest) == (mia, saved.client)
    # Editing the client leaves them, and so does saying the same again.
    edited = await practice.clients.edit(
        practice.dana, mia.id, replace(mia.details, last_name="Lopez"), expected_version=2
    )
    assert edited.client.owners == named
    assert not (await owners.change(practice.dana, mia.id, (ANA, SAM), expected_version=1)).changed
    await owners.change(practice.dana, mia.id, (), expected_version=3)
    assert (await practice.clients.get(practice.dana, mia.id)).owners == ()


async def test_only_full_members_and_not_too_many(practice: Practice, owners: KeepingOwners) -> None:
    mia = await practice.client("Mia")
    many = tuple(StaffId(f"U{number}") for number in range(MOST_OWNERS + 1))
    for chosen in ((SAM, GUEST), (StaffId("U0NOBODY"),), many):
        with pytest.raises(InvalidInput) as refused:
            await owners.change(practice.dana, mia.id, chosen, expected_version=1)
        assert {problem.field for problem in refused.value.problems} == {Field.OWNERS}
    with pytest.raises(NotFound):
        await owners.change(practice.dana, NOBODY, (SAM,), expected_version=1)
    viewer = replace(practice.dana, rights=rights_of({StaffRole.VIEWER}))
    with pytest.raises(NotPermitted):
        await owners.change(viewer, mia.id, (SAM,), expected_version=1)
    assert len(await practice.history(mia)) == 1


async def test_what_else_is_changed_meanwhile_is_no_obstacle(
    practice: Practice, owners: KeepingOwners
) -> None:
    mia = await practice.client("Mia")
    details = replace(mia.details, last_name="Lopez")
    await practice.clients.edit(practice.dana, mia.id, details, expected_version=1)
    saved = await owners.change(practice.dana, mia.id, (SAM,), expected_version=1)
    assert (saved.client.details, saved.client.version) == (details, 3)
    with pytest.raises(ChangedMeanwhile):
        await owners.change(practice.dana, mia.id, (ANA,), expected_version=2)


async def test_a_second_save_is_told_and_a_repetition_does_nothing(
    practice: Practice, owners: KeepingOwners
) -> None:
    mia = await practice.client("Mia")
    for _ in range(2):
        saved = await owners.change(practice.dana, mia.id, (SAM,), expected_version=1, submission="V1")
        assert saved.is_saved
    with pytest.raises(ChangedMeanwhile):
        await owners.change(practice.dana, mia.id, (ANA,), expected_version=1)
    assert len(await practice.history(mia)) == 2
