"""One person at their desk, who acts by what they see: labels and the words on buttons, never ids."""

from collections.abc import Callable, Iterable
from typing import Literal

from bot.playground.slack import LocalSlack
from bot.playground.slack.acts import clicks, commands, conversation, forms, suggestions
from bot.playground.slack.block_kit.checks import options_of
from bot.playground.slack.inputs import STATEFUL
from bot.playground.slack.messages import Message
from tests.screen import Screen
from tests.what_is_seen import Found, Json, Seen, found_in, option_words, words

TYPED = ("plain_text_input", "email_text_input", "number_input", "datepicker")
CHOSEN = ("static_select", "radio_buttons", "users_select")
Trigger = Literal["on_enter_pressed", "on_character_entered"]


class Trouble(AssertionError):  # noqa: N818 - what the person would call it
    """Slack tells the person that something did not work."""


class Desk(Screen):
    """One person with Slack before them.

    Each act first waits, up to `patience` seconds, until what it is about can be seen. An act that Slack
    answers with a complaint (no answer in time, trouble connecting, an unknown command) raises Trouble with
    its words.
    """

    def __init__(self, slack: LocalSlack, user: str, *, patience: float = 60.0) -> None:
        super().__init__(slack, user, patience=patience)
        self._options: dict[tuple[str, str], list[Json]] = {}

    # Acts outside of a form

    async def command(self, text: str, *, channel: str) -> None:
        """Type a slash command; over when Slack has the app's ack, or has given up."""
        _untroubled(await commands.command(self._hub, self._user, channel=channel, text=text))

    async def open_home(self) -> None:
        """Open the app's Home."""
        _untroubled(await conversation.open_home(self._hub, self._user))
        self._at_home = True

    async def say_to_app(self, text: str) -> None:
        """Write to the app directly."""
        dm = self._hub.workspace.dm_of(self._user)
        _untroubled(await conversation.say(self._hub, self._user, channel=dm, text=text))

    async def click_message(self, text: str, *, confirm: bool | None = None) -> None:
        """Click a button in the latest message that has it."""

        def with_button() -> list[tuple[Message, Found]]:
            return [
                (message, found)
                for message in self._messages()
                for found in found_in(message.blocks)
                if found.element["type"] == "button" and words(found.element["text"]) == text
            ]

        await self._until(lambda: bool(with_button()), f"no message has a button {text!r}")
        message, found = with_button()[-1]
        surface = {"type": "message", "channel": message.channel, "ts": message.ts}
        if _agreed(found.element, confirm):
            await self._act(surface, found, {})

    # Acts in a modal or in Home

    async def fill(self, label: str, text: str) -> None:
        """Type into a field, in place of what stands there; a date is typed as YYYY-MM-DD."""
        found = await self._named(label, TYPED)
        key = STATEFUL[found.element["type"]].key
        await self._choose(found, {key: text or None}, told=_dispatches(found, "on_character_entered"))

    async def press_enter(self, label: str) -> None:
        """Press Enter in a field that tells the app then."""
        found = await self._named(label, TYPED)
        assert _dispatches(found, "on_enter_pressed"), f"Enter does nothing in the field {label!r}"
        await self._act(self._surface(), found, {})

    async def choose(self, label: str, option: str, *, confirm: bool | None = None) -> None:
        """Choose in a select or among radio buttons."""
        found = await self._named(label, CHOSEN)
        if found.element["type"] == "users_select":
            chosen: Json = {"selected_user": self._user_named(option)}
        else:
            chosen = {"selected_option": _pick(options_of(found.element), option)}
        if _agreed(found.element, confirm):
            await self._choose(found, chosen)

    async def tick(self, option: str, *, field: str | None = None) -> None:
        """Tick a checkbox, or add an option to a multi-select."""
        await self._set_ticked(option, field=field, ticked=True)

    async def tick_person(self, label: str, name: str) -> None:
        """Add somebody in a field that takes several people."""
        found = await self._named(label, ("multi_users_select",))
        view = self._view()
        assert view is not None
        now = view["state"]["values"][found.block["block_id"]][found.element["action_id"]]["selected_users"]
        await self._choose(found, {"selected_users": [*now, self._user_named(name)]})

    async def untick(self, option: str, *, field: str | None = None) -> None:
        """Untick a checkbox, or take an option out of a multi-select."""
        await self._set_ticked(option, field=field, ticked=False)

    async def search(self, label: str, text: str) -> list[str]:
        """Type into a select that searches as one types; returns what it offers, with second lines."""
        found = await self._named(label, ("external_select",))
        ids = (found.block["block_id"], found.element["action_id"])
        answer = _untroubled(
            await suggestions.suggest(self._hub, self._user, surface=self._surface(), within=ids, value=text)
        )
        self._options[ids] = list(options_of(answer))
        return [option_words(option) for option in self._options[ids]]

    async def pick(self, label: str, option: str) -> None:
        """Choose what the last search offered; without a search, search for these words first."""
        found = await self._named(label, ("external_select",))
        ids = (found.block["block_id"], found.element["action_id"])
        if ids not in self._options:
            await self.search(label, option)
        await self._choose(found, {"selected_option": _pick(self._options.pop(ids), option)})

    async def click(self, text: str, *, row: str | None = None, confirm: bool | None = None) -> None:
        """Click a button; `row` says in which row when there are several with these words."""

        def fits(found: Found) -> bool:
            named = found.element["type"] == "button" and words(found.element["text"]) == text
            return named and (row is None or row in found.row)

        found = await self._one(fits, f"button {text!r}" + (f" in the row of {row!r}" if row else ""))
        if _agreed(found.element, confirm):
            await self._act(self._surface(), found, {})

    async def menu(self, row: str, item: str, *, confirm: bool | None = None) -> None:
        """Open the `[...]` of the row that shows these words, and choose an item."""
        found = await self._one(
            lambda one: one.element["type"] == "overflow" and row in one.row, f"menu in the row of {row!r}"
        )
        option = _pick(options_of(found.element), item)
        if _agreed(found.element, confirm):
            await self._act(self._surface(), found, {"selected_option": option})

    def menu_items(self, row: str) -> list[str]:
        """Read the items of the `[...]` in the row that shows these words."""
        menus = [one for one in self._found() if one.element["type"] == "overflow" and row in one.row]
        assert len(menus) == 1, f"{len(menus)} menus in rows of {row!r}; what is seen:\n{self.text}"
        return [words(option["text"]) for option in menus[0].element["options"]]

    async def submit(self) -> None:
        """Send the form on top; complaints under fields are then in `modal.errors`."""

        def can_be_sent() -> bool:
            top = self._top()
            return top is not None and top["submit"] is not None

        # A form that was just asked for may still be on its way above a modal that has nothing to send.
        await self._until(can_be_sent, "no modal that can be sent is open")
        view = self._top()
        assert view is not None
        self._errors = None
        outcome = await forms.submit(self._hub, self._user, view_id=view["id"])
        if "errors" in outcome:
            self._errors = (view["id"], view["hash"], outcome["errors"])
        else:
            _untroubled(outcome)

    async def close(self) -> None:
        """Close the modal on top."""
        await self._close(everything=False)

    async def close_all(self) -> None:
        """Close the whole stack of modals."""
        await self._close(everything=True)

    # How it is done

    def _surface(self) -> Json:
        view = self._view()
        assert view is not None, f"neither a modal nor Home is open; what is seen:\n{self.text}"
        return {"type": "view", "view_id": view["id"]}

    def _found(self) -> list[Found]:
        view = self._view()
        return list(found_in(view["blocks"])) if view else []

    async def _named(self, label: str, kinds: Iterable[str]) -> Found:
        wanted = tuple(kinds)
        return await self._one(
            lambda found: found.element["type"] in wanted and label in found.names,
            f"field {label!r} of the kinds {', '.join(wanted)}",
        )

    async def _one(self, fits: Callable[[Found], bool], described: str) -> Found:
        """Wait until exactly one element fits."""

        def fitting() -> list[Found]:
            return [found for found in self._found() if fits(found)]

        await self._until(lambda: len(fitting()) == 1, f"there is not exactly one {described}")
        return fitting()[0]

    async def _choose(self, found: Found, chosen: Json, *, told: bool | None = None) -> None:
        """Put a value into an element; the app hears of it at once where the element tells it."""
        if found.tells_at_once if told is None else told:
            await self._act(self._surface(), found, chosen)
            return
        entry = {"type": found.element["type"], **chosen}
        state = {found.block["block_id"]: {found.element["action_id"]: entry}}
        _untroubled(clicks.report_state(self._hub, self._user, surface=self._surface(), state=state))

    async def _act(self, surface: Json, found: Found, chosen: Json) -> None:
        ids = {"block_id": found.block["block_id"], "action_id": found.element["action_id"]}
        _untroubled(await clicks.act(self._hub, self._user, surface=surface, chosen={**ids, **chosen}))

    async def _set_ticked(self, option: str, *, field: str | None, ticked: bool) -> None:
        found = await self._one(
            lambda one: (
                one.element["type"] in ("checkboxes", "multi_static_select")
                and (field is None or field in one.names)
                and any(words(known["text"]) == option for known in options_of(one.element))
            ),
            f"box {option!r}",
        )
        view = self._view()
        assert view is not None
        ids = (found.block["block_id"], found.element["action_id"])
        now = view["state"]["values"][ids[0]][ids[1]]["selected_options"]
        wanted = _pick(options_of(found.element), option)
        assert (wanted in now) is not ticked, f"{option!r} is {'ticked' if ticked else 'not ticked'} already"
        chosen = [*now, wanted] if ticked else [one for one in now if one != wanted]
        await self._choose(found, {"selected_options": chosen})

    async def _close(self, *, everything: bool) -> None:
        view = self._top()
        assert view is not None, f"no modal is open; what is seen:\n{self.text}"
        _untroubled(await forms.close(self._hub, self._user, view_id=view["id"], everything=everything))

    def _user_named(self, name: str) -> str:
        people = [person for person in self._hub.workspace.people.values() if person.real_name == name]
        assert len(people) == 1, f"{len(people)} people are called {name!r}"
        return people[0].id


def _untroubled(outcome: Json) -> Json:
    if not outcome["ok"]:
        raise Trouble(outcome["message"])
    return outcome


def _dispatches(found: Found, trigger: Trigger) -> bool:
    """Whether a text field tells the app at this point; without a word about it, Slack does so at Enter."""
    if found.element["type"] == "datepicker":
        return found.tells_at_once
    config = found.element.get("dispatch_action_config", {})
    return found.tells_at_once and trigger in config.get("trigger_actions_on", ["on_enter_pressed"])


def _agreed(element: Json, confirm: bool | None) -> bool:  # noqa: FBT001 - the person's answer, None for none
    """Answer the element's confirmation dialog; without an answer to one that comes, the person is stuck."""
    dialog = element.get("confirm")
    if dialog is None:
        assert confirm is None, "nothing asks for confirmation"
        return True
    asked = "\n".join(words(dialog[part]) for part in ("title", "text", "confirm", "deny"))
    assert confirm is not None, f"it asks for confirmation, and nobody answers:\n{asked}"
    return confirm


def _pick(options: Iterable[Json], wanted: str) -> Json:
    """Find the option with these words, or the only one that begins with them."""
    known = list(options)
    exact = [option for option in known if wanted in (words(option["text"]), option_words(option))]
    fitting = exact or [option for option in known if option_words(option).startswith(wanted)]
    offered = "\n".join(map(option_words, known))
    assert len(fitting) == 1, f"{len(fitting)} options are {wanted!r}; what is offered:\n{offered}"
    return fitting[0]


__all__ = ["Desk", "Seen", "Trouble"]
