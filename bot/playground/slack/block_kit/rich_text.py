"""The rich_text block: formatted text in which a name stands exactly as it was typed."""

from bot.playground.slack.block_kit.composition import BLOCK_ID, URL
from bot.playground.slack.block_kit.rules import Boolean, Integer, Kinds, Listed, Rule, Shape, String

STYLE = Shape(
    optional={name: Boolean() for name in ("bold", "italic", "strike", "code", "underline", "highlight")}
)
FILLED = String(minimum=1)
_STYLED: dict[str, Rule] = {"style": STYLE}

INLINE = Kinds(
    shapes={
        "text": Shape(required={"text": FILLED}, optional=_STYLED),
        "link": Shape(required={"url": URL}, optional={**_STYLED, "text": FILLED, "unsafe": Boolean()}),
        "emoji": Shape(required={"name": FILLED}, optional={**_STYLED, "unicode": FILLED}),
        "user": Shape(required={"user_id": FILLED}, optional=_STYLED),
        "channel": Shape(required={"channel_id": FILLED}, optional=_STYLED),
    }
)
_LINES = Listed(item=INLINE)
SECTION = Shape(required={"elements": _LINES})
LIST = Shape(
    required={
        "style": String(choices=("bullet", "ordered")),
        "elements": Listed(item=Kinds(shapes={"rich_text_section": SECTION}), minimum=1),
    },
    optional={
        "indent": Integer(minimum=0, maximum=8),
        "offset": Integer(minimum=0),
        "border": Integer(minimum=0, maximum=1),
    },
)
QUOTE = Shape(required={"elements": _LINES}, optional={"border": Integer(minimum=0, maximum=1)})

RICH_TEXT = Shape(
    required={
        "elements": Listed(
            item=Kinds(
                shapes={
                    "rich_text_section": SECTION,
                    "rich_text_list": LIST,
                    "rich_text_quote": QUOTE,
                    "rich_text_preformatted": QUOTE,
                }
            ),
            minimum=1,
        )
    },
    optional={"block_id": BLOCK_ID},
)
