"""kill -9 between any two steps of an import: nothing is lost, and nothing comes in twice."""

import asyncio
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
FEWEST_PROCESSES = 15


@pytest.mark.timeout(300)
async def test_an_import_that_is_killed_again_and_again_comes_in_once(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.services.import_killed", database_url),
        cwd=REPOSITORY,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    assert int(said) >= FEWEST_PROCESSES
