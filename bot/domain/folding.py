"""Folding text so that people find each other: accents, case, hyphens and odd spaces do not matter."""

import re
import unicodedata

FOLDING = 2
"""Counted up whenever `fold` makes anything else of a name: what was stored before is folded anew then."""

# Letters that Unicode does not decompose into a base letter and a mark.
_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
_APOSTROPHES = re.compile("['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}]")
_PLAIN_APOSTROPHES = re.compile("['`]")
_NO_DIGITS = re.compile("[^0-9]+")
_LOOK_OF_A_LETTER = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f\u034f]")
_SEPARATORS = re.compile(r"[^\w]+|_+", re.UNICODE)


def fold(text: str) -> str:
    """Return `text` without accents, case and punctuation, its words parted by single spaces.

    "García-López, José" becomes "garcia lopez jose"; "O'Brien" becomes "obrien".
    """
    if text.isascii():
        # The same for plain letters, which most names have; a list of thousands is folded many times over.
        lowered = text.lower()
        return lowered if lowered.isalnum() else _parted(_PLAIN_APOSTROPHES.sub("", lowered))
    # Twice, as Unicode asks for it: some letters get their ordinary form, and with it their case, only then.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    joined = _APOSTROPHES.sub("", decomposed.translate(_WITHOUT_DECOMPOSITION))
    return " ".join("".join(map(_folded_letter, joined)).split())


def is_letter(letter: str) -> bool:
    """Say whether words are written with it: a letter, or a vowel sign as Hindi and Thai have them."""
    return letter.isalpha() or _is_vowel_sign(letter)


def _folded_letter(letter: str) -> str:
    if letter.isalnum() or _is_vowel_sign(letter):
        return letter
    # Accents, and what is not seen: it parts no words.
    return "" if unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") else " "


def _is_vowel_sign(letter: str) -> bool:
    """Say whether a mark is no accent: it has a place of its own, and is no other look of a letter."""
    is_mark = unicodedata.category(letter) in ("Mn", "Mc") and not unicodedata.combining(letter)
    return is_mark and _LOOK_OF_A_LETTER.fullmatch(letter) is None


def _parted(text: str) -> str:
    return " ".join(_SEPARATORS.sub(" ", text).split())


def tidy(text: str | None) -> str:
    """Return `text` trimmed, with runs of white space as one space and without control characters."""
    if text is None:
        return ""
    if text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or letter.isprintable() or unicodedata.category(letter) == "Cf"
    )
    return " ".join(kept.split())


def digits_of(text: str) -> str:
    """Return only the decimal digits of `text`, as ASCII."""
    if text.isascii():
        return _NO_DIGITS.sub("", text)
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdecimal())
