"""The settings and the roles of staff: who may, what counts when, and that an admin always remains."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audit import EVERYTHING
from bot.domain.errors import (
    ChangedMeanwhile,
    DirectoryUnavailable,
    Field,
    InvalidInput,
    LastAdmin,
    NoRole,
    NotAllowed,
    NotFound,
    NotInSlack,
    NotPermitted,
)
from bot.domain.ids import StaffId
from bot.domain.practice_zone import PracticeZone
from bot.domain.settings import Display, Plan, Sight
from bot.domain.sharing import Category
from bot.domain.staff import Actor, Surface
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import EVERY_RIGHT, Right, Roles, StaffRole
from bot.services.api_tokens import ApiTokens
from bot.services.in_force import REMEMBERED, InForce
from bot.services.mail_rules import MailRules
from bot.services.rights import refuse_without
from bot.services.settings import DisplayGiven, PracticeGiven, SettingsDesk
from bot.services.staff import Staff
from storage.database import Database
from tests.databases import WORKSPACE
from tests.services.people import THERAPISTS, People, member

OWNER, ANA, SAM, GUEST = (StaffId(each) for each in ("U0OWNER", "U0ANA", "U0SAM", "U0GUEST"))
NAMES = DisplayGiven(covered=True, display=Display.NAMES, names_in_windows=True, summary_days="0")
VIEWER, EDITOR, ADMIN = (
    frozenset({StaffRole.VIEWER}),
    frozenset({StaffRole.EDITOR}),
    frozenset({StaffRole.ADMIN}),
)
OFFICER = frozenset({StaffRole.PRIVACY_OFFICER})


@dataclass(slots=True)
class Hands:
    """A clock that a test moves on."""

    moment: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def today(self) -> date:
        """Return its date."""
        return self.moment.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The services over one database."""

    people: People
    clock: Hands
    zone: PracticeZone
    settings: SettingsDesk
    staff: Staff
    in_force: InForce
    elsewhere: SettingsDesk
    """The same in another process."""

    async def admit(self, staff_id: StaffId) -> Actor:
        """Return somebody as they are admitted now."""
        return await self.staff.admit(
            Actor(workspace_id=WORKSPACE, staff_id=staff_id, name="", surface=Surface.SLACK_MODAL)
        )

    async def roles(self, staff_id: StaffId, roles: Roles) -> None:
        """Give somebody roles, as at the machine itself."""
        await self.settings.give_roles(MACHINE, Holder(kind=HolderKind.PERSON, id=staff_id), roles)


MACHINE = Actor(
    workspace_id=WORKSPACE,
    staff_id=OWNER,
    name="Machine",
    surface=Surface.COMMAND_LINE,
    rights=EVERY_RIGHT,
)


@pytest.fixture
def rooms(database: Database) -> Rooms:
    people = People(
        {
            OWNER: member(OWNER, is_workspace_admin=True),
            ANA: member(ANA),
            SAM: member(SAM),
            GUEST: member(GUEST, is_guest=True),
        }
    )
    clock, zone = Hands(), PracticeZone(UTC)

    def desk(zone: PracticeZone | None = None) -> tuple[SettingsDesk, InForce]:
        in_force = InForce(storage=database, clock=clock, zone=zone)
        return SettingsDesk(storage=database, clock=clock, in_force=in_force, directory=people), in_force

    settings, in_force = desk(zone)
    return Rooms(
        people=people,
        clock=clock,
        zone=zone,
        settings=settings,
        staff=Staff(directory=people, in_force=in_force),
        in_force=in_force,
        elsewhere=desk()[0],
    )


async def test_by_default_members_are_editors_and_who_runs_the_workspace_is_an_admin_only(
    rooms: Rooms,
) -> None:
    await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    ana, owner = await rooms.admit(ANA), await rooms.admit(OWNER)
    assert ana.may(Right.CHANGE_CLIENTS)
    assert not ana.may(Right.CHANGE_SETTINGS)
    assert owner.may(Right.CHANGE_SETTINGS)
    assert not owner.may(Right.SEE_CLIENTS)
    assert not any(each.may(Right.SEE_TRAIL) for each in (ana, owner))
    with pytest.raises(NotAllowed):
        await rooms.admit(GUEST)


async def test_what_is_said_of_a_person_wins_over_groups_and_groups_over_the_default(rooms: Rooms) -> None:
    group = Holder(kind=HolderKind.GROUP, id=THERAPISTS)
    await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    await rooms.roles(ANA, ADMIN)
    rooms.people.therapists = frozenset({SAM, OWNER})
    await rooms.settings.give_roles(MACHINE, group, VIEWER)
    assert not (await rooms.admit(SAM)).may(Right.CHANGE_CLIENTS)
    # Something is said of the owner now, so that running the workspace means nothing any more.
    assert not (await rooms.admit(OWNER)).may(Right.CHANGE_SETTINGS)
    await rooms.roles(SAM, OFFICER)
    assert (await rooms.admit(SAM)).may(Right.SEE_TRAIL)
    await rooms.settings.take_roles(MACHINE, Holder(kind=HolderKind.PERSON, id=SAM))
    assert not (await rooms.admit(SAM)).may(Right.SEE_TRAIL)


async def test_who_was_given_no_role_is_kept_out(rooms: Rooms) -> None:
    chosen = await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    await rooms.settings.change_default_role(MACHINE, None, expected_version=chosen.version)
    with pytest.raises(NoRole):
        await rooms.admit(ANA)
    await rooms.roles(ANA, VIEWER)
    assert (await rooms.admit(ANA)).may(Right.SEE_CLIENTS)


async def test_a_default_is_never_more_than_an_editor(rooms: Rooms) -> None:
    chosen = await rooms.settings.change_default_role(MACHINE, StaffRole.ADMIN, expected_version=0)
    assert chosen.default_role is None


async def test_without_an_answer_of_slack_the_answer_is_no(rooms: Rooms) -> None:
    rooms.people.answers = False
    with pytest.raises(DirectoryUnavailable):
        await rooms.admit(ANA)
    with pytest.raises(DirectoryUnavailable):
        await rooms.roles(ANA, VIEWER)


async def test_an_admin_always_remains(rooms: Rooms) -> None:
    owner = Holder(kind=HolderKind.PERSON, id=OWNER)
    chosen = await rooms.settings.begin(await rooms.admit(OWNER), officer=ANA, covered=True)
    acting = await rooms.admit(OWNER)
    for roles in (frozenset[StaffRole](), EDITOR):
        with pytest.raises(LastAdmin):
            await rooms.settings.give_roles(acting, owner, roles)
    await rooms.roles(SAM, ADMIN)
    await rooms.settings.give_roles(acting, owner, EDITOR)
    assert not (await rooms.admit(OWNER)).may(Right.CHANGE_SETTINGS)
    sam = await rooms.admit(SAM)
    with pytest.raises(LastAdmin):
        await rooms.settings.take_roles(sam, Holder(kind=HolderKind.PERSON, id=SAM))
    # Who has left is nobody who could let others in.
    await rooms.settings.give_roles(sam, owner, ADMIN)
    rooms.people.members[OWNER] = member(OWNER, is_deactivated=True)
    with pytest.raises(LastAdmin):
        await rooms.settings.give_roles(sam, Holder(kind=HolderKind.PERSON, id=SAM), EDITOR)
    assert chosen.version == 1


async def test_the_first_start_names_an_officer_and_an_admin(rooms: Rooms) -> None:
    owner = await rooms.admit(OWNER)
    assert not owner.shown.is_set_up
    with pytest.raises(NotPermitted):
        await rooms.settings.begin(await rooms.admit(ANA), officer=ANA, covered=True)
    for nobody in (None, GUEST, StaffId("U0NOBODY")):
        with pytest.raises(InvalidInput) as refused:
            await rooms.settings.begin(owner, officer=nobody, covered=True)
        assert refused.value.problems[0].field is Field.OFFICER
    await rooms.settings.begin(owner, officer=SAM, covered=True)
    sam = await rooms.admit(SAM)
    assert sam.may(Right.LIFT_BLOCK)
    assert sam.may(Right.CHANGE_CLIENTS)
    with pytest.raises(ChangedMeanwhile):
        await rooms.settings.begin(owner, officer=ANA, covered=False)


async def test_one_person_may_be_both(rooms: Rooms) -> None:
    await rooms.settings.begin(await rooms.admit(OWNER), officer=OWNER, covered=True)
    owner = await rooms.admit(OWNER)
    assert owner.rights == EVERY_RIGHT - {Right.CHANGE_CLIENTS}


async def test_until_slack_may_hold_more_only_initials_are_shown_and_nothing_is_changed(
    rooms: Rooms,
) -> None:
    for _ in range(2):
        ana = await rooms.admit(ANA)
        assert ana.shown.in_windows is ana.shown.in_messages is Sight.INITIALS_ONLY
        assert ana.may(Right.SEE_CLIENTS)
        with pytest.raises(NotInSlack):
            refuse_without(Right.CHANGE_CLIENTS, ana)
        owner = await rooms.admit(OWNER)
        if not owner.shown.is_set_up:
            await rooms.settings.begin(owner, officer=SAM, covered=False)
    with pytest.raises(NotPermitted) as refused:
        refuse_without(Right.CHANGE_SETTINGS, ana)
    assert not isinstance(refused.value, NotInSlack)


@pytest.mark.parametrize(
    ("given", "windows", "messages"),
    [
        (NAMES, Sight.EVERYTHING, Sight.EVERYTHING),
        (replace(NAMES, display=Display.INITIALS), Sight.REVEALED_ON_REQUEST, Sight.REVEALED_ON_REQUEST),
        (replace(NAMES, names_in_windows=False), Sight.INITIALS_ONLY, Sight.EVERYTHING),
        (replace(NAMES, covered=False), Sight.INITIALS_ONLY, Sight.INITIALS_ONLY),
    ],
)
async def test_what_is_shown_where(
    given: DisplayGiven, windows: Sight, messages: Sight, rooms: Rooms
) -> None:
    await rooms.settings.change_display(MACHINE, given, expected_version=0)
    shown = (await rooms.admit(ANA)).shown
    assert (shown.in_windows, shown.in_messages) == (windows, messages)


PRACTICE = PracticeGiven(
    practice_name="  Elm Street ",
    practice_phone="(212) 555-0142",
    zone="America/New_York",
    adult_at="19",
    responsible=(ANA, SAM, ANA),
)


async def test_the_practice_is_tidied_and_its_zone_counts_at_once(rooms: Rooms) -> None:
    chosen = await rooms.settings.change_practice(MACHINE, PRACTICE, expected_version=0)
    assert chosen.practice_name == "Elm Street"
    assert chosen.practice_phone == "+12125550142"
    assert chosen.responsible == (ANA, SAM)
    await rooms.admit(ANA)
    assert rooms.in_force.adult_at == 19
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert noon.astimezone(rooms.zone).hour == noon.astimezone(ZoneInfo("America/New_York")).hour == 8
    await rooms.settings.change_practice(MACHINE, replace(PRACTICE, zone=""), expected_version=1)
    await rooms.admit(ANA)
    assert noon.astimezone(rooms.zone).hour == 12


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"practice_name": "x" * 101}, Field.PRACTICE_NAME),
        ({"practice_phone": "1"}, Field.PRACTICE_PHONE),
        ({"practice_phone": "1" * 61}, Field.PRACTICE_PHONE),
        ({"zone": "Mars/Olympus"}, Field.ZONE),
        ({"zone": "../../etc/passwd"}, Field.ZONE),
        ({"zone": "\x00"}, Field.ZONE),
        ({"adult_at": ""}, Field.ADULT_AT),
        ({"adult_at": "eighteen"}, Field.ADULT_AT),
        ({"adult_at": "180"}, Field.ADULT_AT),
        ({"responsible": (GUEST,)}, Field.RESPONSIBLE),
        ({"record_years": "5"}, Field.RECORD_YEARS),
        ({"record_years": "six"}, Field.RECORD_YEARS),
    ],
)
async def test_a_mistake_stands_at_its_field(change: dict[str, object], at: Field, rooms: Rooms) -> None:
    with pytest.raises(InvalidInput) as refused:
        await rooms.settings.change_practice(
            MACHINE,
            replace(PRACTICE, **change),  # type: ignore[arg-type]  # any of the fields
            expected_version=0,
        )
    assert [problem.field for problem in refused.value.problems] == [at]
    assert (await rooms.settings.look(MACHINE)).standing.settings.version == 0


@pytest.mark.parametrize("days", ["-1", "366", "1.5", "ten", "٣"])
async def test_days_are_a_whole_number(days: str, rooms: Rooms) -> None:
    with pytest.raises(InvalidInput):
        await rooms.settings.change_display(MACHINE, replace(NAMES, summary_days=days), expected_version=0)


async def test_a_group_has_to_be_there(rooms: Rooms) -> None:
    with pytest.raises(InvalidInput):
        await rooms.settings.give_roles(MACHINE, Holder(kind=HolderKind.GROUP, id="S0GONE"), VIEWER)
    assert [each.name for each in await rooms.settings.groups(MACHINE, "thera")] == ["Therapists"]
    assert await rooms.settings.groups(MACHINE, "nobody") == ()


async def test_of_two_admins_at_once_the_second_is_told(rooms: Rooms) -> None:
    await rooms.settings.change_practice(MACHINE, PRACTICE, expected_version=0)
    with pytest.raises(ChangedMeanwhile):
        await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    with pytest.raises(ChangedMeanwhile):
        await rooms.settings.give_roles(
            MACHINE, Holder(kind=HolderKind.PERSON, id=SAM), VIEWER, expected_version=0
        )
    seen = (await rooms.settings.look(MACHINE)).standing
    assert seen.settings.plan is Plan.NOT_ASKED
    assert seen.roles.entries == ()


async def test_what_another_process_changes_counts_after_some_seconds(rooms: Rooms) -> None:
    await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    assert (await rooms.admit(ANA)).may(Right.CHANGE_CLIENTS)
    await rooms.elsewhere.give_roles(MACHINE, Holder(kind=HolderKind.PERSON, id=ANA), VIEWER)
    rooms.clock.moment += REMEMBERED + timedelta(seconds=1)
    assert not (await rooms.admit(ANA)).may(Right.CHANGE_CLIENTS)


async def test_saying_the_same_again_changes_nothing(rooms: Rooms) -> None:
    first = await rooms.settings.change_display(MACHINE, NAMES, expected_version=0)
    again = await rooms.settings.change_display(MACHINE, NAMES, expected_version=1)
    assert again == first
    await rooms.roles(ANA, VIEWER)
    version = (await rooms.settings.look(MACHINE)).standing.settings.version
    await rooms.roles(ANA, VIEWER)
    assert (await rooms.settings.look(MACHINE)).standing.settings.version == version


async def test_of_another_workspace_nothing_is_known(rooms: Rooms, database: Database) -> None:
    elsewhere = replace(MACHINE, workspace_id=type(WORKSPACE)("T0OTHER"))
    await database.ensure_workspace(elsewhere.workspace_id, "Another practice")
    await rooms.settings.change_practice(MACHINE, PRACTICE, expected_version=0)
    await rooms.roles(ANA, VIEWER)
    seen = (await rooms.settings.look(elsewhere)).standing
    assert seen.settings.version == 0
    assert seen.roles.entries == ()


async def test_names_are_told_with_the_settings(rooms: Rooms) -> None:
    await rooms.roles(ANA, VIEWER)
    await rooms.settings.give_roles(MACHINE, Holder(kind=HolderKind.GROUP, id=THERAPISTS), VIEWER)
    seen = await rooms.settings.look(MACHINE)
    assert seen.names == {ANA: "U0ANA", THERAPISTS: "Therapists"}
    rooms.people.answers = False
    assert (await rooms.settings.look(MACHINE)).name_of(ANA) == "U0ANA"


async def test_each_change_leaves_what_was_and_what_is(rooms: Rooms, database: Database) -> None:
    await rooms.settings.change_display(MACHINE, replace(NAMES, summary_days="7"), expected_version=0)
    await rooms.roles(ANA, ADMIN)
    await rooms.settings.change_display(MACHINE, replace(NAMES, summary_days="7"), expected_version=2)
    async with database.reading(WORKSPACE) as unit:
        first, second = await unit.audit.oldest(EVERYTHING, limit=10)
    assert first.after == {"plan": "confirmed", "summary_days": 7}
    assert first.before == {"plan": "not_asked", "summary_days": 0}
    assert second.before == {"roles.person.U0ANA": None}
    assert second.after == {"roles.person.U0ANA": ["admin"], "names": {ANA: "U0ANA"}}


async def test_what_people_were_called_then_is_kept_with_a_change(rooms: Rooms, database: Database) -> None:
    rooms.people.members[ANA] = replace(rooms.people.members[ANA], name="Ana Ruiz")
    await rooms.settings.change_practice(MACHINE, PRACTICE, expected_version=0)
    rooms.people.members[ANA] = replace(rooms.people.members[ANA], name="Ana Castillo")
    await rooms.roles(OWNER, ADMIN)
    await rooms.settings.change_practice(MACHINE, replace(PRACTICE, responsible=()), expected_version=2)
    group = Holder(kind=HolderKind.GROUP, id=THERAPISTS)
    await rooms.settings.give_roles(MACHINE, group, VIEWER)
    rooms.people.answers = False
    await rooms.settings.change_display(MACHINE, NAMES, expected_version=4)
    async with database.reading(WORKSPACE) as unit:
        entries = await unit.audit.oldest(EVERYTHING, limit=10)
    assert [(entry.after or {}).get("names") for entry in entries] == [
        {ANA: "Ana Ruiz", SAM: "U0SAM"},
        {OWNER: "U0OWNER"},
        {ANA: "Ana Castillo", SAM: "U0SAM"},
        {THERAPISTS: "Therapists"},
        None,
    ]


async def test_how_long_the_record_is_kept_is_a_setting_on_record(rooms: Rooms, database: Database) -> None:
    changed = replace(PRACTICE, record_years="10")
    chosen = await rooms.settings.change_practice(MACHINE, changed, expected_version=0)
    assert chosen.record_years == 10
    assert (await rooms.settings.look(MACHINE)).standing.settings.record_years == 10
    async with database.reading(WORKSPACE) as unit:
        (entry,) = await unit.audit.oldest(EVERYTHING, limit=10)
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["record_years"], entry.after["record_years"]) == (6, 10)


async def test_the_zone_of_ones_own_slack_comes_first(rooms: Rooms) -> None:
    rooms.people.members[OWNER] = member(OWNER, is_workspace_admin=True, zone="Europe/Berlin")
    near = [zone.name for zone in await rooms.settings.zones(MACHINE, "")]
    assert near == ["Europe/Berlin", "Europe/Busingen"]
    rooms.people.answers = False
    assert await rooms.settings.zones(MACHINE, "") == ()
    assert [zone.name for zone in await rooms.settings.zones(MACHINE, "berl")] == ["Europe/Berlin"]


async def test_tokens_and_rules_of_mail_are_on_record_too(rooms: Rooms, database: Database) -> None:
    ids = count()
    tokens = ApiTokens(storage=database, clock=rooms.clock, new_id=lambda: f"id{next(ids)}")
    rules = MailRules(storage=database, clock=rooms.clock, new_id=lambda: f"id{next(ids)}")
    made = await tokens.create(MACHINE, "EHR")
    for _ in range(2):
        await tokens.revoke(MACHINE, made.token.id)
    rule = await rules.add(MACHINE, sender="", subject="*receipt*", category=Category.PAYMENTS)
    await rules.remove(MACHINE, rule.id)
    with pytest.raises(NotFound):
        await rules.remove(MACHINE, rule.id)
    async with database.reading(WORKSPACE) as unit:
        entries = await unit.audit.oldest(EVERYTHING, limit=10)
    about = ["*receipt*", "payments"]
    assert [(each.before, each.after) for each in entries] == [
        ({"token": None}, {"token": "EHR"}),
        ({"token": "EHR"}, {"token": None}),
        ({"mail_rule": None}, {"mail_rule": about}),
        ({"mail_rule": about}, {"mail_rule": None}),
    ]
