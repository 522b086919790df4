"""A local Slack that waits for no ack, so that the tests of silence do not wait for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.playground.slack import LocalSlack


@contextmanager
def impatient(slack: LocalSlack, *, seconds: float = 0.1) -> Iterator[None]:
    """Let what is sent in this block wait only so long for its ack."""
    before = slack.timing
    slack.timing = replace(before, ack_seconds=seconds)
    try:
        yield
    finally:
        slack.timing = before
