"""`/family settings` and the first start, through the front door; and what each role is offered."""

from dataclasses import replace

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.history import Act
from bot.domain.history import Kind as History
from bot.domain.settings import Display
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import Roles, StaffRole
from bot.playground.practice import ANA, GUEST, OFFICER, OWNER, VIEWER
from bot.playground.slack import Person
from bot.playground.slack.acts.membership import change_group, change_person
from bot.services.settings import DisplayGiven
from tests.app.door import Door, open_door
from tests.office import FRONT
from tests.person import Desk

NOT_PERMITTED = "Your role does not allow this. An admin of Kinward can change that."
REFUSED = "Kinward is for full members of this workspace. Please ask the practice if you need something."
NO_ROLE = "You have no role in Kinward yet. An admin of Kinward can give you one."


async def give(door: Door, person: Person, *roles: StaffRole) -> Desk:
    """Give somebody roles, and sit down as them."""
    await name_an_admin(door)
    held: Roles = frozenset(roles)
    await door.services.settings.give_roles(door.actor, Holder(kind=HolderKind.PERSON, id=person.id), held)
    return door.desk(person)


async def name_an_admin(door: Door) -> None:
    holder = Holder(kind=HolderKind.PERSON, id=OWNER.id)
    await door.services.settings.give_roles(
        door.actor, holder, frozenset({StaffRole.ADMIN, StaffRole.EDITOR})
    )


async def show(door: Door, **changes: object) -> None:
    """Choose what is shown."""
    seen = (await door.services.settings.look(door.actor)).standing.settings
    given = DisplayGiven(covered=True, display=Display.NAMES, names_in_windows=True, summary_days="")
    await door.services.settings.change_display(
        door.actor,
        replace(given, **changes),  # type: ignore[arg-type]  # any of the fields
        expected_version=seen.version,
    )


async def settings_of(door: Door) -> Desk:
    joan = door.desk(OWNER)
    await joan.command("/family settings", channel=FRONT)
    await joan.sees("Who may do what")
    return joan


async def test_the_first_admin_is_asked_and_until_then_only_initials_are_shown(database_url: str) -> None:
    async with open_door(database_url, is_set_up=False) as door:
        await door.client("Mía", "López", own_id="K-1", email="mia@example.com")
        ana = door.ana
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("M. L.")
        assert "K-1" in ana.modal.text
        assert "López" not in ana.modal.text
        assert "mia@example.com" not in ana.modal.text
        assert ana.modal.buttons == ["History", "Who gets their e-mails?", "Summary"]
        await ana.close()
        await ana.open_home()
        await ana.sees("Kinward is not set up yet.")
        joan = door.desk(OWNER)
        await joan.command("/family", channel=FRONT)
        await joan.sees("Who is your privacy officer?")
        await joan.choose("Who is your privacy officer?", OFFICER.real_name)
        await joan.choose(
            "May your Slack hold health information?", "Yes: an Enterprise plan with a signed BAA"
        )
        await joan.submit()
        await joan.sees("Kinward is set up, and you are an admin of it.")
        await joan.sees("give yourself the role of an editor.")
        await joan.click("Settings")
        await joan.sees("Who may do what")
        await joan.close_all()
        await joan.open_home()
        await joan.sees("Settings")
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("Mía López")
        seen = (await door.services.settings.look(door.actor)).standing
        officer = seen.roles.of(Holder(kind=HolderKind.PERSON, id=OFFICER.id))
        assert officer is not None
        assert StaffRole.PRIVACY_OFFICER in officer.roles


async def test_who_is_no_full_member_cannot_be_the_officer(sqlite_url: str) -> None:
    async with open_door(sqlite_url, is_set_up=False) as door:
        joan = door.desk(OWNER)
        await joan.open_home()
        await joan.click("Set Kinward up")
        await joan.choose("Who is your privacy officer?", "Toby Finch")
        await joan.choose("May your Slack hold health information?", "No, or I am not sure")
        await joan.submit()
        assert joan.modal.errors == {
            "Who is your privacy officer?": "Only full members of this workspace, please: "
            "no guests, bots or people of other workspaces."
        }


async def test_an_admin_changes_the_practice_and_is_told_of_a_mistake_at_its_field(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        joan = await settings_of(door)
        await joan.click("Change", row="Name: not given")
        await joan.fill("Name", "Elm Street")
        await joan.fill("Record kept for", "5")
        await joan.submit()
        assert joan.modal.errors == {"Record kept for": "Enter a number of 6 or more."}
        await joan.fill("Record kept for", "7")
        offered = await joan.search("Time zone", "")
        assert offered[:2] == [
            "New York, United States · Eastern (most areas) · America/New_York",
            "As the machine is set",
        ]
        assert await joan.search("Time zone", "berl") == ["Berlin, Germany · most of Germany · Europe/Berlin"]
        await joan.pick("Time zone", "Berlin, Germany")
        await joan.tick_person("Responsible staff", ANA.real_name)
        await joan.submit()
        await joan.sees("✓ The settings were saved.")
        assert "Name: Elm Street" in joan.modal.text
        assert "Responsible staff: Ana Ruiz" in joan.modal.text
        assert "Time zone: Berlin, Germany" in joan.modal.text
        assert "Record kept for: 7 years" in joan.modal.text


async def test_an_admin_gives_a_person_and_a_group_roles_and_takes_them_again(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        joan = await settings_of(door)
        await joan.click("Give a group a role")
        assert await joan.search("Which group?", "train") == ["Trainees · @trainees"]
        await joan.pick("Which group?", "Trainees")
        await joan.tick("Viewer")
        await joan.submit()
        await joan.sees("✓ The settings were saved.")
        assert "Trainees (group)\nViewer" in joan.modal.text
        noor = door.desk(VIEWER)
        await noor.command("/family show K-1", channel=FRONT)
        await noor.sees("Mía López")
        assert noor.modal.buttons == ["History", "Who gets their e-mails?", "Summary"]
        await noor.close()
        await joan.click("Give a person a role")
        await joan.choose("Who?", VIEWER.real_name)
        await joan.tick("Editor")
        await joan.submit()
        await joan.sees("Noor Haidari\nEditor")
        await noor.command("/family show K-1", channel=FRONT)
        await noor.sees("Edit client")
        await joan.menu("Noor Haidari", "Same as everybody else")
        await joan.sees_no_more("Noor Haidari")


async def test_the_last_admin_cannot_go(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await name_an_admin(door)
        joan = await settings_of(door)
        await joan.menu("Joan Mercer", "Change")
        await joan.untick("Admin")
        await joan.submit()
        sentence = "Nobody could change the settings any more. Make somebody else an admin first."
        assert list(joan.modal.errors.values()) == [sentence]
        await joan.close()
        # Without a word about her she is an admin still: she runs the workspace.
        await joan.menu("Joan Mercer", "Same as everybody else")
        await joan.sees("✓ The settings were saved.")


async def test_of_two_admins_at_once_the_second_is_told(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        joan = await settings_of(door)
        await joan.click("Change", row="Everybody else")
        await joan.sees("Which role do all other")
        await show(door, summary_days="3")
        await joan.choose("Which role do all other full members have?", "Viewer")
        await joan.submit()
        assert "Somebody else changed this" in next(iter(joan.modal.errors.values()))


@pytest.mark.parametrize(
    "typed",
    ["/family link K-1", "/family add K-1", "/family unlink K-1", "/family client new", "/family settings"],
)
async def test_a_viewer_is_refused_what_changes_anything(typed: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        noor = await give(door, VIEWER, StaffRole.VIEWER)
        await noor.command(typed, channel=FRONT)
        await noor.sees(NOT_PERMITTED)
        await noor.command("/family help", channel=FRONT)
        await noor.sees("/family show [client]")
        assert "/family link" not in noor.ephemerals()[-1]
        assert "undo" not in noor.ephemerals()[-1]
        assert "settings" not in noor.ephemerals()[-1]


async def test_an_admin_alone_sees_no_client(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        noor = await give(door, VIEWER, StaffRole.ADMIN)
        await noor.command("/family show K-1", channel=FRONT)
        await noor.sees("make yourself an editor in /family settings.")
        await noor.command("/family", channel=FRONT)
        await noor.sees("/family settings")
        await noor.open_home()
        await noor.sees("Settings")
        assert "Find a client" not in noor.home


async def test_a_button_from_before_a_role_was_taken_away_opens_nothing(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        mia = await door.client("Mía", "López", own_id="K-1")
        ana = await give(door, ANA, StaffRole.EDITOR)
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("Edit client")
        await give(door, ANA, StaffRole.VIEWER)
        for name in ("Edit client", "Link a client", "Add a contact"):
            await ana.click(name)
            await ana.sees(NOT_PERMITTED)
            await ana.close()
        await give(door, ANA)
        await ana.click("History")
        await ana.sees(NO_ROLE)
        assert await door.acts(mia.id) == ["client.added"]


async def test_a_form_from_before_a_role_was_taken_away_saves_nothing(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        mia = await door.client("Mía", "López", own_id="K-1")
        ana = await give(door, ANA, StaffRole.EDITOR)
        await ana.command("/family client edit K-1", channel=FRONT)
        await ana.fill("First name", "Mia")
        await give(door, ANA, StaffRole.VIEWER)
        await ana.submit()
        await ana.sees(NOT_PERMITTED)
        assert await door.acts(mia.id) == ["client.added"]


async def test_initials_are_revealed_one_card_at_a_time(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        mia = await door.client("Mía", "López", own_id="K-1", phone="+12125550100")
        await show(door, display=Display.INITIALS)
        ana = door.ana
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("M. L.")
        assert "555" not in ana.modal.text
        await ana.click("Reveal")
        await ana.sees("Mía López")
        assert "555-0100" in ana.modal.text
        await ana.click("Summary")
        await ana.sees("✓")
        assert "López" not in ana.modal.text
        await ana.close()
        await ana.sees("M. L.")
        assert all("López" not in message for message in ana.dms())
        await door.services.audit.drain()
        looks = TrailFilter(kinds=frozenset({History.LOOK}), client_id=mia.id)
        async with door.bot.database.reading(door.bot.workspace_id) as unit:
            acts = [entry.act for entry in await unit.audit.oldest(looks, limit=9)]
        assert acts == [Act.FAMILY_SEEN, Act.FAMILY_REVEALED, Act.SUMMARY_SENT]


async def test_where_only_messages_may_hold_names_windows_hold_none(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        await show(door, names_in_windows=False)
        ana = door.ana
        await ana.command("/family", channel=FRONT)
        assert await ana.search("Client", "mía") == ["M. L. · K-1"]
        await ana.close()
        await ana.command("/family summary K-1", channel=FRONT)
        await door.slack.until(lambda: any("Mía López" in message for message in ana.dms()))
        await ana.open_home()
        await ana.sees("Windows show initials and ids only")
        await ana.command("/family client edit K-1", channel=FRONT)
        await ana.sees("While Kinward shows initials and ids only, clients are changed by import")


async def test_who_becomes_a_guest_is_refused_at_once(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.ana.command("/family help", channel=FRONT)
        await door.ana.sees("What you can type")
        await change_person(door.slack.hub, replace(ANA, is_restricted=True))
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees(REFUSED)
        assert not door.ana.has_modal


async def test_who_leaves_a_group_loses_its_role_at_once(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await name_an_admin(door)
        group = door.slack.hub.workspace.groups["S0TRAINEES"]
        await door.services.settings.give_roles(
            door.actor, Holder(kind=HolderKind.GROUP, id=group.id), frozenset({StaffRole.PRIVACY_OFFICER})
        )
        noor = door.desk(VIEWER)
        await noor.command("/family client new", channel=FRONT)
        await noor.sees(NOT_PERMITTED)
        await change_group(door.slack.hub, replace(group, members=frozenset()))
        await noor.command("/family client new", channel=FRONT)
        await noor.sees("New client")


async def test_when_slack_cannot_say_who_is_in_a_group_the_answer_is_no(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("usergroups.users.list",)) as door:
        await name_an_admin(door)
        await door.services.settings.give_roles(
            door.actor, Holder(kind=HolderKind.GROUP, id="S0TRAINEES"), frozenset({StaffRole.VIEWER})
        )
        door.slack.fail_next("usergroups.users.list", "internal_error")
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees("Slack did not tell us who you are just now. Please try again in a moment.")
        # Who is named needs no group.
        joan = await settings_of(door)
        assert joan.has_modal


async def attempts(door: Door) -> list[tuple[str, str, str, str]]:
    """Return who was refused what, and why, newest first."""
    await door.services.audit.drain()
    asked = TrailFilter(kinds=frozenset({History.REFUSAL}))
    async with door.bot.database.reading(door.bot.workspace_id) as unit:
        entries = await unit.audit.newest(asked, limit=50)
    return [(each.by, each.by_name, each.subject_id, str((each.after or {})["why"])) for each in entries]


async def test_each_refusal_is_on_record_and_nothing_that_was_typed(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        noor = await give(door, VIEWER, StaffRole.VIEWER)
        await noor.command("/family client edit Mía López", channel=FRONT)
        await noor.sees(NOT_PERMITTED)
        await door.guest.command("/family show López", channel="C0GENERAL")
        await door.guest.sees(REFUSED)
        await door.guest.open_home()
        await door.slack.until(lambda: door.guest.home == REFUSED)
        assert await attempts(door) == [
            (GUEST.id, "Toby Finch", "home_opened", "error.not_allowed"),
            (GUEST.id, "Toby Finch", "command show", "error.not_allowed"),
            (VIEWER.id, "Noor Haidari", "command client", "error.not_permitted"),
        ]


async def test_a_stale_button_names_the_client_it_was_about(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        mia = await door.client("Mía", "López", own_id="K-1")
        ana = await give(door, ANA, StaffRole.EDITOR)
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("Edit client")
        await give(door, ANA, StaffRole.VIEWER)
        await ana.click("Edit client")
        await ana.sees(NOT_PERMITTED)
        await door.services.audit.drain()
        asked = TrailFilter(kinds=frozenset({History.REFUSAL}), client_id=mia.id)
        async with door.bot.database.reading(door.bot.workspace_id) as unit:
            (entry,) = await unit.audit.newest(asked, limit=5)
        assert entry.subject_id == "action client.edit_open"
