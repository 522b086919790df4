"""Each interactive element: its fields, their limits, and where it may stand.

An element that is not in this table is refused as unsupported.
"""

from bot.playground.slack.block_kit import checks
from bot.playground.slack.block_kit.composition import (
    ACTION_ID,
    CHOICE_OPTION,
    CONFIRM,
    LONGEST_TEXT,
    OPTION_GROUPS,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    SELECT_OPTION,
    SELECT_OPTIONS,
    URL,
    plain,
)
from bot.playground.slack.block_kit.rules import Boolean, Integer, Kinds, Listed, Rule, Shape, String

FOCUS: dict[str, Rule] = {"focus_on_load": Boolean()}
ASKS: dict[str, Rule] = {"action_id": ACTION_ID, "confirm": CONFIRM}
TYPED: dict[str, Rule] = {
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": Shape(
        optional={
            "trigger_actions_on": Listed(
                item=String(choices=("on_enter_pressed", "on_character_entered")), minimum=1, maximum=2
            )
        }
    ),
    **FOCUS,
}
USER_ID = String(pattern=r"[UW][A-Z0-9]+", pattern_says="must be a valid user ID")
CHOICES = Listed(item=CHOICE_OPTION, minimum=1, maximum=10)

ELEMENTS = Kinds(
    shapes={
        "button": Shape(
            required={"text": plain(75)},
            optional={
                **ASKS,
                "url": URL,
                "value": String(minimum=1, maximum=2000),
                "style": String(choices=("primary", "danger")),
                "accessibility_label": String(minimum=1, maximum=75),
            },
        ),
        "overflow": Shape(
            required={"options": Listed(item=OVERFLOW_OPTION, minimum=1, maximum=5)}, optional=ASKS
        ),
        "static_select": Shape(
            optional={
                **ASKS,
                **FOCUS,
                "placeholder": PLACEHOLDER,
                "options": SELECT_OPTIONS,
                "option_groups": OPTION_GROUPS,
                "initial_option": SELECT_OPTION,
            },
            checks=(checks.exactly_one("options", "option_groups"), checks.initial_option_offered),
        ),
        "multi_static_select": Shape(
            optional={
                **ASKS,
                **FOCUS,
                "placeholder": PLACEHOLDER,
                "options": SELECT_OPTIONS,
                "option_groups": OPTION_GROUPS,
                "initial_options": SELECT_OPTIONS,
                "max_selected_items": Integer(minimum=1),
            },
            checks=(checks.exactly_one("options", "option_groups"), checks.initial_options_offered),
        ),
        "external_select": Shape(
            optional={
                **ASKS,
                **FOCUS,
                "placeholder": PLACEHOLDER,
                "initial_option": SELECT_OPTION,
                "min_query_length": Integer(minimum=0),
            },
        ),
        "users_select": Shape(
            optional={
                **ASKS,
                **FOCUS,
                "placeholder": PLACEHOLDER,
                "initial_user": USER_ID,
            },
        ),
        "multi_users_select": Shape(
            optional={
                **ASKS,
                **FOCUS,
                "placeholder": PLACEHOLDER,
                "initial_users": Listed(item=USER_ID, minimum=1),
                "max_selected_items": Integer(minimum=1),
            },
        ),
        "checkboxes": Shape(
            required={"options": CHOICES},
            optional={**ASKS, **FOCUS, "initial_options": CHOICES},
            checks=(checks.initial_options_offered,),
        ),
        "radio_buttons": Shape(
            required={"options": CHOICES},
            optional={**ASKS, **FOCUS, "initial_option": CHOICE_OPTION},
            checks=(checks.initial_option_offered,),
        ),
        "datepicker": Shape(
            optional={**ASKS, **FOCUS, "placeholder": PLACEHOLDER, "initial_date": String()},
            checks=(checks.initial_date_exists,),
        ),
        "plain_text_input": Shape(
            optional={
                **TYPED,
                "initial_value": String(maximum=LONGEST_TEXT),
                "multiline": Boolean(),
                "min_length": Integer(minimum=0, maximum=3000),
                "max_length": Integer(minimum=1, maximum=3000),
            },
            checks=(checks.lengths_in_order,),
        ),
        "email_text_input": Shape(optional={**TYPED, "initial_value": String(maximum=LONGEST_TEXT)}),
        "number_input": Shape(
            required={"is_decimal_allowed": Boolean()},
            optional={
                **TYPED,
                "initial_value": String(minimum=1),
                "min_value": String(minimum=1),
                "max_value": String(minimum=1),
            },
            checks=(checks.numbers_in_order,),
        ),
    }
)

_CHOOSING = (
    "static_select",
    "multi_static_select",
    "external_select",
    "users_select",
    "multi_users_select",
    "checkboxes",
    "radio_buttons",
    "datepicker",
)
IN_SECTION = ELEMENTS.only("button", "overflow", *_CHOOSING)
IN_ACTIONS = IN_SECTION
IN_INPUT = ELEMENTS.only("plain_text_input", "email_text_input", "number_input", *_CHOOSING)
