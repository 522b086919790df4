import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Field
from bot.domain.kinship import Kinship, Label, Word, inverse, kinship_of
from bot.domain.relationship_choice import RelationshipChoice
from bot.services.findings import Findings
from bot.services.labels import label_of, labels_of_pair


def pair(choice: RelationshipChoice) -> tuple[Label, Label]:
    findings = Findings()
    labels = labels_of_pair(choice, findings)
    findings.refuse_if_any()
    return labels


@given(kinship=st.sampled_from([one for one in Kinship if one is not Kinship.OTHER]))
def test_r10_the_inverse_comes_by_itself(kinship: Kinship) -> None:
    assert pair(RelationshipChoice(kinship=kinship)) == (
        Label(kinship=kinship),
        Label(kinship=inverse(kinship)),
    )


@given(word=st.sampled_from(Word), back=st.sampled_from(Word))
def test_r10_a_word_for_the_other_side_counts_where_it_fits(word: Word, back: Word) -> None:
    choice = RelationshipChoice(kinship=kinship_of(word), word=word, inverse_word=back)
    label, reverse = pair(choice)
    assert label == Label.of_word(word)
    if kinship_of(back) is inverse(kinship_of(word)):
        assert reverse == Label.of_word(back)
    else:
        assert reverse == label.seen_from_the_other_side()


def test_own_words_come_as_a_tidied_pair() -> None:
    choice = RelationshipChoice(
        kinship=Kinship.OTHER, own_words="  dance  partner ", inverse_words="dance teacher"
    )
    assert pair(choice) == (Label.in_own_words("dance partner"), Label.in_own_words("dance teacher"))


@pytest.mark.parametrize(
    ("own", "back", "found"),
    [
        ("", "x", [(Field.OWN_WORDS, "own_words.needed")]),
        ("x", " ", [(Field.INVERSE_WORDS, "inverse_words.needed")]),
        ("", "", [(Field.OWN_WORDS, "own_words.needed"), (Field.INVERSE_WORDS, "inverse_words.needed")]),
        ("x" * 61, "x", [(Field.OWN_WORDS, "own_words.too_long")]),
        ("x", "x" * 61, [(Field.INVERSE_WORDS, "inverse_words.too_long")]),
        ("x" * 60, "x" * 60, []),
    ],
)
def test_own_words_are_needed_on_both_sides_and_fit_a_line(
    own: str, back: str, found: list[tuple[Field, str]]
) -> None:
    findings = Findings()
    labels_of_pair(RelationshipChoice(kinship=Kinship.OTHER, own_words=own, inverse_words=back), findings)
    assert [(one.field, one.key) for one in findings.problems] == found


def test_a_contact_has_one_side_and_needs_own_words_for_it_only() -> None:
    findings = Findings()
    label = label_of(RelationshipChoice(kinship=Kinship.OTHER, own_words="school nurse"), findings)
    assert label == Label.in_own_words("school nurse")
    assert findings.problems == ()


def test_own_words_left_over_from_another_choice_are_dropped() -> None:
    choice = RelationshipChoice(kinship=Kinship.FRIEND, own_words="pal", inverse_words="pal")
    assert pair(choice) == (Label(kinship=Kinship.FRIEND), Label(kinship=Kinship.FRIEND))
