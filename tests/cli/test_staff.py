"""`kinward staff`: a way back in for a practice that has locked itself out."""

import pytest

from tests.cli.commands import Commands

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
