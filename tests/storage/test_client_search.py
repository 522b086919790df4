"""Finding a client by whatever the person at the desk has at hand, alike on both engines."""

import dataclasses

import pytest

from bot.domain.client import ClientStatus
from bot.domain.ids import ClientId
from bot.domain.sought import Sought
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import REMOVAL, client, link

PRACTICE = (
    client("c01", "María", "López", own_id="K-1042", email="maria.lopez@example.com"),
    client("c02", "Maria", "Lopez", own_id="K-1043", phones=("+12025550143",)),
    client("c03", "Ann-Marie", "García-López", preferred_name="Mimi"),
    client("c04", "Seán", "O'Brien", phones=("+442079460123", "ask for +12025550188")),
    client("c05", "Łukasz", "Øster", email="lukas_1@example.org"),
    client("c06", "Jürgen", "Straße", phones=("+49301234567",)),
    client("c07", "Marcus", "Zhou", status=ClientStatus.ARCHIVED),
    client("c08", "Maria", "Aal", status=ClientStatus.ARCHIVED),
    client("c09", "Maria", "Departed", status=ClientStatus.DECEASED),
    client("c10", "محمد", "علي"),
    client("c11", "50%", "Under_Score", own_id="100%"),
    client("c12", "Prince", ""),
)


@pytest.fixture
async def practice(database: Database) -> Database:
    async with database.writing(WORKSPACE) as unit:
        for each in PRACTICE:
            await unit.clients.add(each)
    return database


FOUND = {
    "maria": "c01 c02 c08 c03",
    "MARÍA lo": "c01 c02 c03",
    "lo mar": "c03 c01 c02",
    "lopez, m": "c01 c02 c03",
    "annmarie": "c03",
    "Ann-Marie": "c03",
    "marie": "c03 c01 c02 c08",
    "garcia-lopez": "c03",
    "garcialopez": "c03",
    "mimi": "c03",
    "obrien": "c04",
    "o'br": "c04",
    "brien": "c04",
    "lukasz oster": "c05",
    "strasse": "c06",
    "k-104": "c01 c02",
    "K1043": "c02",
    "1042": "c01",
    "maria.lopez@ex": "c01",
    "Maria.Lopez@Example.com": "c01",
    "<maria.lopez@example.com>": "c01",
    "lukas_1@": "c05",
    "lukasx1@": "",
    "+1 202 555 0143": "c02",
    "(202) 555-0143": "c02",
    "2025550143": "c02",
    "202.555": "c02",
    "0012025550143": "c02",
    "maria (202) 555-0143": "c02",
    "(202) 555-0143 lopez": "c02",
    "020 7946 0123": "c04",
    "20 7946 0123": "c04",
    "+44 20 7946 0123": "c04",
    "011 44 20 7946 0123": "c04",
    "030 123 4567": "c06",
    "0143": "",
    "محمد": "c10",
    "50%": "c11",
    "%": "",
    "_": "",
    "100%": "c11",
    "under_": "c11",
    "mar zhou": "c07",
    "departed": "",
    "prince": "c12",
    "maria zhou": "",
    "mraia lopez": "c01 c02",
    "marialopez": "",
    "lpoez mar": "c03 c01 c02",
    "lopezz": "c03 c01 c02",
    "zhuo": "c07",
    "jurgem": "c06",
    "brein": "c04",
    "lukas_ 1@": "",
    "garcai-lopez": "c03",
    "maria lopze 202 555 0143": "c02",
    "\x00maria\ud800 aal": "c08",
    "'; --": "",
    "  ": "c03 c01 c02 c04 c05 c12 c06 c11 c10 c08 c07",
}
"""Whom each text finds, in their order."""


async def test_what_is_typed_finds_whom_it_names(practice: Database) -> None:
    found = {}
    for text in FOUND:
        result = await practice.finding.search(WORKSPACE, Sought.read(text), limit=50)
        found[text] = " ".join(each.id for each in result.clients)
        assert result.total == len(result.clients), text
    assert found == FOUND


async def test_the_first_of_many_and_how_many_there_are(practice: Database) -> None:
    first = await practice.finding.search(WORKSPACE, Sought.read("mar"), limit=2)
    assert [each.id for each in first.clients] == ["c01", "c02"]
    assert first.total == 5
    assert first.clients[0] == PRACTICE[0]


async def test_a_client_and_the_linked_ones_are_left_out(practice: Database) -> None:
    async with practice.writing(WORKSPACE) as unit:
        await unit.relations.add(link("l1", "c01", "c02"))
        await unit.relations.add(link("l2", "c02", "c03"))
        ended = link("l3", "c01", "c08")
        await unit.relations.add(ended)
        ended = dataclasses.replace(ended, removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)
    for client_id, left in (
        ("c01", ["c03", "c08", "c07"]),
        ("c02", ["c08", "c07"]),
        ("c03", ["c01", "c08", "c07"]),
    ):
        found = await practice.finding.search(
            WORKSPACE, Sought.read("mari"), limit=9, leave_out_family_of=ClientId(client_id)
        )
        assert [each.id for each in found.clients] == left
        assert found.total == len(left)


async def test_numbers_are_read_where_they_are_asked_for(practice: Database) -> None:
    everybody = Sought.read("")
    found = await practice.finding.search(WORKSPACE, everybody, limit=20)
    without = await practice.finding.search(WORKSPACE, everybody, limit=20, with_numbers=False)
    assert {each.id for each in found.clients if each.phones} == {"c02", "c04", "c06"}
    assert [each.id for each in without.clients] == [each.id for each in found.clients]
    assert not any(each.phones for each in without.clients)


NAMED: dict[str, list[str]] = {
    "María López": ["c01", "c02"],
    "lopez, maria": ["c01", "c02"],
    "Mimi García López": ["c03"],
    "garcia-lopez, ann marie": ["c03"],
    "Maria": [],
    "Maria Lop": [],
    "k 1042": ["c01"],
    "MARIA.LOPEZ@example.com": ["c01"],
    "maria.lopez@example.co": [],
    "(202) 555-0143": ["c02"],
    "+1 202-555-0143": ["c02"],
    "202 555 014": [],
    "020 7946 0123": ["c04"],
    "maria departed": [],
    "marcus zhou": ["c07"],
    "prince": ["c12"],
    "": [],
    " - ": [],
}
"""Whom each text names exactly."""


async def test_exactly_named(practice: Database) -> None:
    found = {text: [each.id for each in await practice.finding.exact(WORKSPACE, text)] for text in NAMED}
    assert found == NAMED
