"""The views of a small app that shows every element once, for the tests of the page."""

from bot.playground.slack.wire import Json

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Montgomery " * 3
PEOPLE = {
    "1": ("López, Maria", "born 1984, K-0101"),
    "2": ("Lopez, Mario", "born 1990, K-0102"),
    "3": ("אברהם, נועה", "born 2011, K-0103"),
    "4": ("Nguyễn, Thị Lan", "born 1972, K-0104"),
    "5": ("*Bold* & <Sons>, _Ana_", "born 2001, K-0105"),
    "6": (f"{LONG_NAME[:70]}", "born 1950, K-0106"),
}


def plain(text: str) -> Json:
    """Make a plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """Make a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str | None = None) -> Json:
    """Make an option."""
    made: Json = {"text": plain(text), "value": value}
    return made | ({"description": plain(description)} if description else {})


def button(text: str, action_id: str, **more: object) -> Json:
    """Make a button."""
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(block_id: str, label: str, element: Json, **more: object) -> Json:
    """Make an input block whose element has the block's name as action_id."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id, **element},
        **more,
    }


def section(text: str, **more: object) -> Json:
    """Make a section with plain text."""
    return {"type": "section", "text": plain(text), **more}


def modal(title: str, blocks: list[Json], *, submit: str | None = None, **more: object) -> Json:
    """Make a modal."""
    view: Json = {"type": "modal", "title": plain(title), "blocks": blocks, **more}
    return view | ({"submit": plain(submit)} if submit else {})


COLOURS = [
    {"label": plain("Warm"), "options": [option("Red", "red"), option("Orange", "orange")]},
    {"label": plain("Cool"), "options": [option("Blue", "blue"), option("Green", "green", "like a leaf")]},
]
ROLES = [
    option("Emergency contact", "emergency", "called first"),
    option("Legal guardian", "guardian"),
    option("Caregiver", "caregiver"),
]


def every_input() -> Json:
    """Show each element that can stand in an input."""
    select = {"type": "static_select", "placeholder": plain("Choose a colour"), "option_groups": COLOURS}
    several: Json = {"type": "multi_static_select", "placeholder": plain("Choose roles"), "options": ROLES}
    return modal(
        "Every input",
        [
            field("name", "Name", {"type": "plain_text_input", "max_length": 40, "min_length": 2}),
            field(
                "note",
                "Note",
                {"type": "plain_text_input", "multiline": True, "placeholder": plain("A few words")},
                optional=True,
                hint=plain("Nobody outside the practice reads this."),
            ),
            field("mail", "E-mail", {"type": "email_text_input"}),
            field("age", "Age", {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}),
            field("born", "Birth date", {"type": "datepicker"}, optional=True),
            field("colour", "Colour", select, optional=True),
            field("client", "Client", {"type": "external_select", "min_query_length": 1}, optional=True),
            field("roles", "Roles", several, optional=True),
            field("ticks", "Tick what is true", {"type": "checkboxes", "options": ROLES}, optional=True),
            field("basis", "Basis", {"type": "radio_buttons", "options": ROLES}),
            field("owner", "Responsible", {"type": "users_select"}, optional=True),
        ],
        submit="Save",
        callback_id="every",
    )


def depth(number: int) -> Json:
    """Show one of three views that lie on each other."""
    push = {
        "type": "actions",
        "block_id": "more",
        "elements": [button("Go deeper", "push", value=str(number))],
    }
    blocks = [
        section(f"This is view {number}."),
        field("word", "Word", {"type": "plain_text_input"}, optional=True),
    ]
    return modal(
        f"View {number}", [*blocks, *([push] if number < 3 else [])], submit="Done", callback_id="depth"
    )


def growing(lines: int) -> Json:
    """Show a form to which the app adds lines while the person types."""
    kind = {
        "type": "plain_text_input",
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    return modal(
        "Growing",
        [
            *[section(f"Line {number}", block_id=f"line-{number}") for number in range(1, lines + 1)],
            field("kept", "Kept", {"type": "plain_text_input", "initial_value": "at first"}),
            field("typed", f"Typed, with {lines} lines", kind, dispatch_action=True),
            {"type": "actions", "block_id": "grow", "elements": [button("Add a line", "grow")]},
        ],
        submit="Save",
        callback_id="growing",
        private_metadata=str(lines),
    )


def narrowing(*, narrow: bool) -> Json:
    """Show a form with choices of which the app then offers fewer."""
    roles = ROLES[1:] if narrow else ROLES
    return modal(
        "Narrowing",
        [
            field("one", "One role", {"type": "static_select", "options": roles}, optional=True),
            field("only", "Only role", {"type": "radio_buttons", "options": roles}, optional=True),
            field("some", "Some roles", {"type": "checkboxes", "options": roles}, optional=True),
            {"type": "actions", "block_id": "narrow", "elements": [button("Offer fewer", "narrow")]},
        ],
        submit="Save",
        callback_id="growing",
    )


def texts() -> Json:
    """Show every block that only tells something."""
    bold = {"type": "text", "text": "bold", "style": {"bold": True}}
    pieces: list[Json] = [
        bold,
        {"type": "text", "text": " and *_~<plain>&~_* as typed, "},
        {"type": "link", "url": "https://example.com/", "text": "a link"},
        {"type": "text", "text": ", "},
        {"type": "user", "user_id": "U0ANA"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "white_check_mark"},
    ]
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        for text in ("first", "נועה אברהם", LONG_NAME)
    ]
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": pieces},
            {"type": "rich_text_list", "style": "bullet", "elements": items},
            {"type": "rich_text_list", "style": "ordered", "elements": items[:2]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "what she said"}]},
        ],
    }
    marks = "*bold* _italic_ ~gone~ `code` <https://example.com/|a page> :bell: snake_case_name"
    marked = f"{marks}\n> quoted\nlast line"
    return modal(
        "Words",
        [
            {"type": "header", "text": plain("Family of María José")},
            {"type": "context", "elements": [mrkdwn("born *1984* · K-0101")]},
            {"type": "section", "text": mrkdwn(marked)},
            {"type": "divider"},
            section("Fields", fields=[mrkdwn("*Phone*\n+1 555 0100"), plain("E-mail\nmaria@example.com")]),
            rich,
            section(LONG_NAME),
        ],
    )


def row_of(name: str, block_id: str) -> Json:
    """Show a person with the menu at the side."""
    menu: Json = {
        "type": "overflow",
        "action_id": "row",
        "options": [
            option("Edit", f"edit {block_id}"),
            option("Share e-mails", f"share {block_id}"),
            option("Remove Contact", f"remove {block_id}"),
        ],
    }
    return section(f"{name}\nmother · +1 555 0100", block_id=block_id, accessory=menu)


def buttons(said: str) -> list[Json]:
    """Show everything that acts at once."""
    ask: Json = {
        "title": plain("Switch off?"),
        "text": mrkdwn("*Maria* will get no more e-mails."),
        "confirm": plain("Switch off"),
        "deny": plain("Keep"),
        "style": "danger",
    }
    select: Json = {
        "type": "static_select",
        "action_id": "pick",
        "option_groups": COLOURS,
        "placeholder": plain("Colour"),
    }
    tick: Json = {"type": "checkboxes", "action_id": "tick", "options": ROLES[:2]}
    day: Json = {"type": "datepicker", "action_id": "day", "placeholder": plain("Since")}
    return [
        section(said, block_id="said"),
        row_of("Maria López", "maria"),
        row_of(LONG_NAME, "long"),
        section("Colour of the folder", block_id="folder", accessory=select),
        {"type": "actions", "block_id": "ticks", "elements": [tick, day]},
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                button("Add contact", "add", style="primary", value="new"),
                button("Open", "open"),
                button("Stop sharing", "stop", style="danger", confirm=ask),
            ],
        },
    ]
