"""Two people's edits of one form: what the later one changed stays, the rest is as stored."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kinship import Kinship
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role
from bot.domain.sharing import Basis, Category
from bot.views.blocks import Choice, Input, Json, modal
from bot.views.client_fields import ClientInput
from bot.views.contact_form import ContactInput
from bot.views.form_state import FormState
from bot.views.ids import ANEW
from bot.views.link_form import LinkEditInput
from bot.views.meanwhile import shown_anew, told_above
from bot.views.merging import merged, merged_ticks
from bot.views.person_fields import PersonInput
from bot.views.roles_form import Paper, RolesInput, merged_roles
from bot.views.sharing_fields import Scope, SharingInput

WORDS = st.sampled_from(["", "one", "two"])
CLIENTS = st.builds(ClientInput, first_name=WORDS, email=WORDS, phones=WORDS)
TICKS = st.sets(st.sampled_from(Role)).map(lambda roles: tuple(role for role in Role if role in roles))


@given(typed=CLIENTS, opened=CLIENTS, stored=CLIENTS)
def test_each_field_is_the_persons_where_they_touched_it(
    typed: ClientInput, opened: ClientInput, stored: ClientInput
) -> None:
    shown = merged(typed, opened=opened, stored=stored)
    for field in ("first_name", "email", "phones"):
        touched = getattr(typed, field) != getattr(opened, field)
        assert getattr(shown, field) == getattr(typed if touched else stored, field)


@given(typed=TICKS, opened=TICKS, stored=TICKS)
def test_each_box_is_the_persons_where_they_touched_it(
    typed: tuple[Role, ...], opened: tuple[Role, ...], stored: tuple[Role, ...]
) -> None:
    shown = merged_ticks(typed, opened=opened, stored=stored)
    for role in Role:
        touched = (role in typed) != (role in opened)
        assert (role in shown) == (role in (typed if touched else stored))
    assert shown == tuple(role for role in Role if role in shown)


def test_what_belongs_together_is_not_torn_apart() -> None:
    opened = LinkEditInput(
        relationship=RelationshipChoice(kinship=Kinship.OTHER, own_words="a", inverse_words="b")
    )
    stored = LinkEditInput(relationship=RelationshipChoice(kinship=Kinship.SIBLING), ends_on=date(2030, 1, 1))
    typed = replace(opened, relationship=replace(opened.relationship, own_words="c"))
    shown = merged(typed, opened=opened, stored=stored, whole=(RelationshipChoice,))
    assert shown == replace(stored, relationship=typed.relationship)

    mine = SharingInput(scope=Scope.SOME, categories=frozenset({Category.OTHER}), basis=Basis.AUTHORIZATION)
    theirs = SharingInput(scope=Scope.EVERYTHING, basis=Basis.PARENT_OF_MINOR)
    contact = ContactInput(person=PersonInput(first_name="A"), sharing=mine)
    shown_contact = merged(
        contact,
        opened=ContactInput(person=PersonInput(first_name="A")),
        stored=ContactInput(person=PersonInput(first_name="B", email="b@example.org"), sharing=theirs),
        whole=(RelationshipChoice, SharingInput),
    )
    assert shown_contact == ContactInput(
        person=PersonInput(first_name="B", email="b@example.org"), sharing=mine
    )


def test_papers_are_merged_with_their_roles() -> None:
    guardian = Role.LEGAL_GUARDIAN
    opened = RolesInput(
        emergency=True, roles=(guardian,), papers=((guardian, Paper(document="1")),), position=2
    )
    stored = RolesInput(
        emergency=True, roles=(guardian, Role.PAYER), papers=((guardian, Paper(document="2")),), position=1
    )
    typed = replace(opened, papers=((guardian, Paper(document="1", valid_from=date(2020, 1, 1))),))
    shown = merged_roles(typed, opened=opened, stored=stored)
    assert shown == replace(
        stored, papers=((guardian, Paper(document="2", valid_from=date(2020, 1, 1))),), position=1
    )
    elsewhere = replace(typed, roles=(), emergency=False, position=None)
    assert merged_roles(elsewhere, opened=opened, stored=stored) == RolesInput(
        emergency=False, roles=(Role.PAYER,)
    )


CHOICES = (Choice(text="A", value="a"), Choice(text="B", value="b"))


def field(block_id: str) -> Input:
    return Input(block_id=block_id, action_id="form.input", label="L", optional=True)


@pytest.mark.parametrize(
    ("draw", "state"),
    [
        (lambda value: field("x").text("stored" if value else ""), {"value": "stored"}),
        (lambda value: field("x").email("stored" if value else ""), {"value": "stored"}),
        (
            lambda value: field("x").day(date(2030, 1, 1) if value else None),
            {"selected_date": "2030-01-01"},
        ),
        (
            lambda value: field("x").radio(CHOICES, "a" if value else None),
            {"selected_option": {"value": "a"}},
        ),
        (
            lambda value: field("x").select(CHOICES, "a" if value else None),
            {"selected_option": {"value": "a"}},
        ),
        (
            lambda value: field("x").checkboxes(CHOICES, ["a"] if value else []),
            {"selected_options": [{"value": "a"}]},
        ),
    ],
)
def test_an_input_gets_another_id_only_where_something_else_stood_in_it(
    draw: Callable[[object], Json], state: Mapping[str, object]
) -> None:
    for value in (True, False):
        view = modal(callback_id="c", title="T", close="C", blocks=[draw(value)])
        stood = FormState({"x": {"form.input": {"type": "any", **state}}})
        (same,) = blocks_of(shown_anew(view, stood, "3"))
        assert same["element"]["action_id"] == ("form.input" if value else f"form.input{ANEW}3")
        (new,) = blocks_of(shown_anew(view, FormState({}), "3"))
        assert new == draw(value)


def blocks_of(view: Json) -> list[dict[str, dict[str, object]]]:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return blocks


def test_only_what_was_said_above_is_said_again() -> None:
    said: Json = {
        "type": "section",
        "block_id": "meanwhile.told:about",
        "text": {"type": "plain_text", "text": "!"},
    }
    other: Json = {"type": "section", "block_id": "x", "text": {"type": "plain_text", "text": "?"}}
    assert told_above({"blocks": [other, said]}) == [
        {**said, "text": {"type": "plain_text", "text": "!", "emoji": False}}
    ]
    assert told_above({}) == []
