"""Signed HTTP that can end well: Slack calls the bot, and what it has called for is answered at the end."""

from slack_bolt.async_app import AsyncApp

from bot.adapters.listening import AsgiApp, CannotListenError, Listening
from bot.adapters.slack_door import EVENTS_PATH, SlackDoor

ANSWERED_SECONDS = 3
"""Slack waits so long for an answer: whatever was taken before is answered by then."""

__all__ = ["ANSWERED_SECONDS", "CannotListenError", "SignedHttp"]


class SignedHttp:
    """Listens for Slack's requests.

    Args:
        app: what answers them.
        signing_secret: what Slack signs them with.
        host: the address to listen on.
        port: the port; 0 takes any free one.
        others: what answers requests that are none of Slack's.
    """

    def __init__(
        self, app: AsyncApp, signing_secret: str, *, host: str, port: int, others: AsgiApp | None = None
    ) -> None:
        door = SlackDoor(app, signing_secret, others=others)
        self._listening = Listening(
            door, host=host, port=port, answered_seconds=ANSWERED_SECONDS, name="signed-http"
        )

    @property
    def address(self) -> str:
        """Where Slack's requests are taken, once it has begun."""
        return f"{self._listening.address}{EVENTS_PATH}"

    @property
    def root(self) -> str:
        """Where other requests are taken, without a slash at the end."""
        return self._listening.address

    async def begin(self) -> None:
        """Listen.

        Raises:
            CannotListenError: the port is taken, or not ours to use.
        """
        await self._listening.begin()

    async def end(self) -> None:
        """Take no more requests, and answer those that were taken."""
        await self._listening.end()
