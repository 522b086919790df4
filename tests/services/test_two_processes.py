"""Two processes of staff on one family: every invariant holds, and nobody finds the database locked."""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.client import ClientDetails
from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from bot.domain.relationship import Contact
from storage.database import Database
from tests.services.family_rules import check_family, check_nobody_is_both, check_relation
from tests.services.practice import Practice
from tests.services.replay import Replay

REPOSITORY = Path(__file__).parents[2]
PROCESSES, ACTS = 2, 240


async def at_work(url: str, seed: int) -> Counter[str]:
    """Run one process of staff to its end, and return what it did."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.services.staff_at_work",
        url,
        str(seed),
        str(ACTS),
        cwd=REPOSITORY,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    return Counter(json.loads(said))


@pytest.mark.timeout(300)
async def test_two_processes_keep_every_family_straight(
    database: Database, database_url: str, practice: Practice
) -> None:
    for number in range(5):
        details = ClientDetails(first_name=f"Client{number}", phones=(Phone(number="+12125550111"),))
        await practice.clients.add(practice.dana, details)

    done = await asyncio.gather(*(at_work(database_url, seed) for seed in range(1, PROCESSES + 1)))

    together = sum(done, Counter[str]())
    assert together.total() == PROCESSES * ACTS
    assert sum(1 for each in done if each["link"] + each["add"] + each["edit"]) == PROCESSES
    families, entries = await everything(practice)
    await check_everything(database, practice, families, entries)
    assert {entry.by for entry in entries} >= {"U10", "U11", "U20", "U21"}
    assert {Act.LINK_ADDED, Act.CONTACT_ADDED, Act.ROLES_CHANGED} <= {entry.act for entry in entries}


async def everything(practice: Practice) -> tuple[dict[ClientId, Family], list[HistoryEntry]]:
    """Read every family, and every entry of the history in order."""
    clients = (await practice.clients.find(practice.dana, "", limit=100)).clients
    families = {each.id: await practice.relationships.family(practice.dana, each.id) for each in clients}
    entries = {
        entry.number: entry
        for client_id in families
        for entry in await practice.reader.of_client(practice.dana, client_id, limit=10_000)
    }
    return families, [entries[number] for number in sorted(entries)]


async def check_everything(
    database: Database, practice: Practice, families: dict[ClientId, Family], entries: list[HistoryEntry]
) -> None:
    """Check what is stored against its rules, and against what the history comes to."""
    replay = Replay()
    for entry in entries:
        replay.apply(entry)
    stored: dict[str, object] = {client_id: family.client for client_id, family in families.items()}
    async with database.reading(practice.dana.workspace_id) as unit:
        for subject_id, kept in replay.kept.items():
            if "sides" not in kept:
                continue
            relation = await unit.relations.get(subject_id)  # type: ignore[arg-type] # a link's or a contact's
            assert relation is not None
            check_relation(relation, families)
            person = None
            if isinstance(relation, Contact) and relation.is_active:
                person = await unit.people.get(relation.person_id)
            stored[subject_id] = relation, person
    assert stored == replay.state()
    check_nobody_is_both([each[0] for each in stored.values() if isinstance(each, tuple)], entries)
    for family in families.values():
        check_family(family)
        order = [member.relation.id for member in family.emergency_contacts]
        assert order == replay.orders.get(family.client.id, [])
