"""What the app logs, as it does when it runs for real: a fixture for the folders that look at it."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.config import LogFormat
from bot.log import set_up_logging


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What the app logs, as it does when it runs for real."""
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    stream = io.StringIO()
    set_up_logging(LogFormat.JSON, stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)
    structlog.contextvars.clear_contextvars()
