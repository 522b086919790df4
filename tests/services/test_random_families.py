"""Whatever several staff do, from whichever side and however often: a family stays consistent."""

import asyncio
import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.domain.history import Act
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from tests.services.bench import Bench
from tests.services.family_machine import FamilyMachine

EXAMPLES = {Engine.SQLITE: 25, Engine.POSTGRESQL: 8}
if os.environ.get("CI"):
    EXAMPLES = {Engine.SQLITE: 80, Engine.POSTGRESQL: 20}
"""How many sequences; a database server is slower to ask, and the services are the same."""

ENOUGH_FOR_EVERY_ACT = 50
ACTS = {
    Act.CLIENT_ADDED,
    Act.CLIENT_EDITED,
    Act.LINK_ADDED,
    Act.LINK_EDITED,
    Act.LINK_REMOVED,
    Act.CONTACT_ADDED,
    Act.CONTACT_EDITED,
    Act.CONTACT_REMOVED,
    Act.CONTACT_BECAME_CLIENT,
    Act.ROLES_CHANGED,
    Act.SHARING_CHANGED,
    Act.CHANGE_UNDONE,
}
"""What the sequences are made of; with enough of them, each has to come up."""


@pytest.mark.timeout(600)
def test_a_family_stays_consistent(database_url: str) -> None:
    engine = DatabaseAddress.parse(database_url).engine
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        database = Database.open(database_url)
        try:
            bench = Bench(runner, database)

            class Machine(FamilyMachine):
                def __init__(self) -> None:
                    super().__init__(bench)

            run_state_machine_as_test(
                Machine,
                settings=settings(
                    max_examples=EXAMPLES[engine],
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(database.close())
    assert bench.repeated
    if EXAMPLES[engine] >= ENOUGH_FOR_EVERY_ACT:
        assert set(bench.done) == ACTS, "some act was never carried out"
