"""The kinds of families there are, and how often each is drawn."""

from collections.abc import Callable
from random import Random

from bot.domain.kinship import Kinship, Word
from bot.domain.roles import Role
from bot.playground.practice.drawn.household import Drawn, Household
from bot.playground.practice.drawn.names import Hat
from bot.playground.practice.made_up import PracticeBook

_SEED = 1042
EARLIEST_CHILD = 2009
LATEST_ELDEST = 2016


def write_drawn_families(book: PracticeBook, *, until: int) -> None:
    """Draw families into the book until it holds at least that many clients."""
    dice = Random(_SEED)  # noqa: S311 - the same families each time is what is wanted
    hat = Hat(dice, book.names)
    kinds = tuple(_KINDS)
    while len(book) < until:
        kind = dice.choices(kinds, weights=tuple(_KINDS.values()))[0]
        kind(Household(book, dice, hat))


def _single(home: Household) -> None:
    client = home.adult(home.born_between(1938, 2005))
    if home.happens(60):
        what, is_woman = home.dice.choice(
            ((Word.SISTER, True), (Word.BROTHER, False), (Word.MOTHER, True), (Word.FATHER, False))
        )
        home.knows(client, home.anybody(is_woman=is_woman), what, emergency=True)
    if home.happens(35):
        what_else = home.dice.choice((Kinship.FRIEND, Kinship.NEIGHBOR, Kinship.ROOMMATE))
        home.knows(client, home.anybody(keeps_own_surname=True), what_else, emergency=home.happens(40))


def _couple(home: Household) -> None:
    home.reads_mail_together()
    one = home.adult(home.born_between(1940, 1995))
    other = home.adult(
        home.about_as_old_as(one), is_woman=not one.is_woman, keeps_own_surname=home.happens(30)
    )
    home.marry(one, other)
    if home.happens(30):
        home.knows(one, home.anybody(is_woman=True), Word.SISTER, roles=(Role.NEXT_OF_KIN,))


def _parents_and_children(home: Household) -> None:
    home.reads_mail_together()
    mother = home.adult(home.born_between(1975, 1990), is_woman=True)
    father = home.adult(home.about_as_old_as(mother), is_woman=False, keeps_own_surname=home.happens(20))
    home.marry(mother, father)
    for child in _children(home, home.dice.randint(1, 3), mother, father):
        home.raises(mother, child)
        if home.happens(75):
            home.raises(father, child)


def _one_parent(home: Household) -> None:
    home.reads_mail_together()
    parent = home.adult(home.born_between(1974, 1992))
    for child in _children(home, home.dice.randint(1, 2), parent):
        home.raises(parent, child)
        if home.happens(50):
            other = home.anybody(is_woman=not parent.is_woman, keeps_own_surname=True)
            home.knows(child, other, Word.MOTHER if other.is_woman else Word.FATHER, emergency=True)


def _child_alone(home: Household) -> None:
    (child,) = _children(home, 1)
    mother, father = home.anybody(is_woman=True), home.anybody(is_woman=False)
    home.knows(child, mother, Word.MOTHER, as_parent=True)
    home.knows(child, father, Word.FATHER, as_parent=home.happens(50), emergency=True, roles=(Role.PAYER,))
    if home.happens(40):
        home.knows(child, home.anybody(keeps_own_surname=True), Kinship.PROFESSIONAL)


def _separated(home: Household) -> None:
    mother = home.adult(home.born_between(1976, 1990), is_woman=True, keeps_own_surname=True)
    father = home.adult(home.about_as_old_as(mother), is_woman=False)
    home.linked(mother, father, Kinship.FORMER_SPOUSE)
    for child in _children(home, home.dice.randint(1, 2), mother, father):
        home.raises(mother, child)
        home.raises(father, child)
        if home.happens(50):
            home.knows(child, home.anybody(is_woman=True, keeps_own_surname=True), Word.STEP_MOTHER)


def _siblings(home: Household) -> None:
    one = home.adult(home.born_between(1955, 1985))
    other = home.adult(home.about_as_old_as(one))
    home.linked(
        one,
        other,
        Word.SISTER if other.is_woman else Word.BROTHER,
        Word.SISTER if one.is_woman else Word.BROTHER,
    )


def _three_generations(home: Household) -> None:
    grandmother = home.adult(home.born_between(1944, 1958), is_woman=True)
    parent = home.adult(home.born_between(1976, 1984))
    home.linked(parent, grandmother, Word.MOTHER, Word.DAUGHTER if parent.is_woman else Word.SON)
    for child in _children(home, home.dice.randint(1, 2), parent):
        home.raises(parent, child)
        home.linked(child, grandmother, Word.GRANDMOTHER)


def _twins(home: Household) -> None:
    parent = home.adult(home.born_between(1976, 1988), is_woman=True)
    born = home.born_between(2010, 2021)
    one, other = home.child(born), home.child(born)
    home.linked(one, other, Word.TWIN)
    home.raises(parent, one)
    home.raises(parent, other)


def _in_care_of_grandparents(home: Household) -> None:
    (child,) = _children(home, 1)
    for is_woman, word in ((True, Word.GRANDMOTHER), (False, Word.GRANDFATHER)):
        home.knows(
            child,
            home.anybody(is_woman=is_woman),
            word,
            emergency=True,
            roles=(Role.LEGAL_GUARDIAN, Role.CAREGIVER),
        )


def _children(home: Household, count: int, *parents: Drawn) -> tuple[Drawn, ...]:
    """Draw children under age, the eldest first, each a year or more after the one before."""
    earliest = max(EARLIEST_CHILD, *(parent.born.year + 20 for parent in parents), 0)
    first = home.dice.randint(earliest, max(earliest, LATEST_ELDEST))
    return tuple(
        home.child(home.born_between(first + 3 * place, first + 3 * place + 1)) for place in range(count)
    )


_KINDS: dict[Callable[[Household], None], int] = {
    _single: 32,
    _couple: 16,
    _parents_and_children: 14,
    _one_parent: 12,
    _child_alone: 12,
    _separated: 5,
    _siblings: 5,
    _three_generations: 4,
    _twins: 2,
    _in_care_of_grandparents: 3,
}
"""How many of about a hundred families are of each kind."""
