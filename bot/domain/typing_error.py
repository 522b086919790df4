"""One typing error: a letter too many, too few or wrong, or two letters swapped."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from bot.domain.folding import fold, is_letter

SHORTEST = 4
"""In a shorter word every other one is an error away."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BLOCK = 0x80
"""Unicode's scripts lie in blocks of this size or more; an error puts in a letter of a block in the word."""
_WORDS_KEPT = 16
_KOREAN = range(0x1100, 0x1200)
_MODERN_KOREAN = (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
"""The block has three times as many, which nobody has written for centuries."""


def may_be_mistyped(word: str) -> bool:
    """Say whether a folded word is one in which an error can be told from another word."""
    return len(word) >= SHORTEST and all(map(is_letter, word))


@lru_cache(maxsize=_WORDS_KEPT)
def one_error_away(word: str) -> Mapping[str, Sequence[str]]:
    """Return what a folded word may have meant, as beginnings of words, by what of the word they begin with.

    An error in the last letter is one only where another letter stands for it: without it the word is a
    shorter beginning, and with one more a longer one.
    """
    letters = _letters_for(word)
    known = {word}
    by_beginning = {}
    for place in range(len(word)):
        before, here, after = word[:place], word[place], word[place + 1 :]
        found = {before + letter + after for letter in letters}
        found |= {before + letter + here + after for letter in letters}
        if after:
            found |= {before + after, before + after[0] + here + after[1:]}
        by_beginning[before] = sorted(found - known)
        known |= found
    return by_beginning


def _letters_for(word: str) -> str:
    if word.isascii():
        return _LETTERS
    blocks = {ord(letter) // _BLOCK * _BLOCK for letter in word}
    is_korean = not blocks.isdisjoint(_KOREAN)
    codes = chain.from_iterable(range(start, start + _BLOCK) for start in sorted(blocks - {*_KOREAN}))
    near = map(chr, chain(codes, *(_MODERN_KOREAN if is_korean else ())))
    return "".join(letter for letter in near if is_letter(letter) and fold(letter) == letter)
