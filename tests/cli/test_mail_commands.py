"""`kinward blocks`, `outbox` and `copies`: a practice owner at the terminal."""

import json
import re

import pytest

from bot.cli import main
from bot.domain.mail_copy import MailCopy
from storage.database import Database
from tests.databases import opened
from tests.mail_server import mail_server
from tests.services.mail_practice import MailPractice


async def prepared(url: str) -> list[MailCopy]:
    """Send a family's mail, of which Dave's is refused; return what is on record."""
    async with opened(url) as database, mail_server() as server:
        return await _sent(database, server.url, server.refusing)


async def _sent(database: Database, url: str, refusing: dict[str, str]) -> list[MailCopy]:
    practice = MailPractice(database)
    ana, *_ = await practice.family()
    await practice.notify(ana)
    refusing["dave@example.org"] = "550 5.7.1 policy"
    worker = practice.worker(url)
    await worker.turn()
    await worker.end()
    return await practice.record(ana.id)


class Terminal:
    """Runs commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run a command and return what it said."""
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = self._capsys.readouterr()
        assert ended.value.code == code, said
        return said.err if code else said.out


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str], environment: pytest.MonkeyPatch, sqlite_url: str
) -> Terminal:
    environment.setenv("DATABASE_URL", sqlite_url)
    return Terminal(capsys)


@pytest.fixture
def record(sqlite_url: str) -> list[MailCopy]:
    import asyncio  # noqa: PLC0415 - the commands have loops of their own, so the test has none

    return asyncio.run(prepared(sqlite_url))


def test_an_entry_is_made_seen_and_lifted(terminal: Terminal, record: list[MailCopy]) -> None:
    assert record
    said = terminal("blocks", "add", "Ana Ruiz", "dave vega", "--class", "court_order", "--document", "7/26")
    found = re.search(r"Entered as (\w+):", said)
    assert found is not None
    terminal("blocks", "add", "Ana Ruiz", "eve@example.com", "--class", "safety", "--expires", "2099-01-31")
    listed = terminal("blocks", "list", "ana@example.com")
    assert "Dave Vega  court_order  7/26" in listed
    assert "eve@example.com  safety  until 2099-01-31" in listed
    assert "Say why" in terminal("blocks", "lift", found.group(1), "--reason", " ", code=1)
    assert "It has ended." in terminal("blocks", "lift", found.group(1), "--reason", "It has ended.")
    assert "Dave" not in terminal("blocks", "list", "Ana Ruiz")
    assert "lifted by" in terminal("blocks", "list", "Ana Ruiz", "--lifted")


def test_whom_nobody_knows_cannot_be_entered(terminal: Terminal, record: list[MailCopy]) -> None:
    assert record
    assert terminal("blocks", "add", "Ana Ruiz", "Nobody", "--class", "safety", code=1)
    assert terminal("blocks", "add", "Nobody", "eve@example.com", "--class", "safety", code=1)
    assert "e-mail" in terminal("blocks", "add", "Ana Ruiz", "eve@", "--class", "safety", code=1)
    assert "Nobody is entered." in terminal("blocks", "list", "Ana Ruiz")


def test_what_was_refused_is_tried_again_or_dropped(terminal: Terminal, record: list[MailCopy]) -> None:
    refused = next(copy for copy in record if copy.address == "dave@example.org")
    assert "Nothing waits." in terminal("outbox", "list", "--waiting")
    listed = terminal("outbox", "list")
    assert refused.id in listed
    assert "5.7.1" in listed
    assert "dave" not in listed.casefold()
    assert "is tried again" in terminal("outbox", "retry", refused.id)
    assert refused.id in terminal("outbox", "list", "--waiting")
    assert "will not be sent" in terminal("outbox", "drop", refused.id)
    assert refused.id in terminal("outbox", "retry", refused.id, code=1)
    assert "Nothing was given up." in terminal("outbox", "list")


def test_a_misdirected_copy_is_exported(terminal: Terminal, record: list[MailCopy]) -> None:
    sent = next(copy for copy in record if copy.address == "ben@example.com")
    assert sent.id in terminal("copies", "list", "Ana Ruiz")
    said = terminal("copies", "misdirected", "Ana Ruiz", sent.id, "--note", "An old address.")
    incident = json.loads(said)
    assert incident["recipient"]["address"] == "ben@example.com"
    assert incident["misdirected"]["note"] == "An old address."
    assert [entry["act"] for entry in incident["history_of_the_relation"]] == [
        "link.added",
        "sharing.changed",
    ]
    assert json.loads(terminal("copies", "incident", "Ana Ruiz", sent.id)) == incident
    assert "misdirected" in terminal("copies", "list", "Ana Ruiz")
