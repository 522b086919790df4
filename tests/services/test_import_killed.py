"""kill -9 between any two steps of an import: nothing is lost, and nothing comes in twice."""

import pytest

from tests.processes import Nursery

FEWEST_PROCESSES = 15


@pytest.mark.timeout(300)
async def test_an_import_that_is_killed_again_and_again_comes_in_once(
    database_url: str, nursery: Nursery
) -> None:
    code, said, complaints = await nursery.run("tests.services.import_killed", database_url)
    assert code == 0, complaints
    assert int(said) >= FEWEST_PROCESSES
