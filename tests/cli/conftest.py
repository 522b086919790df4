"""What the tests of the command line share: logging put back, and no setting of the machine's own."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from storage.database import Database
from tests.cli.commands import Commands
from tests.cli.exchange_desk import ExchangeDesk
from tests.processes import Nursery

VARIABLES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "PORT",
    "KINWARD_HOST",
    "SLACK_API_URL",
    "DATABASE_URL",
    "KINWARD_AUDIT_KEY",
    "KINWARD_REGION",
    "KINWARD_TIMEZONE",
    "KINWARD_LOG_FORMAT",
)


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return monkeypatch


@pytest.fixture
async def commands(nursery: Nursery) -> AsyncIterator[Commands]:
    commands = Commands(nursery)
    yield commands
    await commands.end()


@pytest.fixture
async def exchange_desk(
    environment: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    database_url: str,
    database: Database,
) -> ExchangeDesk:
    """Somebody at the command line of a practice without any client, on either engine."""
    await database.close()
    environment.setenv("DATABASE_URL", database_url)
    return ExchangeDesk(folder=tmp_path, capsys=capsys)
