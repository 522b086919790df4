"""What a handler wants Slack to be told: on the ack, and by calls that follow it in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.views.blocks import Json
from bot.views.summary import Message


@dataclass(frozen=True, slots=True)
class ReplaceForm:
    """On the ack of a submission: another view in the place of the form."""

    view: Json


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """On the ack of a submission: sentences under the inputs, by block id; what was typed stays."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Suggest:
    """On the ack of a type-ahead request: its options."""

    body: Json


Ack = ReplaceForm | FieldErrors | Suggest


@dataclass(frozen=True, slots=True)
class OpenModal:
    """Open a modal as the root of a stack; needs the trigger, which lives three seconds."""

    view: Json


@dataclass(frozen=True, slots=True)
class PushModal:
    """Open a modal above the one that was clicked in; needs the trigger."""

    view: Json


@dataclass(frozen=True, slots=True)
class UpdateModal:
    """Put another view in the place of an open one; one that was closed meanwhile is left alone."""

    view_id: str
    view: Json


@dataclass(frozen=True, slots=True)
class PublishHome:
    """Show a Home to the person."""

    view: Json


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a direct message to the person; if it cannot be sent, or may not have been, tell them so."""

    message: Message
    failed: str
    unsure: str


@dataclass(frozen=True, slots=True)
class TellPrivately:
    """Tell the person something, where they are or in their direct messages. It names no client (P6)."""

    message: Message


Call = OpenModal | PushModal | UpdateModal | PublishHome | SendMessage | TellPrivately


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes on the ack of a form or a type-ahead (nothing closes a form), and the calls that follow.

    A reply may come so late that its window is closed or its trigger dead. Then what counts is whether an
    act was `carried_out`, and the `sentence` it says, which names no client and so fits a direct message.
    """

    ack: Ack | None = None
    calls: tuple[Call, ...] = ()
    carried_out: bool = False
    sentence: str = ""
