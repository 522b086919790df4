"""kill -9 between any two steps of saving: all of it is there or nothing, and sent again it happens once."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.services.deeds import DEEDS

REPOSITORY = Path(__file__).parents[2]
FEWEST_STEPS = 5
"""The claim, the change, its entry, the commit, the answer."""


@pytest.mark.timeout(300)
async def test_whoever_is_killed_leaves_all_of_it_or_nothing(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.services.killed_at_work",
        database_url,
        cwd=REPOSITORY,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    steps: dict[str, int] = json.loads(said)
    assert set(steps) == set(DEEDS)
    assert min(steps.values()) >= FEWEST_STEPS, steps
