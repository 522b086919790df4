"""Two processes of staff on one family: every invariant holds, and nobody finds the database locked."""

import asyncio
import json
from collections import Counter

import pytest

from bot.domain.client import ClientDetails
from bot.domain.history import Act
from bot.domain.phone import Phone
from tests.processes import Nursery
from tests.services.practice import Practice
from tests.services.stored import check_everything, everything

PROCESSES, ACTS = 2, 150


async def at_work(nursery: Nursery, url: str, seed: int) -> Counter[str]:
    """Run one process of staff to its end, and return what it did."""
    code, said, complaints = await nursery.run("tests.services.staff_at_work", url, str(seed), str(ACTS))
    assert code == 0, complaints
    return Counter(json.loads(said))


@pytest.mark.timeout(300)
async def test_two_processes_keep_every_family_straight(
    database_url: str, practice: Practice, nursery: Nursery
) -> None:
    for number in range(5):
        details = ClientDetails(first_name=f"Client{number}", phones=(Phone(number="+12125550111"),))
        await practice.clients.add(practice.dana, details)

    done = await asyncio.gather(*(at_work(nursery, database_url, seed) for seed in range(1, PROCESSES + 1)))

    together = sum(done, Counter[str]())
    assert together.total() == PROCESSES * ACTS
    assert sum(1 for each in done if each["link"] + each["add"] + each["edit"]) == PROCESSES
    families, entries = await everything(practice)
    await check_everything(practice, families, entries)
    assert {entry.by for entry in entries} >= {"U10", "U11", "U20", "U21"}
    assert {Act.LINK_ADDED, Act.CONTACT_ADDED, Act.ROLES_CHANGED} <= {entry.act for entry in entries}
