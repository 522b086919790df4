import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import FOLDING, digits_of, fold, tidy


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("García-López, José", "garcia lopez jose"),
        ("O'Brien", "obrien"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Brien", "obrien"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("  Anna \N{NO-BREAK SPACE} Maria_Luise ", "anna maria luise"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("Иванов", "иванов"),
        ("李小龍", "李小龍"),
        # Vowel signs part no words, and those with a place of their own are no accents.
        ("मिश्रा", "मिशरा"),
        ("ศรีสุวรรณ ก", "ศรีสวรรณ ก"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "میخواهم"),
        ("...", ""),
        ("", ""),
    ],
)
def test_people_find_each_other_without_accents_case_and_punctuation(typed: str, folded: str) -> None:
    assert fold(typed) == folded


# Latin, Greek, Cyrillic, Hindi, Thai and Latin again.
BLOCKS = ((0x20, 0x250), (0x370, 0x530), (0x900, 0x980), (0xE00, 0xE80), (0x1E00, 0x1F00))
LETTERS = [chr(point) for first, end in BLOCKS for point in range(first, end)]


def test_a_change_of_folding_is_counted_so_that_what_is_stored_is_folded_anew() -> None:
    # Unicode grows with Python; what is folded otherwise by a change here shows in letters that are old.
    folded = [fold(letter) for letter in LETTERS if unicodedata.ucd_3_2_0.category(letter) != "Cn"]
    assert (FOLDING, sha256("|".join(folded).encode()).hexdigest()[:16]) == (2, "59661553e033b954")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Zs"])))
def test_folding_takes_composed_and_decomposed_letters_for_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana\t\n María  ", "Ana María"),
        ("Ana\x00\x1bMaría", "AnaMaría"),
        ("\N{RIGHT-TO-LEFT MARK}דנה", "\N{RIGHT-TO-LEFT MARK}דנה"),
        (None, ""),
        ("*bold* <@U1> & ~so~", "*bold* <@U1> & ~so~"),
    ],
)
def test_tidying_keeps_what_was_typed_but_stray_spaces_and_control_characters(
    typed: str | None, kept: str
) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\x00" not in tidy(text)


def test_digits_are_found_in_any_notation() -> None:
    assert digits_of("+1 (212) 555-0100") == "12125550100"
    assert digits_of("\N{ARABIC-INDIC DIGIT FIVE}\N{ARABIC-INDIC DIGIT ZERO}") == "50"
    assert digits_of("no number") == ""


PLAIN = st.text(st.characters(max_codepoint=127))


@given(PLAIN)
def test_plain_letters_fold_by_themselves_as_among_others(text: str) -> None:
    assert fold(f"{text} é") == f"{fold(text)} e".strip()


@given(st.text())
def test_what_is_printable_is_tidied_as_among_what_is_not(text: str) -> None:
    assert tidy(f"{text}\0") == tidy(text)


@given(PLAIN)
def test_plain_digits_are_found_as_among_others(text: str) -> None:
    assert digits_of(f"{text}\N{ARABIC-INDIC DIGIT ONE}") == f"{digits_of(text)}1"
