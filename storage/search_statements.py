"""The statements of a search, made once for each shape of what is typed."""

from functools import lru_cache
from itertools import chain

from sqlalchemy import ColumnElement, Integer, literal, select

from storage.search_branches import ACTIVE, ARCHIVED, Branches, Place, checked
from storage.search_checks import has_atoms, has_groups
from storage.search_frame import best_of, counted, recent_starts
from storage.search_terms import Atom, GroupShape, WordShape
from storage.workspace_connection import AnySelect

_KEPT = 256
"""Texts have few shapes: one or two plain words, most of them."""


@lru_cache(maxsize=_KEPT)
def everybody(*, leaves_out: bool) -> AnySelect:
    """Return the statement for no text: everybody, by last name."""
    return best_of([Branches(rank=rank, leaves_out=leaves_out).by_name() for rank in (ACTIVE, ARCHIVED)])


@lru_cache(maxsize=_KEPT)
def starts(*, leaves_out: bool) -> AnySelect:
    """Return the statement for the active whose name begins with the text, and how many there are."""
    among = Branches(rank=ACTIVE, leaves_out=leaves_out)
    counts = [
        counted(branch) for branch in Branches(rank=ACTIVE, leaves_out=leaves_out, limit="counted").starts()
    ]
    return best_of([*among.starts(), *recent_starts(among)], *counts[:2])


@lru_cache(maxsize=_KEPT)
def weights(shapes: tuple[GroupShape, ...]) -> AnySelect:
    """Return the statement that counts whose names begin with each group's first word."""
    return select(*(_weight(shape) for shape in shapes))


def _weight(shape: GroupShape) -> ColumnElement[int]:
    atom = shape.alternatives[0][0] if shape.alternatives else None
    if not isinstance(atom, WordShape) or not atom.folded:
        return literal(0, Integer)
    among = Branches(rank=ACTIVE, limit="counted")
    by_last, by_first = (counted(branch).scalar_subquery() for branch in among.begun_with(atom))
    return by_last + by_first


@lru_cache(maxsize=_KEPT)
def matches(shapes: tuple[GroupShape, ...], way: int, *, starts_too: bool, leaves_out: bool) -> AnySelect:
    """Return the statement for all who have every group, by way of one of them."""
    checks = has_groups(shape for number, shape in enumerate(shapes) if number != way)
    branches: list[AnySelect] = []
    among = [Branches(rank=rank, leaves_out=leaves_out) for rank in (ACTIVE, ARCHIVED)]
    if starts_too:
        branches += chain.from_iterable(each.starts() for each in among)
    for first, *others in shapes[way].alternatives:
        if checks or others:
            branches.append(those_with(first, *checks, has_atoms(others), among=among[0]))
        else:
            branches += chain.from_iterable(each.having(first) for each in among)
    return best_of(branches)


def those_with(first: Atom, *checks: ColumnElement[bool], among: Branches) -> AnySelect:
    """Return those who have an atom and meet the checks."""
    every = [Branches(rank=rank, limit="") for rank in (ACTIVE, ARCHIVED)]
    candidates = [*chain.from_iterable(each.having(first) for each in every)]
    return checked(candidates, Place.NAME, *checks, among=among)
