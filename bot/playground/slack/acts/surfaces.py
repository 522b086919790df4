"""Where a person acts: a view that is on top before them, their Home, or a message they see."""

from dataclasses import dataclass

from bot.playground.slack.acts.outcome import NotPossibleError
from bot.playground.slack.hub import Hub
from bot.playground.slack.inputs import with_reported
from bot.playground.slack.messages import Message
from bot.playground.slack.people import Person
from bot.playground.slack.wire import Json


@dataclass(frozen=True, slots=True)
class InView:
    """A modal or Home."""

    view: Json

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        blocks: list[Json] = self.view["blocks"]
        return blocks

    def report(self, values: object) -> None:
        """Take what the client says stands in its inputs."""
        self.view["state"]["values"] = with_reported(self.blocks, self.view["state"]["values"], values)


@dataclass(frozen=True, slots=True)
class InMessage:
    """A message, as one person sees it."""

    message: Message
    user: str

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        return self.message.blocks

    def report(self, values: object) -> None:
        """Take what the client says stands in its inputs."""
        before = self.message.values_for(self.user)
        self.message.state[self.user] = with_reported(self.blocks, before, values)


def find_surface(hub: Hub, person: Person, surface: Json) -> InView | InMessage:
    """Find where a person acts, by the page's description of it.

    Raises:
        NotPossibleError: it is not before them.
    """
    if surface.get("type") == "view":
        return InView(find_view(hub, person, str(surface.get("view_id"))))
    channel, ts = str(surface.get("channel")), str(surface.get("ts"))
    message = hub.messages.find(channel, ts, user=person.id)
    if message is None or not hub.workspace.may_read(person, channel):
        raise NotPossibleError("This message is no longer there.")
    return InMessage(message, person.id)


def find_view(hub: Hub, person: Person, view_id: str) -> Json:
    """Find a view that the person can act in: their Home, or the top of their stack.

    Raises:
        NotPossibleError: it is closed, covered by another one, or before somebody else.
    """
    home = hub.views.homes.get(person.id)
    if home is not None and home["id"] == view_id:
        return home
    stack = hub.views.stack(person.id)
    if not stack or stack[-1]["id"] != view_id:
        raise NotPossibleError("This view is no longer open.")
    return stack[-1]
