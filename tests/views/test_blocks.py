"""The elements at Slack's limits: what fits is left as it is, and one more is cut so that it fits."""

from datetime import date

import pytest

from bot.playground.slack.block_kit import view_problems
from bot.views import blocks
from bot.views.blocks import Choice, ChoiceGroup, Confirmation, Input, Json, OptionGroups

FIELD = Input(block_id="b", action_id="a", label="Label", hint="Hint")


def problems(*shown: Json, title: str = "Title", submit: str = "Send") -> list[str]:
    view = blocks.modal(callback_id="v", title=title, close=submit, submit=submit, blocks=shown)
    return [str(problem) for problem in view_problems(view, kind="modal")]


@pytest.mark.parametrize("most", [1, 2, 24, 75, 3000])
def test_a_text_that_fits_is_left_alone_and_a_longer_one_is_cut(most: int) -> None:
    assert blocks.cut("x" * most, most) == "x" * most
    cut = blocks.cut("x" * (most + 1), most)
    assert len(cut) == most
    assert cut.endswith("…")


def test_a_text_is_not_cut_behind_a_blank_and_is_never_empty() -> None:
    assert blocks.cut("word another", 6) == "word…"
    assert blocks.plain("")["text"] == " "


@pytest.mark.parametrize("over", [0, 1])
def test_texts_at_their_limits(over: int) -> None:
    def text(most: int) -> str:
        return "x" * (most + over)

    confirm = Confirmation(title=text(100), text=text(300), confirm=text(30), deny=text(30))
    choice = Choice(text=text(75), value="v" * 150, description=text(75))
    named = Input(block_id="n", action_id="a", label=text(2000), hint=text(2000))
    shown = (
        blocks.header(text(150)),
        blocks.section(
            text(3000), accessory=blocks.overflow("a", [Choice(text=text(75), value="v" * 150)]), block_id="s"
        ),
        blocks.context(text(3000)),
        blocks.actions(blocks.button(text(75), "a", value="v" * 2000, style="danger", confirm=confirm)),
        named.select([choice], choice.value, placeholder=text(150)),
        Input(block_id="t", action_id="a", label="l").text(text(3000), placeholder=text(150)),
        Input(block_id="d", action_id="a", label="l").day(date(2024, 2, 29), placeholder=text(150)),
        Input(block_id="e", action_id="a", label="l").type_ahead(choice, placeholder=text(150)),
        Input(block_id="g", action_id="a", label="l").grouped_select(
            OptionGroups([ChoiceGroup(label=text(75), choices=(choice,))]), choice.value
        ),
    )
    assert problems(*shown, title=text(24), submit=text(24)) == []


@pytest.mark.parametrize("over", [0, 1])
def test_counts_at_their_limits(over: int) -> None:
    def choices(most: int) -> list[Choice]:
        return [Choice(text="x", value=str(number)) for number in range(most + over)]

    shown = (
        blocks.section("x", accessory=blocks.overflow("a", choices(5))),
        blocks.context(*("x" for _ in range(10 + over))),
        FIELD.radio(choices(10), "0"),
        Input(block_id="c", action_id="a", label="l").checkboxes(choices(10), ["0", "9"]),
        Input(block_id="s", action_id="a", label="l").select(choices(100), "99"),
    )
    assert problems(*shown) == []
    assert problems(*(blocks.divider() for _ in range(100 + over))) == []


def test_a_group_holds_a_hundred_and_nothing_beyond_them_is_chosen() -> None:
    group = ChoiceGroup(
        label="x", choices=tuple(Choice(text="x", value=str(number)) for number in range(101))
    )
    assert problems(FIELD.grouped_select(OptionGroups([group]), "99")) == []
    assert problems(FIELD.grouped_select(OptionGroups([group]), "100")) == []


def test_a_choice_that_is_not_offered_is_not_chosen() -> None:
    one = [Choice(text="x", value="1")]
    for shown in (FIELD.radio(one, "2"), FIELD.select(one, "2"), FIELD.checkboxes(one, ["2"])):
        assert "initial" not in str(shown)
        assert problems(shown) == []
