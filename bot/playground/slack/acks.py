"""The app's answer to what was handed to it, or that there was none."""

from dataclasses import dataclass

from bot.playground.slack.wire import Json


class NotAnsweredError(Exception):
    """The app gave no ack: no connection is there, or its time ran out.

    Args:
        connected: whether the payload reached the app.
        shown: what somebody reads who typed a command; by default what says which of the two it was.
        is_final: whether the app asked for an event not to be sent again.
    """

    def __init__(self, *, connected: bool, shown: str | None = None, is_final: bool = False) -> None:
        super().__init__("no ack" if connected else "no connection")
        self.connected = connected
        self.shown = shown or ("operation_timeout" if connected else "dispatch_failed")
        self.is_final = is_final


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The app's answer to an envelope."""

    payload: Json | None
    """The body that came with it, if one did."""
