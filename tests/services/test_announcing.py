"""Announcing to the responsible staff who gets e-mails no more (R44): from the change, in its transaction."""

from dataclasses import replace

import pytest

from bot.domain.client import Client, ClientDetails
from bot.domain.ids import StaffId
from bot.domain.notice import NoticeCategory
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.services.announcing import AT_ONCE, GIVEN_UP, LEASE, Announcing
from bot.services.owners import KeepingOwners
from bot.services.ports import RecipientsChanged
from storage.database import Database
from tests.services.mail_practice import DAVE, MailPractice
from tests.services.people import People, member
from tests.services.practice import AGREED

OWNER, THERAPIST, SECOND, LEFT = (StaffId(each) for each in ("U0OWNER", "U0SAM", "U0SECOND", "U0LEFT"))


class Practice(MailPractice):
    """A practice with somebody responsible."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.announcing = Announcing(storage=database, clock=self.clock, new_id=self.new_id)
        people = People({each: member(each) for each in (OWNER, THERAPIST, SECOND, LEFT)})
        self.owners = KeepingOwners(storage=database, clock=self.clock, new_id=self.new_id, directory=people)
        self._database = database

    async def responsible(self, *staff: StaffId) -> None:
        """Have the settings name those who are responsible."""
        async with self._database.writing(self.workspace_id) as unit:
            chosen = await unit.settings.chosen()
            await unit.settings.choose(
                replace(chosen, responsible=staff, version=chosen.version + 1),
                expected_version=chosen.version,
            )

    async def announced(self) -> list[RecipientsChanged]:
        """Return what is to be told, and say that it was."""
        notices = []
        while due := await self.announcing.due(self.workspace_id):
            for each in due:
                notices.append(each.notice)
                await self.announcing.told(self.workspace_id, each.id)
        return notices


@pytest.fixture
async def practice(database: Database) -> Practice:
    practice = Practice(database)
    await practice.responsible(OWNER)
    return practice


def named(notice: RecipientsChanged) -> tuple[list[str], list[str]]:
    """Return who got and who gets e-mails, where that is the same for all kinds."""
    (change,) = notice.changes
    assert len(change.categories) == sum(each.shared_as is not None for each in NoticeCategory)
    return [each.address for each in change.before], [each.address for each in change.after]


ALL = ["ana@example.com", "ben@example.com", "dave@example.org"]


async def test_a_removed_recipient_is_announced_with_both_lists(practice: Practice) -> None:
    ana, ben, linked, _ = await practice.family()
    assert await practice.announced() == []
    assert linked.relation is not None
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    (notice,) = await practice.announced()
    assert (notice.client.id, notice.staff, notice.by_name) == (ana.id, (OWNER,), practice.dana.name)
    assert named(notice) == (ALL, ["ana@example.com", "dave@example.org"])


async def test_switching_off_is_announced_and_switching_on_is_not(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    (notice,) = await practice.announced()
    assert named(notice) == (ALL, ["ana@example.com", "ben@example.com"])
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=added.relation.id, sharing=AGREED
    )
    assert await practice.announced() == []


async def test_another_address_of_a_linked_client_is_announced_on_the_account_that_shares(
    practice: Practice,
) -> None:
    ana, ben, *_ = await practice.family()
    details = ClientDetails(first_name="Ben", last_name="Ruiz", email="new@example.com")
    await practice.clients.edit(practice.dana, ben.id, details, expected_version=ben.version)
    (notice,) = await practice.announced()
    assert notice.client.id == ana.id
    assert [sorted(each) for each in named(notice)] == [
        ALL,
        ["ana@example.com", "dave@example.org", "new@example.com"],
    ]


async def test_another_address_of_a_contact_is_announced_and_another_phone_is_not(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None

    async def edit(person: PersonDetails) -> None:
        (shown,) = (await practice.relationships.family(practice.dana, ana.id)).contacts
        await practice.relationships.edit_contact(
            practice.dana,
            client_id=ana.id,
            contact_id=shown.contact.id,
            person=person,
            relationship=RelationshipChoice(kinship=shown.side.label.kinship, word=shown.side.label.word),
            expected_version=shown.contact.version,
            person_version=shown.person.version,
        )

    await edit(replace(DAVE, language="es"))
    assert await practice.announced() == []
    await edit(replace(DAVE, email="david@example.org"))
    (notice,) = await practice.announced()
    before, after = named(notice)
    assert (before[-1], after[-1]) == ("dave@example.org", "david@example.org")


async def test_what_changes_nothing_for_mail_is_not_announced(practice: Practice) -> None:
    ana, ben = await practice.pair()
    linked = await practice.link(ana, ben)
    assert linked.relation is not None
    await _rename(practice, ana)
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=linked.relation.id)
    assert await practice.announced() == []


async def test_everybody_responsible_is_told_and_nobody_where_nobody_is(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.responsible(OWNER, StaffId("U0SECOND"))
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    assert {notice.staff for notice in await practice.announced()} == {(OWNER,), ("U0SECOND",)}
    await practice.responsible()
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=added.relation.id, sharing=AGREED
    )
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    assert await practice.announced() == []


async def test_the_clients_own_are_told_and_else_those_whom_the_settings_name(practice: Practice) -> None:
    ana, ben, linked, added = await practice.family()
    assert linked.relation is not None
    assert added.relation is not None
    await practice.owners.change(practice.dana, ana.id, (THERAPIST, SECOND), expected_version=ana.version)
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    assert {notice.staff for notice in await practice.announced()} == {(THERAPIST,), (SECOND,)}
    # Whose e-mails they are decides, and not from which side both directions end.
    await practice.relationships.share(
        practice.dana, client_id=ben.id, relation_id=linked.relation.id, sharing=AGREED
    )
    await practice.relationships.stop_sharing(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    told = {(notice.client.id, *notice.staff) for notice in await practice.announced()}
    assert told == {(ana.id, THERAPIST), (ana.id, SECOND), (ben.id, OWNER)}


async def test_for_an_owner_who_has_left_those_are_told_whom_the_settings_name(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.owners.change(practice.dana, ana.id, (THERAPIST,), expected_version=ana.version)
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    (due,) = await practice.announcing.due(practice.workspace_id)
    await practice.announcing.hand_on(practice.workspace_id, due)
    (again,) = await practice.announcing.due(practice.workspace_id)
    assert (again.notice.staff, again.notice.changes) == ((OWNER,), due.notice.changes)
    # Where they have left too, there is nobody any more.
    await practice.announcing.hand_on(practice.workspace_id, again)
    practice.clock.advance(LEASE)
    assert await practice.announcing.due(practice.workspace_id) == ()


@pytest.mark.parametrize("at_once", [True, False])
async def test_where_several_owners_have_left_everybody_else_is_told_once(
    practice: Practice, *, at_once: bool
) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.responsible(SECOND, OWNER)
    owners = (THERAPIST, LEFT, SECOND)
    await practice.owners.change(practice.dana, ana.id, owners, expected_version=ana.version)
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    told: list[StaffId] = []
    while all_due := await practice.announcing.due(practice.workspace_id):
        # Whoever told the others may be quicker or slower than whoever hands on what nobody can be told.
        for due in sorted(all_due, key=lambda each: (each.notice.staff[0] in (THERAPIST, LEFT)) is at_once):
            (staff_id,) = due.notice.staff
            if staff_id in (THERAPIST, LEFT):
                await practice.announcing.hand_on(practice.workspace_id, due)
            else:
                told.append(staff_id)
                await practice.announcing.told(practice.workspace_id, due.id)
    assert sorted(told) == [OWNER, SECOND]


async def test_of_two_who_look_after_the_settings_the_one_who_is_left_is_told(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.responsible(THERAPIST, OWNER)
    await practice.owners.change(practice.dana, ana.id, (THERAPIST,), expected_version=ana.version)
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    (due,) = await practice.announcing.due(practice.workspace_id)
    await practice.announcing.hand_on(practice.workspace_id, due)
    assert [notice.staff for notice in await practice.announced()] == [(OWNER,)]


async def test_what_was_taken_and_not_told_comes_again_until_it_is_given_up(practice: Practice) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    due = practice.announcing.due
    first = await due(practice.workspace_id)
    assert len(first) == 1 <= AT_ONCE
    assert await due(practice.workspace_id) == ()
    practice.clock.advance(LEASE)
    assert await due(practice.workspace_id) == first
    practice.clock.advance(-2 * GIVEN_UP)
    assert await due(practice.workspace_id) == first
    practice.clock.advance(4 * GIVEN_UP)
    assert await due(practice.workspace_id) == ()


async def test_who_stops_by_the_mail_is_announced_too(practice: Practice) -> None:
    ana, *_ = await practice.family()
    copy = (await practice.notify(ana)).copies[2]
    await practice.unsubscribing.stop(practice.workspace_id, copy.stop_token)
    (notice,) = await practice.announced()
    assert named(notice) == (ALL, ["ana@example.com", "ben@example.com"])


async def _rename(practice: Practice, client: Client) -> None:
    details = replace(client.details, first_name="Anna")
    await practice.clients.edit(practice.dana, client.id, details, expected_version=client.version)
