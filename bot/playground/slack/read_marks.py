"""Up to where each person has read each channel, and so what is new to them."""

from bot.playground.slack.messages import Messages
from bot.playground.slack.wire import Json
from bot.playground.slack.workspace import Workspace


class ReadMarks:
    """Keeps, for each person and channel, the timestamp of the last message they had before them."""

    def __init__(self, workspace: Workspace, messages: Messages) -> None:
        self._workspace = workspace
        self._messages = messages
        self.marks: dict[str, dict[str, str]] = {}
        """Timestamps by person and channel; nothing stands for a channel never read."""

    def read(self, user: str, channel: str) -> None:
        """Mark everything in a channel as read by a person."""
        seen = self._messages.seen_by(user, channel)
        if seen:
            self.marks.setdefault(user, {})[channel] = seen[-1].ts

    def unread(self, user: str) -> Json:
        """Count what is new to a person, by channel.

        Their own messages are not new to them, and neither is a reply only they can see: Slack marks no
        channel for one.
        """
        person = self._workspace.people[user]
        channels = [*self._workspace.channels, self._workspace.dm_of(user)]
        counts = {
            channel: self._count(user, channel)
            for channel in channels
            if self._workspace.may_read(person, channel)
        }
        return {channel: count for channel, count in counts.items() if count}

    def _count(self, user: str, channel: str) -> int:
        mark = float(self.marks.get(user, {}).get(channel, "0"))
        return sum(
            float(message.ts) > mark
            for message in self._messages.seen_by(user, channel)
            if message.author != user and message.ephemeral_to is None
        )
