"""kill -9 between any two steps of saving: all of it is there or nothing, and sent again it happens once."""

import json

import pytest

from tests.processes import Nursery
from tests.services.deeds import DEEDS

FEWEST_STEPS = 5
"""The claim, the change, its entry, the commit, the answer."""


@pytest.mark.timeout(300)
async def test_whoever_is_killed_leaves_all_of_it_or_nothing(database_url: str, nursery: Nursery) -> None:
    code, said, complaints = await nursery.run("tests.services.killed_at_work", database_url)
    assert code == 0, complaints
    steps: dict[str, int] = json.loads(said)
    assert set(steps) == set(DEEDS)
    assert min(steps.values()) >= FEWEST_STEPS, steps
