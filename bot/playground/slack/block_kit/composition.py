"""The small objects of Block Kit: texts, options, confirmation dialogs.

The numbers are Slack's documented limits: a value of exactly the limit is accepted, one more is refused.
"""

from bot.playground.slack.block_kit.rules import Boolean, Kinds, Listed, Rule, Shape, String

LONGEST_TEXT = 3000
BLOCK_ID = String(minimum=1, maximum=255)
ACTION_ID = String(minimum=1, maximum=255)
URL = String(minimum=1, maximum=3000)


def plain(maximum: int = LONGEST_TEXT) -> Kinds:
    """A `plain_text` object of at most so many characters."""
    return Kinds(shapes={"plain_text": _plain_shape(maximum)})


def text(maximum: int = LONGEST_TEXT) -> Kinds:
    """A `plain_text` or `mrkdwn` object of at most so many characters."""
    return Kinds(
        shapes={"plain_text": _plain_shape(maximum), "mrkdwn": _mrkdwn_shape(maximum)}, alternatives=True
    )


def _plain_shape(maximum: int) -> Shape:
    return Shape(required={"text": String(minimum=1, maximum=maximum)}, optional={"emoji": Boolean()})


def _mrkdwn_shape(maximum: int) -> Shape:
    return Shape(required={"text": String(minimum=1, maximum=maximum)}, optional={"verbatim": Boolean()})


OPTION_VALUE = String(minimum=1, maximum=150)


def _option(label: Rule, **optional: Rule) -> Shape:
    return Shape(required={"text": label, "value": OPTION_VALUE}, optional=optional)


SELECT_OPTION = _option(plain(75), description=plain(75))
CHOICE_OPTION = _option(text(75), description=text(75))
OVERFLOW_OPTION = _option(plain(75), url=URL)

SELECT_OPTIONS = Listed(item=SELECT_OPTION, minimum=1, maximum=100)
OPTION_GROUP = Shape(required={"label": plain(75), "options": SELECT_OPTIONS})
OPTION_GROUPS = Listed(item=OPTION_GROUP, minimum=1, maximum=100)

PLACEHOLDER = plain(150)
CONFIRM = Shape(
    required={"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": String(choices=("primary", "danger"))},
)
