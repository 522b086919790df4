"""What one person has before them: the modal on top, or else replies, direct messages and Home."""

from collections.abc import Callable

from bot.playground.slack import LocalSlack
from bot.playground.slack.messages import Message
from tests.what_is_seen import Json, Seen, fields_of, found_in, surface_text, words


class Screen:
    """One person's Slack, to be looked at."""

    def __init__(self, slack: LocalSlack, user: str, *, patience: float = 30.0) -> None:
        self._slack = slack
        self._hub = slack.hub
        self._user = user
        self._patience = patience
        self._at_home = False
        self._errors: tuple[str, str, dict[str, str]] | None = None

    @property
    def modal(self) -> Seen:
        """The modal on top."""
        view = self._top()
        assert view is not None, f"no modal is open; what is seen:\n{self.text}"
        blocks, values = view["blocks"], view["state"]["values"]
        errors = self._errors_of(view)
        buttons = [one.element for one in found_in(blocks) if one.element["type"] == "button"]
        labels = {block["block_id"]: words(block["label"]) for block in blocks if block["type"] == "input"}
        return Seen(
            title=words(view["title"]),
            submit=words(view["submit"]) or None,
            close=words(view["close"]) or None,
            text=surface_text(blocks, values),
            fields={name: self._shown(value) for name, value in fields_of(blocks, values).items()},
            buttons=[words(button["text"]) for button in buttons],
            depth=len(self._hub.views.stack(self._user)),
            errors={labels[block_id]: text for block_id, text in errors.items()},
        )

    @property
    def has_modal(self) -> bool:
        """Whether a modal is open."""
        return self._top() is not None

    @property
    def home(self) -> str:
        """Everything on the app's Home; an empty text while nothing is published."""
        view = self._hub.views.homes.get(self._user)
        return surface_text(view["blocks"], view["state"]["values"]) if view else ""

    @property
    def text(self) -> str:
        """Everything seen: the modal on top, or without one the replies, the DM, Home and notices."""
        view = self._top()
        if view is not None:
            errors = self._errors_of(view).values()
            frame = [words(view["title"]), surface_text(view["blocks"], view["state"]["values"]), *errors]
            return "\n".join([*frame, words(view["submit"]), words(view["close"])])
        parts = [*self.ephemerals(), *self.dms(), *self._hub.notices.get(self._user, [])]
        return "\n".join([*parts, self.home] if self._at_home else parts)

    def ephemerals(self) -> list[str]:
        """The replies only this person sees, oldest first."""
        return [self._read(message) for message in self._hub.messages.ephemerals_of(self._user)]

    def dms(self) -> list[str]:
        """What the app wrote to this person directly, oldest first."""
        return [self._read(message) for message in self._lasting_dms()]

    def notifications(self) -> list[str]:
        """What their telephone showed of the app's direct messages: the text beside the blocks."""
        return [message.text for message in self._lasting_dms()]

    async def sees(self, text: str, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - a person's patience
        """Wait until the words are seen."""
        await self._until(lambda: text in self.text, f"the words {text!r} are not seen", timeout=timeout)

    async def sees_no_more(self, text: str) -> None:
        """Wait until the words are gone."""
        await self._until(lambda: text not in self.text, f"the words {text!r} are still seen")

    async def sees_no_modal(self) -> None:
        """Wait until every modal is closed."""
        await self._until(lambda: not self.has_modal, "a modal is open")

    def _shown(self, value: str) -> str:
        """A person who was chosen is shown by their name."""
        person = self._hub.workspace.people.get(value)
        return person.real_name if person else value

    def _top(self) -> Json | None:
        stack = self._hub.views.stack(self._user)
        return stack[-1] if stack else None

    def _view(self) -> Json | None:
        return self._top() or (self._hub.views.homes.get(self._user) if self._at_home else None)

    def _errors_of(self, view: Json) -> dict[str, str]:
        if self._errors is None or self._errors[:2] != (view["id"], view["hash"]):
            return {}
        return self._errors[2]

    async def _until(
        self,
        holds: Callable[[], bool],
        complaint: str,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - a person's patience
    ) -> None:
        try:
            await self._slack.until(holds, timeout=self._patience if timeout is None else timeout)
        except TimeoutError:
            raise AssertionError(f"{complaint}; what is seen:\n{self.text}") from None

    def _messages(self) -> list[Message]:
        places = [*self._hub.workspace.channels, self._hub.workspace.dm_of(self._user)]
        seen = [message for place in places for message in self._hub.messages.seen_by(self._user, place)]
        return sorted(seen, key=lambda message: message.ts)

    def _lasting_dms(self) -> list[Message]:
        app, dm = self._hub.workspace.app.bot_user_id, self._hub.workspace.dm_of(self._user)
        return [
            message
            for message in self._hub.messages.seen_by(self._user, dm)
            if message.author == app and message.ephemeral_to is None
        ]

    def _read(self, message: Message) -> str:
        shown = surface_text(message.blocks, message.values_for(self._user))
        return shown if message.blocks else message.text
