"""What a command says when it cannot go on."""

import secrets

import structlog

from bot.config import ConfigurationError
from bot.domain.errors import KinwardError, StorageUnavailable
from bot.playground.port_taken import PortTaken
from bot.views.sentences import say

_log = structlog.get_logger(__name__)

NO_SUCH_CLIENT = "There is no such client: use the practice's own id."


class CannotGoOn(Exception):  # noqa: N818 - named for what is so
    """A command cannot do what was asked; the message is one sentence that says what to do."""


def _why(error: StorageUnavailable) -> str:
    from bot.checks.unavailable import sentence_of_unavailable  # noqa: PLC0415 - needed only here

    return sentence_of_unavailable(error)


def sentence_about(error: Exception) -> str:
    """Return one sentence about what went wrong; what nobody foresaw is in the log under its reference."""
    if isinstance(error, ConfigurationError | CannotGoOn | PortTaken):
        return str(error)
    if isinstance(error, StorageUnavailable):
        return f"The database cannot be used. {_why(error)}"
    if isinstance(error, KinwardError):
        return say(error.key, **error.values)
    # Most commands never talk to Slack, and what does takes long to import.
    from aiohttp import ClientConnectorError, ClientError  # noqa: PLC0415
    from slack_sdk.errors import SlackClientError  # noqa: PLC0415

    if isinstance(error, ClientConnectorError):
        return (
            f"Slack cannot be reached at {error.host}: see the network, and SLACK_API_URL where that is set."
        )
    reference = secrets.token_hex(4).upper()
    _log.error("command.failed", reference=reference, exc_info=error)
    if isinstance(error, ClientError | SlackClientError | TimeoutError):
        return f"Slack cannot be reached; see the log under {reference} and the address in SLACK_API_URL."
    return f"Something unexpected went wrong; it is in the log under {reference}."
