"""`kinward check`: a line each, what is wrong and what to do, and nothing changed by it."""

import asyncio
import copy
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from bot.checks.audit_key import check_audit_key
from bot.checks.finding import State
from bot.checks.roles import check_roles
from bot.checks.slack import clock, scopes
from bot.checks.versions import OLDEST_SQLITE, check_versions
from bot.config import sqlite_url
from bot.domain.settings import ChosenSettings, Plan
from bot.domain.staff_access import Holder, HolderKind, RoleEntry
from bot.domain.staff_role import StaffRole
from bot.manifest import manifest
from bot.playground.practice import CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack
from storage.address import DatabaseAddress
from storage.migrating import migrate
from tests.cli.commands import Commands, Finished
from tests.databases import WORKSPACE, PostgresServer, copied_sqlite_url, opened

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def settings_of(slack: LocalSlack, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
    }


async def slack_with(described: Any) -> AsyncIterator[LocalSlack]:  # noqa: ANN401 - a JSON document
    slack = LocalSlack(described, PEOPLE, CHANNELS)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async for slack in slack_with(manifest()):
        yield slack


@pytest.fixture
async def spoiled() -> AsyncIterator[LocalSlack]:
    """A Slack in which the app was installed with a scope too few and one too many, and without Home."""
    described: Any = copy.deepcopy(manifest())
    described["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write", "users:read", "files:read"]
    described["features"]["app_home"]["home_tab_enabled"] = False
    async for slack in slack_with(described):
        yield slack


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    return copied_sqlite_url(sqlite_template, tmp_path)


def found(left: Finished) -> dict[str, str]:
    """Return each line by what it is about, with its mark in front."""
    assert "Traceback" not in left.err + left.out
    lines = [line for line in left.out.splitlines() if line[:1] in "✓!✗"]
    return {line[2:18].strip(): f"{line[0]} {line[18:]}" for line in lines}


async def test_where_everything_is_in_place_it_says_so(
    commands: Commands, slack: LocalSlack, database_url: str
) -> None:
    left = await commands.run("check", settings=settings_of(slack, database_url))

    lines = found(left)
    assert left.code == 0, left.out + left.err
    assert set(lines) == {
        "Bot token",
        "App token",
        "Scopes",
        "Home",
        "Clock",
        "Database",
        "Audit key",
        "Roles",
        "Versions",
    }
    # Nobody has typed anything in this workspace yet.
    assert lines.pop("Roles").startswith("! nobody has answered the two questions of the first start")
    assert {line[0] for line in lines.values()} == {"✓"}
    assert "T0KINWARD" in lines["Bot token"]
    assert "up to date" in lines["Database"]
    assert left.out.endswith("Nothing is wrong.\n")
    assert "xoxb" not in left.out + left.err


async def test_nothing_is_changed_or_shown_to_anybody(
    commands: Commands, slack: LocalSlack, database_url: str
) -> None:
    await commands.run("check", settings=settings_of(slack, database_url))

    assert slack.hub.views.homes == {}
    assert slack.hub.socket.connections == 0
    assert not slack.traffic.calls("chat.postMessage")


async def test_over_http_it_is_the_signing_secret_that_counts(
    commands: Commands, slack: LocalSlack, database_url: str
) -> None:
    settings = settings_of(slack, database_url)
    del settings["SLACK_APP_TOKEN"]

    left = await commands.run("check", "--http", settings=settings)
    without = await commands.run("check", "--http", settings={**settings, "SLACK_SIGNING_SECRET": ""})

    assert left.code == 0
    assert found(left)["Signing secret"].startswith("! set; ")
    assert without.code == 1
    assert found(without)["Settings"].startswith("✗ SLACK_SIGNING_SECRET is not set: ")
    assert found(without)["Scopes"].startswith("✓")


async def test_scopes_and_home_as_they_were_installed(
    commands: Commands, spoiled: LocalSlack, database_url: str
) -> None:
    left = await commands.run("check", settings=settings_of(spoiled, database_url))

    lines = found(left)
    assert left.code == 1
    assert lines["Scopes"].startswith("✗ missing: im:write, usergroups:read. Add them")
    assert lines["Home"].startswith("✗ off: switch the Home Tab on")
    assert left.out.endswith("2 things are wrong.\n")


@pytest.mark.parametrize(
    ("variable", "what", "value"),
    [
        ("SLACK_BOT_TOKEN", "Bot token", "xoxb-of-somebody-else"),
        ("SLACK_APP_TOKEN", "App token", "xapp-of-somebody-else"),
    ],
)
async def test_a_token_that_slack_does_not_take(
    commands: Commands, slack: LocalSlack, database_url: str, variable: str, what: str, value: str
) -> None:
    left = await commands.run("check", settings={**settings_of(slack, database_url), variable: value})

    assert left.code == 1
    assert found(left)[what].startswith(f"✗ Slack does not accept {variable} (invalid_auth): ")
    assert "somebody-else" not in left.out + left.err


async def test_every_missing_setting_has_a_line_and_the_rest_is_looked_at(
    commands: Commands, database_url: str
) -> None:
    left = await commands.run("check", settings={"DATABASE_URL": database_url})

    told = [line for line in left.out.splitlines() if line.startswith("✗")]
    assert left.code == 1
    assert [line.split()[2] for line in told] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert found(left)["Database"].startswith("✓")


async def test_a_slack_that_cannot_be_reached(
    commands: Commands, slack: LocalSlack, database_url: str
) -> None:
    nobody = {**settings_of(slack, database_url), "SLACK_API_URL": "http://127.0.0.1:9/api/"}

    left = await commands.run("check", settings=nobody)

    assert left.code == 1
    assert found(left)["Bot token"].startswith("✗ Slack cannot be reached: ")


async def test_a_database_that_is_not_there_yet_is_not_made(
    commands: Commands, slack: LocalSlack, tmp_path: Path
) -> None:
    file = tmp_path / "new folder" / "kinward.sqlite3"

    left = await commands.run("check", settings=settings_of(slack, sqlite_url(file)))

    assert left.code == 0
    assert found(left)["Database"] == f"! {file} is not there yet; `kinward run` makes it."
    assert not file.parent.exists()


async def test_a_database_that_cannot_be_made_or_opened(
    commands: Commands, slack: LocalSlack, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no database, and no folder")

    beneath = await commands.run(
        "check", settings=settings_of(slack, sqlite_url(tmp_path / "file" / "kinward.sqlite3"))
    )
    itself = await commands.run("check", settings=settings_of(slack, sqlite_url(tmp_path / "file")))

    assert (beneath.code, itself.code) == (1, 1)
    assert "cannot be made" in found(beneath)["Database"]
    assert "is no SQLite database" in found(itself)["Database"]


async def test_a_database_of_an_older_and_of_a_newer_version(
    commands: Commands, slack: LocalSlack, tmp_path: Path, database_url: str
) -> None:
    older = sqlite_url(tmp_path / "older.sqlite3")
    await migrate(DatabaseAddress.parse(older), "0001")
    with sqlite3.connect(str(DatabaseAddress.parse(database_url).path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    before = await commands.run("check", settings=settings_of(slack, older))
    after = await commands.run("check", settings=settings_of(slack, database_url))

    assert before.code == 0
    assert "(0001); the next `kinward run` brings it up to date" in found(before)["Database"]
    assert after.code == 1
    assert "was written by a newer Kinward (9999): update this one." in found(after)["Database"]


async def test_an_empty_postgresql_and_one_that_is_not_there(
    commands: Commands, slack: LocalSlack, postgres: PostgresServer
) -> None:
    async with postgres.bare_url() as url:
        empty = await commands.run("check", settings=settings_of(slack, url))
    gone = await commands.run("check", settings=settings_of(slack, url))

    assert empty.code == 0
    assert "has no tables yet" in found(empty)["Database"]
    assert gone.code == 1
    assert "no database of that name" in found(gone)["Database"]


@pytest.mark.parametrize(("seconds", "state"), [(299, State.GOOD), (302, State.WRONG), (-302, State.WRONG)])
def test_the_clock_may_be_off_by_five_minutes(seconds: int, state: State) -> None:
    headers = {"date": format_datetime(NOON, usegmt=True)}

    assert clock(headers, now=NOON + timedelta(seconds=seconds)).state is state


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}])
def test_a_slack_that_tells_no_time_proves_nothing(headers: dict[str, str]) -> None:
    assert clock(headers, now=NOON).state is State.NOTE


def test_scopes_are_compared_in_whatever_order() -> None:
    needed = "users:read,commands, im:write,chat:write, usergroups:read"

    assert scopes({"x-oauth-scopes": needed}).state is State.GOOD
    assert scopes({"x-oauth-scopes": f"{needed},files:read"}).told.endswith("files:read")
    assert scopes({"x-oauth-scopes": ""}).state is State.WRONG
    assert scopes({}).state is State.NOTE


def test_an_old_sqlite_is_told() -> None:
    assert check_versions(OLDEST_SQLITE).state is State.GOOD
    assert check_versions((3, 34, 1)).told.startswith("SQLite 3.34.1 is too old: Kinward needs 3.35 ")


def test_where_the_audit_key_is_kept_is_said_without_making_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'practice.sqlite3'}"
    file = tmp_path / "practice.sqlite3-audit-key"

    missing = check_audit_key(url, is_given=False)
    assert missing.state is State.GOOD
    assert missing.told.startswith(f"will be made, and kept in {file};")
    assert not file.exists()

    file.touch()
    assert check_audit_key(url, is_given=False).told.startswith(f"kept in {file};")
    assert check_audit_key(url, is_given=True).state is State.GOOD

    server = check_audit_key("postgresql://user:secret@db.example.org/kinward", is_given=False)
    assert server.state is State.NOTE
    assert "db-example-org-kinward-audit-key" in server.told
    assert "KINWARD_AUDIT_KEY" in server.told
    assert "secret" not in server.told


async def test_it_says_whether_there_are_roles_and_a_privacy_officer(database_url: str) -> None:
    async with opened(database_url) as database:
        told = [await check_roles(database_url)]
        async with database.writing(WORKSPACE) as unit:
            await unit.settings.choose(ChosenSettings(plan=Plan.CONFIRMED, version=1), expected_version=0)
        told.append(await check_roles(database_url))
        async with database.writing(WORKSPACE) as unit:
            holder = Holder(kind=HolderKind.PERSON, id="U1")
            await unit.settings.give(RoleEntry(holder=holder, roles=frozenset({StaffRole.PRIVACY_OFFICER})))
        told.append(await check_roles(database_url))

    assert [(each.state, each.told.partition(":")[0]) for each in told if each is not None] == [
        (State.NOTE, WORKSPACE),
        (State.NOTE, WORKSPACE),
        (State.GOOD, "set; one person or group is privacy officer"),
    ]
    assert told[0] is not None
    assert told[1] is not None
    assert "first start" in told[0].told
    assert "nobody is privacy officer" in told[1].told


def test_of_a_database_that_is_not_there_nothing_is_said_of_roles(tmp_path: Path) -> None:
    assert asyncio.run(check_roles(sqlite_url(tmp_path / "none.sqlite3"))) is None
    assert list(tmp_path.iterdir()) == []
