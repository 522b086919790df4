import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.config import LogFormat
from bot.log import set_up_logging
from tests.databases import copied_sqlite_url


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What the app logs, as it does when it runs for real."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging(LogFormat.JSON, stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty SQLite database, where the engine makes no difference."""
    return copied_sqlite_url(sqlite_template, tmp_path)
