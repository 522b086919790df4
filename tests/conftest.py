"""Fixtures for every test: databases of both engines."""

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage.database import Database
from tests.compiled_once import compile_once
from tests.databases import (
    ENGINES,
    PostgresServer,
    copied_sqlite_url,
    migrated_sqlite_file,
    opened,
    running_postgres,
)
from tests.processes import Nursery, running_nursery

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where pytest makes folders with names of its own
ROOM_NEEDED = 2 * 1024**3
TEMPORARY = "PYTEST_DEBUG_TEMPROOT"
"""Where pytest has its temporary folders; the machine's own place unless set."""


COLLECTED_AFTER = 20_000
"""So many new objects, instead of 700: Python looks so often for what could go that it took a tenth of the
time of the tests. Whatever was left open is found all the same, at the latest at the end."""

settings.register_profile(
    "kinward",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="KINWARD_TESTS_AT_RANDOM" not in os.environ,
    database=None,
)
settings.load_profile("kinward")
"""A busy machine makes no example wrong, and each run tries the same ones unless it is to look for others."""


def pytest_configure() -> None:
    """Have modules and statements compiled once, and temporary folders in memory where there is room.

    SQLite waits for the disk at every commit, and PostgreSQL writes all of it twice.
    """
    # Where the machine says otherwise, each worker would compile the whole program and its tests anew at each
    # run, for eight seconds, and so would what a test starts.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_once()
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_NEEDED:
        os.environ.setdefault(TEMPORARY, str(IN_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for nothing that could go while modules come, nor later through them: they stay until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(COLLECTED_AFTER)
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's data folder for the session: nothing is left in the real one, a key least of all."""
    with pytest.MonkeyPatch.context() as environment:
        folder = tmp_path_factory.mktemp("data")
        environment.setenv("XDG_DATA_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """What is logged stands beside a failure, in few words.

    Left alone, structlog draws every local variable of every frame of an exception, and the app waits.
    """
    short = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], short])


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for the session, started by the first test that needs it."""
    with running_postgres(within=os.environ.get(TEMPORARY)) as server:
        yield server


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where processes are forked for the session; started by the first test that needs one."""
    with running_nursery() as nursery:
        yield nursery


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    return migrated_sqlite_file(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty SQLite database, where the engine makes no difference."""
    return copied_sqlite_url(sqlite_template, tmp_path)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Which database: each test runs on SQLite and on PostgreSQL."""
    return str(request.param)


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a migrated, empty database."""
    if engine == "sqlite":
        yield copied_sqlite_url(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    async with server.migrated_url() as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An opened, migrated, empty database with the workspace T0KINWARD."""
    async with opened(database_url) as database:
        yield database
