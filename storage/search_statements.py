"""The statements of a search, made once for each shape of what is typed."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from sqlalchemy import ColumnElement, Integer, bindparam, func, select, union_all

from storage.search_branches import ACTIVE, ARCHIVED, OF_TOKENS, Branches, Place, checked
from storage.search_checks import (
    IN_TOKEN,
    OF_CLIENT,
    WordsAt,
    are_only_words,
    are_words,
    has_atoms,
    has_groups,
)
from storage.search_frame import best_of, count_of, counted
from storage.search_recent import recent_matches, recent_ones, recent_starts
from storage.search_terms import Atom, GroupShape, WordShape
from storage.search_weights import addresses_in
from storage.workspace_connection import AnySelect


def everybody(*, leaves_out: bool) -> AnySelect:
    """Return the statement for no text: everybody, by last name."""
    among = _of_each_standing(leaves_out=leaves_out)
    return best_of([recent_ones(among[0]), *(each.by_name() for each in among)])


def how_many(*, leaves_out: bool) -> AnySelect:
    """Return the statement that counts everybody."""
    return count_of([each.by_name() for each in _of_each_standing(leaves_out=leaves_out)])


def starts(*, leaves_out: bool) -> AnySelect:
    """Return the statement for the active whose name begins with the text, and how many begin so.

    First in each row is how many there are by the last name, then how many by the first, each as far as
    `glance`. Where one order has as many as that, the other one is not counted.
    """
    among = Branches(rank=ACTIVE, leaves_out=leaves_out)
    glance = Branches(rank=ACTIVE, limit="glance")
    by_last, by_first = map(counted, glance.begun_with("plain"))
    one = by_last.cte("by_last").prefix_with("MATERIALIZED")
    of_one = select(one.c.many)
    other = (
        select(by_first.scalar_subquery())
        .select_from(one)
        .where(one.c.many < bindparam(glance.limit, type_=Integer))
    )
    sizes = (of_one.scalar_subquery(), other.scalar_subquery())
    return best_of([recent_starts(among), *among.starts()], said=sizes)


def how_many_start(*, leaves_out: bool) -> AnySelect:
    """Return the statement that counts the active whose name begins with the text, each once."""
    return count_of([*Branches(rank=ACTIVE, leaves_out=leaves_out).starts()])


def matches(
    shapes: tuple[GroupShape, ...], way: int, *, starts_too: bool, leaves_out: bool, addresses_apart: bool
) -> AnySelect:
    """Return the statement for all who have every group, by way of one of them."""
    recent = recent_matches(Branches(rank=ACTIVE, leaves_out=leaves_out), shapes, starts_too=starts_too)
    how = {"starts_too": starts_too, "leaves_out": leaves_out, "addresses_apart": addresses_apart}
    return best_of([recent, *_matching(shapes, way, **how)])


def how_many_match(
    shapes: tuple[GroupShape, ...], way: int, *, starts_too: bool, leaves_out: bool, addresses_apart: bool
) -> AnySelect:
    """Return the statement that counts all who have every group, by way of one of them."""
    how = {"starts_too": starts_too, "leaves_out": leaves_out, "addresses_apart": addresses_apart}
    return count_of([*_matching(shapes, way, **how)])


def _matching(
    shapes: tuple[GroupShape, ...], way: int, *, starts_too: bool, leaves_out: bool, addresses_apart: bool
) -> Iterator[AnySelect]:
    groups = tuple(shape for number, shape in enumerate(shapes) if number != way)
    among = _of_each_standing(leaves_out=leaves_out)
    if starts_too:
        yield from chain.from_iterable(each.starts() for each in among)
    for first, *others in shapes[way].alternatives:
        if groups or others:
            yield from those_with(first, others, groups, among=among, addresses_apart=addresses_apart)
        else:
            yield from chain.from_iterable(each.having(first) for each in among)


def _of_each_standing(*, leaves_out: bool) -> Sequence[Branches]:
    return [Branches(rank=rank, leaves_out=leaves_out) for rank in (ACTIVE, ARCHIVED)]


def those_with(
    first: Atom,
    others: Sequence[Atom],
    groups: Sequence[GroupShape],
    *,
    among: Sequence[Branches],
    more: Callable[[WordsAt], Sequence[ColumnElement[bool]]] = lambda _: (),
    place: Place = Place.NAME,
    addresses_apart: bool = False,
) -> Iterator[AnySelect]:
    """Yield those who have an atom, and besides the others, the groups, and whatever more there is.

    Whom an index by name leads to has no address there. With `addresses_apart` nobody's row is read for it:
    those who have one of the groups by their address are looked at by themselves.
    """

    def checks(at: WordsAt) -> Sequence[ColumnElement[bool]]:
        groups_had = has_groups(groups, at, by_address=not addresses_apart)
        return [*groups_had, has_atoms(others, at), *more(at)]

    not_enough: list[ColumnElement[bool]] = []
    if isinstance(first, WordShape) and first.folded:
        active, *others_of = among
        found = union_all(*active.named(first, checks, place=place)).cte()
        yield select(found.c.id, found.c.rank, found.c.checked)
        for each in others_of:
            yield from each.named(first, checks, place=place)
        # With so many active ones nobody need be looked at whose row would have to be read for it.
        not_enough = [
            select(func.count(found.c.id.distinct())).scalar_subquery()
            < bindparam(active.limit, type_=Integer)
        ]
    every = [Branches(rank=each.rank, limit="") for each in among]
    candidates = [*chain.from_iterable(each.having(first) for each in every)]
    every_check = [*has_groups(groups), has_atoms(others), *more(OF_CLIENT)]
    only_words = are_only_words(others) and are_words(groups, by_address=not addresses_apart)
    if only_words and isinstance(first, WordShape) and first.folded:
        in_tokens = [*chain.from_iterable(each.in_tokens(first, *checks(IN_TOKEN)) for each in every)]
        yield checked(in_tokens, place, *not_enough, among=among[0], each=OF_TOKENS)
        candidates = [*chain.from_iterable(each.besides_tokens(first) for each in every)]
    yield checked(candidates, place, *not_enough, *every_check, among=among[0])
    addresses = [*chain.from_iterable(map(addresses_in, chain(*(group.alternatives for group in groups))))]
    for atom in addresses if addresses_apart else ():
        # Each client has one, and is found by it once.
        of_atom = [each.with_address(atom) for each in every]
        yield checked(of_atom, place, has_atoms([first]), *every_check, among=among[0], each=0)
