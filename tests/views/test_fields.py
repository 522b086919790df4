"""What is shown in a field and what is read back from it: relationships, dates, phones, sharing, roles."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Field, InvalidInput
from bot.domain.kinship import Kinship, Label, Word, inverse, kinship_of
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, SharingChoice
from bot.playground.slack.block_kit import completed_view
from bot.playground.slack.inputs import initial_values
from bot.views.blocks import Json
from bot.views.form_state import FormState
from bot.views.metadata import Metadata
from bot.views.reach_fields import phones_field, read_phones, typed_phones
from bot.views.relationship_fields import choice_of, offered, read_relationship, relationship_fields
from bot.views.roles_form import RolesInput, read_roles, roles_form
from bot.views.sharing_fields import (
    TO_CLIENT,
    TO_RELATED,
    Direction,
    Scope,
    SharingInput,
    read_sharing,
    sharing_fields,
)
from bot.views.typed_date import read_typed_date
from tests.views.families import EVERY_ROLE, client, contact, fullest_side, person


def untouched(blocks: list[Json]) -> FormState:
    """Return what these inputs hold when nobody has touched them."""
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": blocks}
    return FormState(initial_values(completed_view(view)["blocks"]))


# The relationship.


def test_every_kind_and_every_word_is_offered_once() -> None:
    assert sorted(offered()) == sorted([*Kinship, *Word])


def fields(choice: RelationshipChoice, *, edit_inverse: bool = False) -> list[Json]:
    return relationship_fields(choice, other="Rosa", client="Mía", both_sides=True, edit_inverse=edit_inverse)


@pytest.mark.parametrize("each", offered())
def test_a_relationship_is_read_as_it_was_shown(each: Kinship | Word) -> None:
    kinship, word = (kinship_of(each), each) if isinstance(each, Word) else (each, None)
    own = {"own_words": "second husband", "inverse_words": "step"} if kinship is Kinship.OTHER else {}
    choice = RelationshipChoice(kinship=kinship, word=word, **own)  # type: ignore[arg-type]  # texts
    assert read_relationship(untouched(fields(choice))) == choice


@pytest.mark.parametrize("word", Word)
def test_both_words_of_a_pair_are_read_as_they_were_shown(word: Word) -> None:
    label = Label(kinship=kinship_of(word), word=word)
    for other_word in (None, *[each for each in Word if kinship_of(each) is inverse(kinship_of(word))]):
        reverse = Label(kinship=inverse(label.kinship), word=other_word)
        choice = choice_of(label, reverse)
        assert read_relationship(untouched(fields(choice, edit_inverse=True))) == choice


def test_a_word_of_the_other_side_goes_with_the_kind_it_belongs_to() -> None:
    mother = RelationshipChoice(kinship=Kinship.PARENT, word=Word.MOTHER, inverse_word=Word.DAUGHTER)
    values = {**untouched(fields(mother, edit_inverse=True)).values}
    cousin = untouched(fields(RelationshipChoice(kinship=Kinship.COUSIN), edit_inverse=True)).values
    read = read_relationship(FormState({**values, **cousin}))
    assert read == RelationshipChoice(kinship=Kinship.COUSIN)


@pytest.mark.parametrize("token", ["", "k:", "w:emperor", "parent", "k:mother", "w:parent"])
def test_a_token_that_is_not_offered_is_not_stated(token: str) -> None:
    state = FormState({"relationship.kind": {"any": {"selected_option": {"value": token}}}})
    assert read_relationship(state) == RelationshipChoice()


# Dates.


@pytest.mark.parametrize(
    "typed",
    [
        "1984-03-31",
        " 1984-3-31 ",
        "1984/03/31",
        "1984.03.31",
        "3/31/1984",
        "03/31/1984",
        "31.3.1984",
        "31. 3. 1984",
        "31 Mar 1984",
        "31 march, 1984",
        "31. March 1984",
        "MAR 31 1984",
        "March 31, 1984",
        "Mar. 31, 1984",
    ],
)
def test_a_date_is_read_however_it_is_typed(typed: str) -> None:
    assert read_typed_date(typed, Field.BIRTH_DATE) == date(1984, 3, 31)


def test_september_has_two_short_forms() -> None:
    assert read_typed_date("1 Sept 1984", Field.BIRTH_DATE) == date(1984, 9, 1)
    assert read_typed_date("1 Sep 1984", Field.BIRTH_DATE) == date(1984, 9, 1)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_typed_is_no_date(typed: str) -> None:
    assert read_typed_date(typed, Field.BIRTH_DATE) is None


@pytest.mark.parametrize(
    "typed",
    [
        "1984",
        "31/3/1984",
        "3/31/84",
        "1984-02-30",
        "29 Feb 1983",
        "0000-01-01",
        "31 Foo 1984",
        "31 marble 1984",
        "yesterday",
        "1984-03-31x",
        "٣١",
        "9" * 40,
    ],
)
def test_what_is_no_date_is_said_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_typed_date(typed, Field.DECEASED_ON)
    (problem,) = refused.value.problems
    assert (problem.field, problem.key) == (Field.DECEASED_ON, "date.unreadable")


@given(st.text(max_size=40))
def test_a_date_is_read_or_refused_and_nothing_else(typed: str) -> None:
    # Anything else that it raised would fail the test.
    with suppress(InvalidInput):
        assert isinstance(read_typed_date(typed, Field.BIRTH_DATE), date | None)


@given(st.dates())
def test_a_stored_date_is_read_as_it_is_shown(day: date) -> None:
    assert read_typed_date(day.isoformat(), Field.BIRTH_DATE) == day


# Phones.


def typed_in(text: str) -> tuple[Phone, ...]:
    return read_phones(FormState({"reach.phones": {"any": {"value": text}}}))


@pytest.mark.parametrize(
    ("typed", "phones"),
    [
        ("", ()),
        ("\n \n", ()),
        ("(212) 555-0100", (Phone(number="(212) 555-0100"),)),
        ("mobile 212 555 0100", (Phone(number="212 555 0100"),)),
        ("Home: 212 555 0100", (Phone(number="212 555 0100", label=PhoneLabel.HOME),)),
        ("WORK - 212 555 0100", (Phone(number="212 555 0100", label=PhoneLabel.WORK),)),
        ("homestead 12345", (Phone(number="homestead 12345"),)),
        ("work", (Phone(number="work"),)),
        (
            "other 1\r\n home 2",
            (Phone(number="1", label=PhoneLabel.OTHER), Phone(number="2", label=PhoneLabel.HOME)),
        ),
        ("1\u20282", (Phone(number="1"), Phone(number="2"))),
    ],
)
def test_phones_are_read_a_line_each(typed: str, phones: tuple[Phone, ...]) -> None:
    assert typed_in(typed) == phones


def test_a_stored_phone_is_shown_with_gaps_and_its_label() -> None:
    phones = (
        Phone(number="+12125550100"),
        Phone(number="+442071838750", label=PhoneLabel.WORK),
        Phone(number="ask for Ana", label=PhoneLabel.OTHER),
    )
    assert typed_phones(phones) == "+1 212-555-0100\nwork +44 20 7183 8750\nother ask for Ana"
    assert typed_in(typed_phones(phones))[1].label is PhoneLabel.WORK


def test_five_phones_as_long_as_they_may_be_fit_into_their_input() -> None:
    phones = tuple(Phone(number="1" * 40, label=PhoneLabel.MOBILE) for _ in range(5))
    shown = typed_phones(phones)
    assert read_phones(untouched([phones_field(shown)])) == phones


# Sharing.

DIRECTIONS = pytest.mark.parametrize("direction", [TO_RELATED, TO_CLIENT])
CHOICES = st.builds(
    SharingChoice,
    categories=st.frozensets(st.sampled_from(Category), min_size=1),
    basis=st.sampled_from(Basis),
    expires_on=st.none(),
) | st.builds(
    SharingChoice,
    categories=st.frozensets(st.sampled_from(Category), min_size=1),
    basis=st.just(Basis.AUTHORIZATION),
    expires_on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)


def sharing(given: SharingInput, direction: Direction = TO_RELATED) -> list[Json]:
    return sharing_fields(given, direction, recipient="Rosa", client="Mía", client_is_minor=False)


@DIRECTIONS
@given(choice=CHOICES)
def test_sharing_is_read_as_it_is_stored(choice: SharingChoice, direction: Direction) -> None:
    state = untouched(sharing(SharingInput.of(choice), direction))
    assert read_sharing(state, direction).choice(direction) == choice


@DIRECTIONS
def test_nothing_shared_asks_nothing_further(direction: Direction) -> None:
    (scope,) = sharing(SharingInput(), direction)
    assert scope["block_id"] == direction.scope
    assert read_sharing(untouched([scope]), direction).choice(direction) == SharingChoice()


def test_every_e_mail_is_the_master_switch_over_all_kinds() -> None:
    everything = SharingInput(scope=Scope.EVERYTHING, basis=Basis.PARENT_OF_MINOR)
    assert everything.choice(TO_RELATED).categories == EVERY_CATEGORY
    assert SharingInput.of(everything.choice(TO_RELATED)) == SharingInput(
        scope=Scope.EVERYTHING, categories=EVERY_CATEGORY, basis=Basis.PARENT_OF_MINOR
    )


def test_kinds_do_not_survive_switching_off_and_on() -> None:
    some = SharingInput(
        scope=Scope.SOME, categories=frozenset({Category.SUPERBILLS}), basis=Basis.AUTHORIZATION
    )
    off = SharingInput(
        scope=Scope.NOTHING, categories=some.categories, basis=some.basis, expires_on=some.expires_on
    )
    assert off.choice(TO_RELATED) == SharingChoice()
    # The form that is drawn after switching off has no kinds, so that switching on finds none.
    drawn = untouched(sharing(off))
    on = {"sharing.scope": {"any": {"selected_option": {"value": Scope.SOME}}}}
    again = read_sharing(FormState({**drawn.values, **on}), TO_RELATED)
    assert again.categories == frozenset()
    with pytest.raises(InvalidInput) as refused:
        again.choice(TO_RELATED)
    assert [(each.field, each.key) for each in refused.value.problems] == [
        (Field.SHARING, "sharing.kinds_needed")
    ]


def test_each_direction_is_asked_about_under_its_own_ids() -> None:
    full = SharingInput(
        scope=Scope.SOME, categories=EVERY_CATEGORY, basis=Basis.AUTHORIZATION, expires_on=date(2030, 1, 1)
    )
    ids = [
        [block["block_id"] for block in sharing(full, direction) if "block_id" in block]
        for direction in (TO_RELATED, TO_CLIENT)
    ]
    assert [len(each) for each in ids] == [4, 4]
    assert not set(ids[0]) & set(ids[1])


def test_superbills_are_said_to_carry_codes() -> None:
    def said(scope: Scope, *categories: Category) -> str:
        return str(sharing(SharingInput(scope=scope, categories=frozenset(categories)))[-1])

    codes = "Superbills carry diagnosis and service codes."
    assert codes in said(Scope.EVERYTHING)
    assert codes in said(Scope.SOME, Category.SUPERBILLS)
    assert codes not in said(Scope.SOME, Category.APPOINTMENTS)


@pytest.mark.parametrize("is_minor", [True, False])
def test_every_basis_is_offered_and_the_likely_one_first(is_minor: bool) -> None:  # noqa: FBT001 - a case
    blocks = sharing_fields(
        SharingInput(scope=Scope.EVERYTHING),
        TO_RELATED,
        recipient="Rosa",
        client="Mía",
        client_is_minor=is_minor,
    )
    options = [option["value"] for option in blocks[1]["element"]["options"]]  # type: ignore[index]  # an input
    assert sorted(options) == sorted(Basis)
    assert (options[0] == Basis.PARENT_OF_MINOR) is is_minor


# Roles.


def test_roles_with_their_papers_are_read_as_they_are_stored() -> None:
    one = client()
    row = contact(one, person(), fullest_side(one, 2))
    blocks = roles_form(
        RolesInput.of(row.side), client=one, member=row, emergency_count=2, metadata=Metadata()
    )["blocks"]
    assert isinstance(blocks, list)
    read = read_roles(untouched(blocks))
    assert read.held() == EVERY_ROLE
    assert (read.emergency, read.position) == (True, 2)


def test_a_paper_that_ends_before_it_begins_is_refused() -> None:
    def day(value: str) -> dict[str, object]:
        return {"any": {"selected_date": value}}

    ticked = {"any": {"selected_options": [{"value": Role.LEGAL_GUARDIAN}]}}
    state = FormState(
        {
            "roles.held": ticked,
            "roles.from:legal_guardian": day("2024-02-02"),
            "roles.until:legal_guardian": day("2024-02-01"),
        }
    )
    with pytest.raises(InvalidInput) as refused:
        read_roles(state).held()
    (problem,) = refused.value.problems
    assert (problem.field, problem.key) == (Field.ROLES, "roles.dates")
    assert problem.values == {"role": "Legal guardian"}


# Anything at all.

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "selected_option", "selected_options", "selected_date", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["a", "b"]), JUNK, max_size=2))
def test_a_state_of_another_shape_reads_as_empty_and_never_breaks(values: dict[str, object]) -> None:
    state = FormState(values)
    for block_id in ("a", "b", "c"):
        assert isinstance(state.text(block_id), str)
        assert state.chosen(block_id) is None or isinstance(state.chosen(block_id), str)
        assert isinstance(state.ticked(block_id), tuple)
        assert state.day(block_id) is None or isinstance(state.day(block_id), date)
        assert state.has(block_id) is (block_id in values)
