"""`kinward run`: connected to a Slack, and stopped by a signal with everything under way done."""

import shutil
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import sqlite_url
from bot.manifest import manifest
from bot.playground.practice import ANA, CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack
from tests.cli.commands import Commands, finished, says
from tests.office import PATIENT
from tests.person import Desk
from tests.processes import Process

CLIENTS = """own_id,first_name,last_name,preferred_name,birth_date,email,phones,status
K-1,Ada,Quill,,1980-02-03,ada@example.com,,
"""


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS, timing=PATIENT)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "kinward.sqlite3"


@pytest.fixture
def settings(slack: LocalSlack, database: Path, sqlite_template: Path) -> dict[str, str]:
    database.parent.mkdir()
    shutil.copyfile(sqlite_template, database)
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": sqlite_url(database),
        "KINWARD_LOG_FORMAT": "json",
    }


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_the_data_is_and_ends_well_on_a_signal(
    commands: Commands, slack: LocalSlack, settings: dict[str, str], database: Path, which: signal.Signals
) -> None:
    shutil.rmtree(database.parent)
    process = await commands.start("run", settings=settings)

    assert await says(process, "Database: ") == f"Database: {database}\n"
    assert "T0KINWARD" in await says(process, "Connected")
    await slack.app_connected()
    process.send_signal(which)
    left = await finished(process)

    assert (left.code, left.err) == (0, "")
    assert left.out.startswith("Stopped")
    assert mode(database) == 0o600


@pytest.fixture
def over_http(settings: dict[str, str], slack: LocalSlack) -> dict[str, str]:
    """The settings for signed HTTP, without the token that it does not need."""
    del settings["SLACK_APP_TOKEN"]
    return {**settings, "SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "0"}


async def listening(process: Process) -> str:
    """Return the address that it says it listens on."""
    line = await says(process, "Listening")
    return line.removeprefix("Listening for Slack's requests on ").removesuffix(".\n")


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
async def test_over_http_it_says_where_it_listens_and_ends_well_on_a_signal(
    commands: Commands, slack: LocalSlack, over_http: dict[str, str], which: signal.Signals
) -> None:
    process = await commands.start("run", "--http", "--host", "127.0.0.1", settings=over_http)

    address = await listening(process)
    assert "T0KINWARD" in await says(process, "Connected")
    await slack.speak_http(address)
    ana = Desk(slack, ANA.id)
    await ana.command("/family", channel="C0FRONT")
    await ana.sees("There are no clients here yet")
    process.send_signal(which)
    left = await finished(process)

    assert (left.code, left.err) == (0, "")
    assert left.out.startswith("Stopped")


async def test_over_http_what_is_under_way_is_finished_first(
    commands: Commands, slack: LocalSlack, over_http: dict[str, str]
) -> None:
    process = await commands.start("run", "--http", "--host", "127.0.0.1", settings=over_http)
    await slack.speak_http(await listening(process))
    ana = Desk(slack, ANA.id)

    await ana.command("/family", channel="C0FRONT")
    process.terminate()
    left = await finished(process)

    assert left.code == 0, left.err
    assert ana.has_modal


async def test_over_http_a_port_that_is_taken_is_one_sentence(
    commands: Commands, over_http: dict[str, str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        left = await commands.run(
            "run", "--http", "--host", "127.0.0.1", settings={**over_http, "PORT": port}
        )

    assert left.code == 1
    assert left.err.splitlines()[-1].startswith("The port cannot be listened on (Address already in use): ")
    assert "Traceback" not in left.err


async def test_over_http_the_signing_secret_is_needed(commands: Commands, over_http: dict[str, str]) -> None:
    left = await commands.run("run", "--http", settings={**over_http, "SLACK_SIGNING_SECRET": ""})

    assert left.code == 1
    assert left.err.startswith(
        "SLACK_SIGNING_SECRET is not set: it is the Signing Secret under App Credentials"
    )


async def test_what_is_under_way_is_finished_first(
    commands: Commands, slack: LocalSlack, settings: dict[str, str], tmp_path: Path
) -> None:
    listed = tmp_path / "clients.csv"
    listed.write_text(CLIENTS, encoding="utf-8")
    imported = await commands.run(
        "clients", "import", str(listed), "--workspace", "T0KINWARD", settings=settings
    )
    assert imported.code == 0, imported.err
    process = await commands.start("run", settings=settings)
    await says(process, "Connected")
    ana = Desk(slack, ANA.id)

    await ana.command("/family summary K-1", channel="C0FRONT")
    process.terminate()
    left = await finished(process)

    assert left.code == 0, left.err
    # By initials, since nobody has said yet that this Slack may hold names (P1).
    assert any("A. Q." in message for message in ana.dms())
    assert "Ada" not in left.err + left.out


async def test_a_token_that_slack_takes_no_more_ends_it_with_one_sentence(
    commands: Commands, slack: LocalSlack, settings: dict[str, str]
) -> None:
    process = await commands.start("run", settings=settings)
    await says(process, "Connected")
    await slack.app_connected()

    slack.fail_next("apps.connections.open", "token_revoked")
    slack.cut_sockets()
    left = await finished(process)

    assert left.code == 1
    assert left.err.splitlines()[-1].startswith("Slack does not accept SLACK_APP_TOKEN (token_revoked): ")
    assert "Traceback" not in left.err


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("variable", "value"),
    [("SLACK_BOT_TOKEN", "xoxb-of-somebody-else"), ("SLACK_APP_TOKEN", "xapp-of-somebody-else")],
)
async def test_a_token_that_slack_does_not_take_is_one_sentence(
    commands: Commands, settings: dict[str, str], variable: str, value: str
) -> None:
    left = await commands.run("run", settings={**settings, variable: value})

    assert left.code == 1
    assert left.err.splitlines()[-1].startswith(f"Slack does not accept {variable} (invalid_auth): ")
    assert "Traceback" not in left.err
    assert "somebody-else" not in left.err


async def test_a_slack_that_cannot_be_reached_is_one_sentence(
    commands: Commands, settings: dict[str, str]
) -> None:
    nobody = {**settings, "SLACK_API_URL": "http://127.0.0.1:9/api/"}

    left = await commands.run("run", settings=nobody)

    assert left.code == 1
    assert left.err == (
        "Slack cannot be reached at 127.0.0.1: see the network, and SLACK_API_URL where that is set.\n"
    )
    assert "command.failed" not in left.out


async def test_a_database_that_cannot_be_opened_is_one_sentence(
    commands: Commands, settings: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    wrong = {**settings, "DATABASE_URL": sqlite_url(tmp_path / "file" / "kinward.sqlite3")}

    left = await commands.run("run", settings=wrong)

    assert left.code == 1
    assert "DATABASE_URL" in left.err.splitlines()[-1]
    assert "Traceback" not in left.err
