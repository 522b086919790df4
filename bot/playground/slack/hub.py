"""What the parts of the local Slack share: who is there, what is open, what was said, who is told."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field

from bot.playground.slack.changes import Changes
from bot.playground.slack.clock import Clock
from bot.playground.slack.deliveries import Deliveries
from bot.playground.slack.faults import Faults
from bot.playground.slack.identifiers import Timestamps
from bot.playground.slack.interactivity import Payloads
from bot.playground.slack.messages import Message, Messages
from bot.playground.slack.read_marks import ReadMarks
from bot.playground.slack.response_urls import ResponseUrls
from bot.playground.slack.socket_mode import SocketMode
from bot.playground.slack.streams import Streams
from bot.playground.slack.traffic import Traffic
from bot.playground.slack.triggers import Triggers
from bot.playground.slack.views import Views
from bot.playground.slack.wire import Json
from bot.playground.slack.workspace import Workspace


@dataclass(slots=True, kw_only=True)
class Hub:
    """The state of the local Slack and the few steps that touch several parts of it."""

    workspace: Workspace
    clock: Clock
    timestamps: Timestamps
    views: Views
    messages: Messages
    read_marks: ReadMarks
    triggers: Triggers
    response_urls: ResponseUrls
    payloads: Payloads
    socket: SocketMode
    faults: Faults
    deliveries: Deliveries
    streams: Streams
    traffic: Traffic
    changes: Changes
    event_retry_seconds: tuple[float, ...]
    origin: str = ""
    """`http://127.0.0.1:PORT` once the server listens."""
    offers: tuple[str, ...] = ()
    """What the page shows beside Slack itself."""
    notices: dict[str, list[str]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def show_views(self, user: str) -> None:
        """Tell the person's pages which modals are open now."""
        self.streams.tell(user, {"type": "views", "stack": self.views.stack(user)})
        self.changes.notify()

    def show_home(self, user: str) -> None:
        """Tell the person's pages what their Home is now."""
        self.streams.tell(user, {"type": "home", "view": self.views.homes.get(user)})
        self.changes.notify()

    def show_unread(self, user: str) -> None:
        """Tell the person's pages what is new to them."""
        self.streams.tell(user, {"type": "unread", "counts": self.read_marks.unread(user)})
        self.changes.notify()

    def notice(self, user: str, message: str) -> None:
        """Tell one person what Slack itself has to say."""
        self.notices.setdefault(user, []).append(message)
        self.streams.tell(user, {"type": "notice", "message": message})
        self.changes.notify()

    def post(self, message: Message) -> None:
        """Post a message and show it to everybody who may see it."""
        self.messages.add(message)
        kind = "ephemeral" if message.ephemeral_to else "message"
        self._show(message, {"type": kind, "channel": message.channel, "message": self.on_page(message)})

    def edited(self, message: Message) -> None:
        """Show that a message has new content."""
        self._show(
            message,
            {"type": "message_changed", "channel": message.channel, "message": self.on_page(message)},
        )

    def delete(self, message: Message) -> None:
        """Delete a message and show that it is gone."""
        self.messages.remove(message)
        self._show(message, {"type": "message_deleted", "channel": message.channel, "ts": message.ts})

    def from_app(self, channel: str, *, text: str, blocks: list[Json], only: str | None = None) -> Message:
        """Make a message by the app; `only` names the person if nobody else shall see it."""
        return Message(
            channel=channel,
            ts=self.timestamps.next(),
            author=self.workspace.app.bot_user_id,
            text=text,
            blocks=blocks,
            ephemeral_to=only,
        )

    def on_page(self, message: Message) -> Json:
        """Describe a message to the page."""
        by_app = message.author == self.workspace.app.bot_user_id
        person = self.workspace.people.get(message.author)
        name = self.workspace.manifest.bot_name if by_app or person is None else person.real_name
        return message.to_page(name=name, by_app=by_app)

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Let something go on by itself until it ends or the server stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end_tasks(self) -> None:
        """End what goes on by itself."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _show(self, message: Message, event: Json) -> None:
        if message.ephemeral_to is not None:
            self.streams.tell(message.ephemeral_to, event)
        else:
            for person in self.workspace.readers(message.channel):
                self.streams.tell(person.id, event)
        self.changes.notify()
