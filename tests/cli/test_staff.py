"""`kinward staff`: a way back in for a practice that has locked itself out."""

from collections.abc import AsyncIterator

import pytest

from bot.manifest import manifest
from bot.playground.practice import CHANNELS, GUEST, OWNER, PEOPLE, VIEWER
from bot.playground.slack import LocalSlack
from tests.cli.commands import Commands
from tests.databases import WORKSPACE

SETTINGS = "DATABASE_URL"
LINES = ["U0ANA  person  editor, admin", "S0TEAM  group  no access"]


@pytest.fixture
def settings(sqlite_url: str) -> dict[str, str]:
    return {SETTINGS: sqlite_url}


async def test_granted_listed_and_revoked(commands: Commands, settings: dict[str, str]) -> None:
    async def staff(*arguments: str) -> str:
        left = await commands.run("staff", *arguments, settings=settings)
        assert left.code == 0, left.err
        return left.out

    assert await staff("grant", "U0ANA", "--role", "admin", "--workspace", "T0ONE") == "U0ANA: admin\n"
    assert await staff("grant", "U0ANA", "--role", "editor") == "U0ANA: editor, admin\n"
    assert await staff("grant", "S0TEAM", "--role", "viewer") == "S0TEAM: viewer\n"
    assert await staff("revoke", "S0TEAM", "--role", "viewer") == "S0TEAM: no access\n"
    assert sorted((await staff("list")).splitlines()) == sorted([*LINES, "everybody else  editor"])
    assert await staff("revoke", "S0TEAM") == "S0TEAM: like everybody else\n"


async def test_one_admin_always_remains(commands: Commands, settings: dict[str, str]) -> None:
    await commands.run(
        "staff", "grant", "U0ANA", "--role", "admin", "--workspace", "T0ONE", settings=settings
    )
    for refused in (("revoke", "U0ANA"), ("revoke", "U0ANA", "--role", "admin")):
        left = await commands.run("staff", *refused, settings=settings)
        assert left.code == 1
        assert left.err == "Nobody could change the settings any more. Make somebody else an admin first.\n"


@pytest.mark.parametrize("who", ["ana", "u0ana", "C0FRONT", "U0 ANA"])
async def test_what_is_no_id_of_slacks_is_refused(
    who: str, commands: Commands, settings: dict[str, str]
) -> None:
    left = await commands.run("staff", "grant", who, "--role", "admin", settings=settings)
    assert left.code == 2
    assert "begins with U or W" in left.err


async def test_of_whom_nothing_is_said_nothing_is_taken(commands: Commands, settings: dict[str, str]) -> None:
    await commands.run(
        "staff", "grant", "U0ANA", "--role", "admin", "--workspace", "T0ONE", settings=settings
    )
    left = await commands.run("staff", "revoke", "U0SAM", settings=settings)
    assert left.code == 1
    assert left.err == "Nothing is said of U0SAM: they have the default role.\n"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS)
    await slack.start()
    yield slack
    await slack.stop()


def with_slack(settings: dict[str, str], slack: LocalSlack) -> dict[str, str]:
    return {**settings, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}


async def test_names_come_from_slack_and_stay_in_the_record(
    commands: Commands, settings: dict[str, str], slack: LocalSlack
) -> None:
    asking = with_slack(settings, slack)
    grant = ("staff", "grant", OWNER.id, "--role", "admin", "--workspace", WORKSPACE)
    left = await commands.run(*grant, settings=asking)
    assert (left.out, left.err) == ("U0JOAN (Joan Mercer): admin\n", "")
    listed = await commands.run("staff", "list", settings=asking)
    assert listed.out.splitlines()[0] == "U0JOAN (Joan Mercer)  person  admin"
    kept = await commands.run("audit", "export", "--format", "jsonl", settings=settings)
    assert '"U0JOAN": "Joan Mercer"' in kept.out


@pytest.mark.parametrize("who", [GUEST.id, "U0NOBODY", "S0NOBODY"])
async def test_whom_slack_does_not_know_as_staff_is_refused(
    who: str, commands: Commands, settings: dict[str, str], slack: LocalSlack
) -> None:
    grant = ("staff", "grant", who, "--role", "admin", "--workspace", WORKSPACE)
    left = await commands.run(*grant, settings=with_slack(settings, slack))
    assert left.code == 1
    assert "full members" in left.err or "not in your Slack" in left.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-revoked"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "nonsense"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack cannot be asked"),
    ],
)
async def test_where_slack_says_nothing_whoever_is_locked_out_still_gets_in(
    given: dict[str, str], told: str, commands: Commands, settings: dict[str, str], slack: LocalSlack
) -> None:
    grant = ("staff", "grant", VIEWER.id, "--role", "admin", "--workspace", WORKSPACE)
    left = await commands.run(*grant, settings={**with_slack(settings, slack), **given})
    assert (left.code, left.out) == (0, "U0NOOR: admin\n")
    assert told in left.err
    assert len(left.err.splitlines()) == 1
