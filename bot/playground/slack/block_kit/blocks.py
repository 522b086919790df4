"""Each block: its fields and their limits. A block that is not in this table is refused as unsupported."""

from bot.playground.slack.block_kit import checks
from bot.playground.slack.block_kit.composition import BLOCK_ID, LONGEST_TEXT, plain, text
from bot.playground.slack.block_kit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.playground.slack.block_kit.rich_text import RICH_TEXT
from bot.playground.slack.block_kit.rules import Boolean, Kinds, Listed, Rule, Shape

_NAMED: dict[str, Rule] = {"block_id": BLOCK_ID}

BLOCKS = Kinds(
    shapes={
        "section": Shape(
            optional={
                **_NAMED,
                "text": text(LONGEST_TEXT),
                "fields": Listed(item=text(2000), minimum=1, maximum=10),
                "accessory": IN_SECTION,
                "expand": Boolean(),
            },
            checks=(checks.at_least_one("fields", "text"),),
        ),
        "header": Shape(required={"text": plain(150)}, optional=_NAMED),
        "context": Shape(
            required={"elements": Listed(item=text(LONGEST_TEXT), minimum=1, maximum=10)}, optional=_NAMED
        ),
        "divider": Shape(optional=_NAMED),
        "actions": Shape(
            required={"elements": Listed(item=IN_ACTIONS, minimum=1, maximum=25)},
            optional=_NAMED,
            checks=(checks.action_ids_unique,),
        ),
        "input": Shape(
            required={"label": plain(2000), "element": IN_INPUT},
            optional={**_NAMED, "hint": plain(2000), "optional": Boolean(), "dispatch_action": Boolean()},
        ),
        "rich_text": RICH_TEXT,
    }
)
