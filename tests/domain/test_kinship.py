import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kinship import (
    CODE_OF_KINSHIP,
    CODE_OF_WORD,
    Kinship,
    Label,
    Word,
    inverse,
    is_symmetric,
    kinship_of,
    words_of,
)

every_kinship = pytest.mark.parametrize("kinship", list(Kinship))
every_word = pytest.mark.parametrize("word", list(Word))


@every_kinship
def test_r10_the_inverse_of_the_inverse_is_the_kind_itself(kinship: Kinship) -> None:
    assert inverse(inverse(kinship)) is kinship


def test_r10_every_kind_is_symmetric_or_one_of_a_pair() -> None:
    symmetric = {kinship for kinship in Kinship if is_symmetric(kinship)}
    assert symmetric == {
        Kinship.NOT_STATED,
        Kinship.SIBLING,
        Kinship.COUSIN,
        Kinship.SPOUSE,
        Kinship.DOMESTIC_PARTNER,
        Kinship.SIGNIFICANT_OTHER,
        Kinship.FORMER_SPOUSE,
        Kinship.SIBLING_IN_LAW,
        Kinship.OTHER_FAMILY,
        Kinship.FRIEND,
        Kinship.NEIGHBOR,
        Kinship.ROOMMATE,
        Kinship.OTHER,
    }
    paired = set(Kinship) - symmetric
    assert {inverse(kinship) for kinship in paired} == paired


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Kinship.PARENT, Kinship.CHILD),
        (Kinship.GRANDPARENT, Kinship.GRANDCHILD),
        (Kinship.AUNT_UNCLE, Kinship.NIECE_NEPHEW),
        (Kinship.FOSTER_PARENT, Kinship.FOSTER_CHILD),
        (Kinship.PARENT_IN_LAW, Kinship.CHILD_IN_LAW),
        (Kinship.PROFESSIONAL, Kinship.PROFESSIONAL_CLIENT),
    ],
)
def test_r10_pairs_are_each_others_inverse(one: Kinship, other: Kinship) -> None:
    assert inverse(one) is other
    assert inverse(other) is one


@every_word
def test_every_word_is_stored_under_a_kind_that_offers_it(word: Word) -> None:
    assert word in words_of(kinship_of(word))
    assert Label.of_word(word) == Label(kinship=kinship_of(word), word=word)


@every_word
def test_every_word_has_a_code_of_its_own(word: Word) -> None:
    assert CODE_OF_WORD[word]
    assert len(set(CODE_OF_WORD.values())) == len(Word)


def test_every_kind_of_the_vocabulary_has_a_code_but_those_that_are_text() -> None:
    without = set(Kinship) - set(CODE_OF_KINSHIP)
    text = {Kinship.NOT_STATED, Kinship.PROFESSIONAL, Kinship.PROFESSIONAL_CLIENT, Kinship.OTHER}
    assert without == text
    assert len(set(CODE_OF_KINSHIP.values())) == len(CODE_OF_KINSHIP)


@every_word
def test_r10_the_other_side_shows_the_neutral_inverse_unless_the_word_is_mutual(word: Word) -> None:
    seen = Label.of_word(word).seen_from_the_other_side()
    assert seen.kinship is inverse(kinship_of(word))
    mutual = word in {Word.TWIN, Word.HALF_SIBLING, Word.STEP_SIBLING}
    assert seen.word is (word if mutual else None)


@given(own=st.text(min_size=1).filter(str.strip), back=st.text(min_size=1).filter(str.strip))
def test_own_words_come_as_a_pair(own: str, back: str) -> None:
    try:
        label, reverse = Label.in_own_words(own), Label.in_own_words(back)
    except ValueError:
        return  # Nothing but control characters was typed.
    assert label.seen_from_the_other_side(own_words=back) == reverse
    assert reverse.seen_from_the_other_side(own_words=own) == label


def test_a_word_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="another kind"):
        Label(kinship=Kinship.PARENT, word=Word.SISTER)


@pytest.mark.parametrize(
    ("kinship", "own_words"), [(Kinship.PARENT, "foster mum"), (Kinship.OTHER, ""), (Kinship.NOT_STATED, "x")]
)
def test_own_words_stand_at_other_and_nowhere_else(kinship: Kinship, own_words: str) -> None:
    with pytest.raises(ValueError, match="own words"):
        Label(kinship=kinship, own_words=own_words)
