"""Messages: what is posted in channels and direct messages, and the ephemeral ones only one person sees."""

from dataclasses import asdict, dataclass, field

from bot.playground.slack.inputs import initial_values
from bot.playground.slack.wire import Json

KEPT_PER_CHANNEL = 500


@dataclass(slots=True, kw_only=True)
class Message:
    """One message."""

    channel: str
    ts: str
    author: str
    """Id of the person, or of the app's bot user."""
    text: str
    blocks: list[Json] = field(default_factory=list)
    ephemeral_to: str | None = None
    edited: bool = False
    state: dict[str, Json] = field(default_factory=dict)
    """What each person has chosen in the message's inputs, by the person's id."""

    def values_for(self, user: str) -> Json:
        """What stands in the message's inputs for one person."""
        return self.state.get(user) or initial_values(self.blocks)

    def to_page(self, *, name: str, by_app: bool) -> Json:
        """Describe the message to the page."""
        shown: Json = {
            "channel": self.channel,
            "ts": self.ts,
            "bot" if by_app else "user": self.author,
            "name": name,
            "text": self.text,
            "ephemeral": self.ephemeral_to is not None,
            "edited": self.edited,
        }
        if self.blocks:
            shown["blocks"] = self.blocks
        return shown

    def to_slack(self, *, team: str, app_id: str, bot_id: str | None) -> Json:
        """Describe the message as a payload does; `bot_id` only for one the app posted."""
        told: Json = {
            "type": "message",
            "user": self.author,
            "text": self.text,
            "ts": self.ts,
            "team": team,
        }
        if bot_id is not None:
            told |= {"bot_id": bot_id, "app_id": app_id}
        if self.blocks:
            told["blocks"] = self.blocks
        if self.edited:
            told["edited"] = {"user": self.author, "ts": self.ts}
        return told


class Messages:
    """Keeps messages in the order in which they were posted."""

    def __init__(self) -> None:
        self._all: list[Message] = []

    def add(self, message: Message) -> None:
        """Keep a new message; past five hundred in a channel the oldest goes."""
        self._all.append(message)
        here = [known for known in self._all if known.channel == message.channel]
        if len(here) > KEPT_PER_CHANNEL:
            self._all.remove(here[0])

    def remove(self, message: Message) -> None:
        """Forget a message."""
        self._all.remove(message)

    def find(self, channel: str, ts: str, *, user: str | None = None) -> Message | None:
        """Find a message by place and time; an ephemeral one only for the person who sees it."""
        for message in self._all:
            if (message.channel, message.ts) == (channel, ts) and message.ephemeral_to in (None, user):
                return message
        return None

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What one person sees in a channel, oldest first."""
        return [
            message
            for message in self._all
            if message.channel == channel and message.ephemeral_to in (None, user)
        ]

    def ephemerals_of(self, user: str) -> list[Message]:
        """Every ephemeral message before one person, oldest first."""
        return [message for message in self._all if message.ephemeral_to == user]

    def lasting(self) -> list[Json]:
        """Everything but the ephemeral ones, to keep between starts."""
        return [asdict(message) for message in self._all if message.ephemeral_to is None]

    def restore(self, kept: list[Json]) -> None:
        """Take back what an earlier start kept."""
        self._all = [Message(**message) for message in kept]
