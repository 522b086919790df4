"""The statements of a search, made once for each shape of what is typed."""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import ColumnElement, Integer, literal, select

from storage.search_branches import ACTIVE, ARCHIVED, Branches, Place, checked
from storage.search_checks import has_atoms, has_groups
from storage.search_frame import best_of, counted, recent_starts
from storage.search_terms import Atom, GroupShape, WordShape
from storage.tables import clients
from storage.workspace_connection import AnySelect

OF_ONE_YEAR = 10_000
"""So many may have been born in one year, in a roster where that matters."""


def everybody(*, leaves_out: bool) -> AnySelect:
    """Return the statement for no text: everybody, by last name."""
    return best_of([Branches(rank=rank, leaves_out=leaves_out).by_name() for rank in (ACTIVE, ARCHIVED)])


def starts(*, leaves_out: bool) -> AnySelect:
    """Return the statement for the active whose name begins with the text, and how many there are."""
    among = Branches(rank=ACTIVE, leaves_out=leaves_out)
    counts = [
        counted(branch) for branch in Branches(rank=ACTIVE, leaves_out=leaves_out, limit="counted").starts()
    ]
    return best_of([*among.starts(), *recent_starts(among)], *counts[:2])


def weights(shapes: tuple[GroupShape, ...]) -> AnySelect:
    """Return the statement that counts whose names begin with each group's first word."""
    return select(*(_weight(shape) for shape in shapes))


def _weight(shape: GroupShape) -> ColumnElement[int]:
    if shape.is_year:
        return literal(OF_ONE_YEAR, Integer)
    atom = shape.alternatives[0][0] if shape.alternatives else None
    if not isinstance(atom, WordShape) or not atom.folded:
        return literal(0, Integer)
    among = Branches(rank=ACTIVE, limit="counted")
    by_last, by_first = (counted(branch).scalar_subquery() for branch in among.begun_with(atom))
    return by_last + by_first


def matches(shapes: tuple[GroupShape, ...], way: int, *, starts_too: bool, leaves_out: bool) -> AnySelect:
    """Return the statement for all who have every group, by way of one of them."""
    groups = tuple(shape for number, shape in enumerate(shapes) if number != way)
    branches: list[AnySelect] = []
    among = [Branches(rank=rank, leaves_out=leaves_out) for rank in (ACTIVE, ARCHIVED)]
    if starts_too:
        branches += chain.from_iterable(each.starts() for each in among)
    for first, *others in shapes[way].alternatives:
        if groups or others:
            branches += those_with(first, others, groups, among=among)
        else:
            branches += chain.from_iterable(each.having(first) for each in among)
    return best_of(branches)


def those_with(
    first: Atom,
    others: Sequence[Atom],
    groups: Sequence[GroupShape],
    *,
    among: Sequence[Branches],
    more: Sequence[ColumnElement[bool]] = (),
    place: Place = Place.NAME,
) -> Iterator[AnySelect]:
    """Yield those who have an atom, and besides the others, the groups, and whatever more there is."""

    def checks(whole: ColumnElement[str]) -> Sequence[ColumnElement[bool]]:
        return [*has_groups(groups, whole), has_atoms(others, whole), *more]

    if isinstance(first, WordShape) and first.folded:
        for each in among:
            yield from each.named(first, checks, place=place)
    every = [Branches(rank=each.rank, limit="") for each in among]
    candidates = [*chain.from_iterable(each.having(first) for each in every)]
    yield checked(candidates, place, *checks(clients.c.last_first), among=among[0])
