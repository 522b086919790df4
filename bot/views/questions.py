"""Questions that stand above a form when staff must decide: a likely duplicate, an address in use (R12, R14).

The form below keeps what was typed, so that going back loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.ids import ClientId
from bot.views.blocks import MAX_CHECKBOXES, MAX_OPTION, Choice, Input, Json, cut
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId
from bot.views.metadata import opaque_id
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, status_text, with_year

SOMEBODY_NEW = "new"
_MOST_NAMED = 5


class AddressAnswer(StrEnum):
    """What to do with an address that other clients use."""

    GO_BACK = "back"
    USE_ANYWAY = "use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What is to be asked above a form."""

    duplicates: tuple[Client, ...] = ()
    address_holders: tuple[Client, ...] = ()
    somebody_new_chosen: bool = False
    """The first question was answered already, and the second one came up."""


NO_QUESTIONS = Questions()


def question_blocks(questions: Questions) -> list[Json]:
    """Return the questions, or nothing."""
    blocks = []
    if questions.duplicates:
        field = Input(
            block_id=BlockId.DUPLICATES,
            action_id=ActionId.INPUT,
            label=say("question.duplicates"),
            hint=say("question.duplicates_hint"),
            focus=not questions.address_holders,
        )
        known = [_duplicate(client) for client in questions.duplicates[: MAX_CHECKBOXES - 1]]
        somebody_new = Choice(text=say("question.somebody_new"), value=SOMEBODY_NEW)
        chosen = SOMEBODY_NEW if questions.somebody_new_chosen else None
        blocks.append(field.radio([*known, somebody_new], chosen))
    if questions.address_holders:
        field = Input(
            block_id=BlockId.ADDRESS,
            action_id=ActionId.INPUT,
            label=say("question.address", names=_names(questions.address_holders)),
            hint=say("question.address_hint"),
            focus=True,
        )
        choices = [
            Choice(text=say(f"question.address_{each.name.lower()}"), value=each) for each in AddressAnswer
        ]
        blocks.append(field.radio(choices))
    return blocks


def _duplicate(client: Client) -> Choice:
    about = SEPARATOR.join(part for part in (distinction(client), status_text(client)) if part)
    name = cut(client.display_name, MAX_OPTION)
    return Choice(text=say("question.use", name=name), value=client.id, description=about)


def _names(holders: Sequence[Client]) -> str:
    named = ", ".join(with_year(client, most=80) for client in holders[:_MOST_NAMED])
    more = len(holders) - _MOST_NAMED
    return f"{named} {say('list.more', count=more)}" if more > 0 else named


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How the questions were answered."""

    existing: ClientId | None = None
    somebody_new: bool = False
    address: AddressAnswer | None = None


def read_answers(state: FormState) -> Answers:
    """Return the answers; a question that was not asked has none."""
    duplicate = state.chosen(BlockId.DUPLICATES)
    return Answers(
        existing=ClientId(opaque_id(duplicate)) if duplicate and duplicate != SOMEBODY_NEW else None,
        somebody_new=duplicate == SOMEBODY_NEW,
        address=member_of(AddressAnswer, state.chosen(BlockId.ADDRESS)),
    )
