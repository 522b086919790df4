"""No cell is a formula to a spreadsheet, and every cell comes back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.roster.cells import phones_cell, phones_in
from bot.adapters.roster.family_cells import label_cell, label_in, roles_cell, roles_in
from bot.adapters.roster.formulas import as_meant, neutralised
from bot.domain.folding import tidy
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.roles import DOCUMENTED_ROLES, Role, RoleHeld

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - the wide forms, on purpose
texts = st.text(alphabet=st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "a", "1", "＝", " "]))  # noqa: RUF001 - the same
typed = st.text(alphabet=st.sampled_from(list("ab1:;|,/\"'()=+- ")), max_size=12).map(tidy).filter(bool)
written = st.text(alphabet=st.sampled_from(list("ab1:;|,/\\\"'()=+- ")), max_size=12).map(tidy).filter(bool)


@given(st.one_of(texts, st.text()))
def test_every_cell_comes_back_and_none_is_a_formula(cell: str) -> None:
    safe = neutralised(cell)
    assert not safe.startswith(DANGEROUS)
    assert as_meant(safe) == cell


@pytest.mark.parametrize("cell", ["'s-Gravenhage", "'", "O'Neil", "", "'a"])
def test_an_apostrophe_that_guards_nothing_stays(cell: str) -> None:
    assert as_meant(cell) == cell


numbers = st.one_of(
    st.sampled_from(["+12125550100", "ask for Ana; or Ben", "call 5, 6pm", "a / b", "5|6", "w", "1 (home)"]),
    written.filter(lambda text: not text.startswith(("'", '"'))),
)


@given(st.lists(st.builds(Phone, number=numbers, label=st.sampled_from(PhoneLabel)), max_size=3))
def test_numbers_come_back_with_what_they_are_for(phones: list[Phone]) -> None:
    assert [phone for phone, _ in phones_in(phones_cell(phones), None)] == phones


@given(
    st.lists(
        st.builds(
            lambda role, document: RoleHeld(role=role, document=document if role in DOCUMENTED_ROLES else ""),
            st.sampled_from(Role),
            st.one_of(st.just(""), typed),
        ),
        max_size=3,
    )
)
def test_roles_come_back_with_their_papers(roles: list[RoleHeld]) -> None:
    assert roles_in(roles_cell(roles)) == tuple(roles)


@pytest.mark.parametrize(
    "label",
    [
        *(
            Label(kinship=kinship)
            for kinship in Kinship
            if kinship not in (Kinship.OTHER, Kinship.NOT_STATED)
        ),
        *map(Label.of_word, Word),
        Label.in_own_words("mother"),
        Label.in_own_words("other: coach"),
    ],
)
def test_relationships_come_back(label: Label) -> None:
    assert label_in(label_cell(label)) == label
