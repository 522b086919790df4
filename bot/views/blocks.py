"""Block Kit elements as plain JSON, within Slack's limits.

Text is `plain_text` with `emoji: false` or `rich_text`, never mrkdwn: mrkdwn cannot escape `*_~` in a name.
Limits quoted here are Slack's, from its Block Kit reference; longer texts are cut with an ellipsis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Json = dict[str, object]

MAX_HEADER = 150
MAX_SECTION = 3000
MAX_LABEL = 2000
MAX_OPTION = 75
MAX_PLACEHOLDER = 150
MAX_BUTTON = 75
MAX_CONFIRM_TEXT = 300
MAX_TITLE = 24
MAX_CHECKBOXES = 10
MAX_SELECT_OPTIONS = 100
MAX_OVERFLOW = 5


def cut(text: str, most: int) -> str:
    """Return `text` in at most `most` characters, an ellipsis in place of what was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str, most: int = MAX_SECTION) -> Json:
    """Return a plain text object. Slack wants at least one character."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a select, radio group, checkboxes or menu; the value is an opaque id or a code."""

    text: str
    value: str
    description: str = ""

    def as_option(self) -> Json:
        """Return Slack's option object."""
        option: Json = {"text": plain(self.text, MAX_OPTION), "value": self.value}
        if self.description:
            option["description"] = plain(self.description, MAX_OPTION)
        return option


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """Options under one heading."""

    label: str
    choices: tuple[Choice, ...]


class OptionGroups:
    """Options under headings that are always the same: made into JSON once, which nobody may change."""

    def __init__(self, groups: Sequence[ChoiceGroup]) -> None:
        options = [[choice.as_option() for choice in each.choices[:MAX_SELECT_OPTIONS]] for each in groups]
        self.json: list[Json] = [
            {"label": plain(group.label, MAX_OPTION), "options": offered}
            for group, offered in zip(groups, options, strict=True)
        ]
        self.by_value = {str(option["value"]): option for offered in options for option in offered}


def header(text: str) -> Json:
    """Return a header block."""
    return {"type": "header", "text": plain(text, MAX_HEADER)}


def divider() -> Json:
    """Return a divider block."""
    return {"type": "divider"}


def section(text: str, *, accessory: Json | None = None, block_id: str | None = None) -> Json:
    """Return a section of plain text, perhaps with one element beside it."""
    block: Json = {"type": "section", "text": plain(text)}
    if accessory is not None:
        block["accessory"] = accessory
    if block_id is not None:
        block["block_id"] = block_id
    return block


def context(*texts: str) -> Json:
    """Return a line of small print; Slack takes ten elements at most."""
    return {"type": "context", "elements": [plain(text) for text in texts[:10]]}


def actions(*elements: Json, block_id: str | None = None) -> Json:
    """Return a row of buttons."""
    block: Json = {"type": "actions", "elements": list(elements)}
    if block_id is not None:
        block["block_id"] = block_id
    return block


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Slack's own confirmation dialog before a button acts at once."""

    title: str
    text: str
    confirm: str
    deny: str

    def as_confirm(self) -> Json:
        """Return Slack's confirm object; title 100, text 300, buttons 30 characters."""
        return {
            "title": plain(self.title, 100),
            "text": plain(self.text, MAX_CONFIRM_TEXT),
            "confirm": plain(self.confirm, 30),
            "deny": plain(self.deny, 30),
            "style": "danger",
        }


def button(
    text: str,
    action_id: str,
    *,
    value: str = "",
    style: str | None = None,
    confirm: Confirmation | None = None,
) -> Json:
    """Return a button; `style` is "primary" or "danger"."""
    element: Json = {"type": "button", "text": plain(text, MAX_BUTTON), "action_id": action_id}
    if value:
        element["value"] = value
    if style is not None:
        element["style"] = style
    if confirm is not None:
        element["confirm"] = confirm.as_confirm()
    return element


def overflow(action_id: str, choices: Sequence[Choice]) -> Json:
    """Return a `[...]` menu; Slack takes five options at most."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": [choice.as_option() for choice in choices[:MAX_OVERFLOW]],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What all input blocks have in common."""

    block_id: str
    action_id: str
    label: str
    hint: str = ""
    optional: bool = False
    dispatch: bool = False
    focus: bool = False
    """Put the cursor here: an input that comes up in a form would else be overlooked. One in a view."""

    def around(self, element: Json) -> Json:
        """Return the input block around an element."""
        if self.focus:
            element = {**element, "focus_on_load": True}
        block: Json = {
            "type": "input",
            "block_id": self.block_id,
            "label": plain(self.label, MAX_LABEL),
            "element": element,
            "optional": self.optional,
        }
        if self.hint:
            block["hint"] = plain(self.hint, MAX_LABEL)
        if self.dispatch:
            block["dispatch_action"] = True
        return block

    def text(
        self, value: str = "", *, multiline: bool = False, most: int = 3000, placeholder: str = ""
    ) -> Json:
        """Return a text input."""
        element: Json = {"type": "plain_text_input", "action_id": self.action_id, "max_length": most}
        if multiline:
            element["multiline"] = True
        if value:
            element["initial_value"] = value[:most]
        if placeholder:
            element["placeholder"] = plain(placeholder, MAX_PLACEHOLDER)
        return self.around(element)

    def email(self, value: str = "") -> Json:
        """Return an e-mail input."""
        element: Json = {"type": "email_text_input", "action_id": self.action_id}
        if value:
            element["initial_value"] = value
        return self.around(element)

    def number(self, value: int | None = None, *, least: int, most: int) -> Json:
        """Return an input for a whole number."""
        element: Json = {
            "type": "number_input",
            "action_id": self.action_id,
            "is_decimal_allowed": False,
            "min_value": str(least),
            "max_value": str(most),
        }
        if value is not None:
            element["initial_value"] = str(value)
        return self.around(element)

    def day(self, value: date | None = None, *, placeholder: str = "") -> Json:
        """Return a date picker."""
        element: Json = {"type": "datepicker", "action_id": self.action_id}
        if value is not None:
            element["initial_date"] = value.isoformat()
        if placeholder:
            element["placeholder"] = plain(placeholder, MAX_PLACEHOLDER)
        return self.around(element)

    def radio(self, choices: Sequence[Choice], chosen: str | None = None) -> Json:
        """Return a radio group; Slack takes ten options at most."""
        options = [choice.as_option() for choice in choices[:MAX_CHECKBOXES]]
        element: Json = {"type": "radio_buttons", "action_id": self.action_id, "options": options}
        initial = [option for option in options if option["value"] == chosen]
        if initial:
            element["initial_option"] = initial[0]
        return self.around(element)

    def checkboxes(self, choices: Sequence[Choice], chosen: Sequence[str] = ()) -> Json:
        """Return a group of checkboxes; Slack takes ten options at most."""
        options = [choice.as_option() for choice in choices[:MAX_CHECKBOXES]]
        element: Json = {"type": "checkboxes", "action_id": self.action_id, "options": options}
        initial = [option for option in options if option["value"] in chosen]
        if initial:
            element["initial_options"] = initial
        return self.around(element)

    def select(self, choices: Sequence[Choice], chosen: str | None = None, *, placeholder: str = "") -> Json:
        """Return a select of fixed options; Slack takes a hundred at most."""
        options = [choice.as_option() for choice in choices[:MAX_SELECT_OPTIONS]]
        element: Json = {"type": "static_select", "action_id": self.action_id, "options": options}
        return self._selecting(element, options, chosen, placeholder)

    def grouped_select(
        self, groups: OptionGroups, chosen: str | None = None, *, placeholder: str = ""
    ) -> Json:
        """Return a select of fixed options under headings."""
        element: Json = {
            "type": "static_select",
            "action_id": self.action_id,
            "option_groups": groups.json,
        }
        options = [groups.by_value[chosen]] if chosen in groups.by_value else []
        return self._selecting(element, options, chosen, placeholder)

    def type_ahead(self, chosen: Choice | None = None, *, placeholder: str = "", letters: int = 1) -> Json:
        """Return a select whose options the bot answers while one types, from so many letters on."""
        element: Json = {"type": "external_select", "action_id": self.action_id, "min_query_length": letters}
        if chosen is not None:
            element["initial_option"] = chosen.as_option()
        if placeholder:
            element["placeholder"] = plain(placeholder, MAX_PLACEHOLDER)
        return self.around(element)

    def _selecting(self, element: Json, options: list[Json], chosen: str | None, placeholder: str) -> Json:
        initial = [option for option in options if option["value"] == chosen]
        if initial:
            element["initial_option"] = initial[0]
        if placeholder:
            element["placeholder"] = plain(placeholder, MAX_PLACEHOLDER)
        return self.around(element)


def modal(
    *,
    callback_id: str,
    title: str,
    blocks: Sequence[Json],
    close: str,
    submit: str | None = None,
    metadata: str = "",
) -> Json:
    """Return a modal view; title and buttons have 24 characters, a view 100 blocks."""
    view: Json = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MAX_TITLE),
        "close": plain(close, MAX_TITLE),
        "blocks": list(blocks)[:100],
        "private_metadata": metadata,
    }
    if submit is not None:
        view["submit"] = plain(submit, MAX_TITLE)
    return view
