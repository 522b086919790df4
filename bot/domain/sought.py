"""What somebody types to find a client, taken apart: words, numbers, dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.typed_dates import typed_dates

MOST_GROUPS = 8
"""Words that are looked for: more than a name has. A page pasted by mistake must not hold up everybody."""

_DIGIT = re.compile(r"\d")
_PIECE_OF_A_NUMBER = re.compile(r"[+(]*\d[\d()./-]*")
_YEAR = re.compile(r"(19|20)\d\d")
_AROUND_AN_ADDRESS = ",;<>\"'()"
_APOSTROPHES = re.compile("['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}]")
_ONLY_IN_ADDRESSES = re.compile(r"[@_]|\w\.\w")
_WORDS_OF_A_DATE = 3
_NAMES_KEPT = 16_384
"""Names are few and clients many: this many single names are taken apart once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtWord:
    """A typed word.

    Attributes:
        in_one_piece: folded, without its gaps: "k1042" for "K-1042".
        parts: its parts, where it has several: "k", "1042".
        address: what an e-mail address may begin with, if it is one.
    """

    in_one_piece: str
    parts: tuple[str, ...]
    address: str

    @property
    def is_address(self) -> bool:
        """Whether it can hardly be anything but an address or the beginning of one."""
        return bool(_ONLY_IN_ADDRESSES.search(self.address))


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtGroup:
    """What is looked for together: a word, or the pieces of a number or a date, which may be words as well.

    Attributes:
        words: each word.
        number: the digits of a telephone number, as typed, or nothing.
        born: the dates it may stand for.
        year: the year it may stand for beside something else.
    """

    words: tuple[SoughtWord, ...]
    number: str = ""
    born: tuple[date, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A typed text: as one folded piece, and the groups that must all be found."""

    plain: str
    groups: tuple[SoughtGroup, ...]

    @classmethod
    def read(cls, text: str, *, month_first: bool = True) -> "Sought":
        """Take a text apart.

        Args:
            text: what was typed; nothing stands for everybody.
            month_first: whether 3/4/1990 is the fourth of March.
        """
        typed = tidy(text)
        runs = list(_runs(typed.split(), month_first=month_first))
        several = len(runs) > 1
        groups = [_group(words, born, several=several) for words, born in runs]
        if several:
            # Beside something else a lone dash says nothing.
            saying = [group for group in groups if any(word.in_one_piece for word in group.words)]
            groups = saying or groups
        return cls(
            plain=fold(" ".join(word for words, _ in runs for word in words)),
            groups=tuple(islice(dict.fromkeys(groups), MOST_GROUPS)),
        )

    @property
    def has_number(self) -> bool:
        """Whether something in it may be a telephone number."""
        return any(group.number for group in self.groups)

    def apart(self) -> "Sought":
        """Return the same with the parts of a word on their own: "garcia", "lopez" for "García-López"."""
        groups: list[SoughtGroup] = []
        for group in self.groups:
            first, *others = group.words
            if first.parts and not (others or group.born or first.is_address):
                groups += (SoughtGroup(words=(_word(part),)) for part in first.parts)
            else:
                groups.append(group)
        return Sought(plain=self.plain, groups=tuple(groups[:MOST_GROUPS]))


def compact(text: str) -> str:
    """Return folded text without its spaces: how an own id, or a name with a hyphen, is compared."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=_NAMES_KEPT)
def name_words(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name folded, and the words it also has: split at apostrophes, without its hyphens, in one.

    "Ann-Marie" also has "annmarie", "D'Angelo" also "angelo".
    """
    folded = fold(name)
    if name.isalpha() and " " not in folded:
        return folded, ()
    more = {*fold(_APOSTROPHES.sub(" ", name)).split(), *map(compact, name.split()), compact(name)}
    return folded, tuple(sorted(more - {*folded.split(), ""}))


def _runs(words: Sequence[str], *, month_first: bool) -> Iterator[tuple[Sequence[str], tuple[date, ...]]]:
    """Yield each word alone, and the pieces of a date or a number, typed with spaces, together."""
    if not any(map(_DIGIT.search, words)):
        # Names, as most of what is typed: no date and no number is without a digit.
        yield from ((words[start : start + 1], ()) for start in range(len(words)))
        return
    start = 0
    while start < len(words):
        for length in (_WORDS_OF_A_DATE, 1):
            together = words[start : start + length]
            if born := typed_dates(" ".join(together).strip(","), month_first=month_first):
                break
        else:
            length = 1
            while _is_piece(words, start) and _is_piece(words, start + length):
                length += 1
        yield words[start : start + length], born
        start += length


def _is_piece(words: Sequence[str], number: int) -> bool:
    return number < len(words) and _PIECE_OF_A_NUMBER.fullmatch(words[number]) is not None


def _group(words: Sequence[str], born: tuple[date, ...], *, several: bool) -> SoughtGroup:
    is_number = all(_is_piece(words, number) for number in range(len(words)))
    year = int(words[0]) if several and len(words) == 1 and _YEAR.fullmatch(words[0]) else None
    return SoughtGroup(
        words=tuple(map(_word, words)),
        number="".join(words) if is_number else "",
        born=born,
        year=year,
    )


def _word(word: str) -> SoughtWord:
    parts = fold(word).split()
    return SoughtWord(
        in_one_piece="".join(parts),
        # One part is the word in one piece.
        parts=tuple(parts) if len(parts) > 1 else (),
        address=login_equality(word.strip(_AROUND_AN_ADDRESS)),
    )
