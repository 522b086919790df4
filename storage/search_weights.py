"""By which of several words is looked for: the one that fewest have, counted no farther than needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, Integer, bindparam, literal, select, union_all

from storage.questions import Question, Questions
from storage.search_branches import ACTIVE, Branches
from storage.search_frame import counted
from storage.search_terms import Atom, GroupShape, Values, WordShape
from storage.workspace_connection import AnySelect

FEW = 3_000
"""A word that no more names begin with is a quick way to all who have it."""
_MOST_WEIGHED = 20_000
"""So far those are counted who have a word, to find the one that fewest have."""
_OF_ONE_YEAR = 10_000
"""So many may have been born in one year, in a roster where that matters."""
_APART = 8
"""To look at a client whom the own id leads to takes so many times longer: their row is read, where all that
is looked at of the others stands in the index."""
_FEW_ADDRESSES = 1_000
"""The rows of so many may be read whose e-mail address begins with what was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The group by way of which the others are looked for.

    Attributes:
        place: which one it is.
        size: how many clients have it, as far as is known.
        values: those of the statements, the most telling part of each word put first.
        addresses_apart: whether few have an address that begins with any of the groups: those are looked at
            by themselves.
    """

    place: int
    size: int
    values: Values
    addresses_apart: bool


def weights(shapes: tuple[GroupShape, ...]) -> AnySelect:
    """Return the statement that counts whose names, and whose addresses, begin with what is weighed."""
    among = Branches(rank=ACTIVE, limit="")
    atoms = chain.from_iterable(map(_weighed, _alternatives(shapes)))
    words = chain.from_iterable(_sizes(among, atom) for atom in atoms)
    addresses = (_size([among.with_address(atom)]) for atom in _addresses(shapes))
    return select(literal(0, Integer).label("none"), *words, *addresses)


def best_way(shapes: tuple[GroupShape, ...], values: Values) -> Questions[Way]:
    """Ask which group fewest clients have."""
    way = yield from weighed(shapes, values, most=FEW)
    if way.size <= FEW or len(shapes) == 1:
        return way
    return (yield from weighed(shapes, values, most=_MOST_WEIGHED))


def weighed(shapes: tuple[GroupShape, ...], values: Values, *, most: int) -> Questions[Way]:
    """Ask which group fewest clients have, counting each no farther than `most`, but for own ids."""
    ((_, *sizes),) = yield Question(weights, {"shapes": shapes}, {**values, "weighed": most + 1})
    left = iter(sizes)
    # An own id alone may be many clients': all of them are looked at, for nothing else is to be found.
    apart = _APART if len(shapes) > 1 else 0
    sizes_of_groups, arranged = [], dict(values)
    for shape in shapes:
        size = 0
        for atoms in shape.alternatives:
            found = [(next(left), next(left)) for _ in _weighed(atoms)]
            if found:
                least = min(range(len(found)), key=[named + own * _APART for named, own in found].__getitem__)
                _put_first(arranged, atoms, least)
                size += found[least][0] + found[least][1] * apart
        sizes_of_groups.append(_size_of(shape, size))
    place = min(range(len(shapes)), key=sizes_of_groups.__getitem__)
    return Way(
        place=place,
        size=sizes_of_groups[place],
        values=arranged,
        addresses_apart=sum(left) <= _FEW_ADDRESSES,
    )


def _alternatives(shapes: Sequence[GroupShape]) -> Iterator[Sequence[Atom]]:
    return (atoms for shape in shapes for atoms in shape.alternatives)


def _weighed(atoms: Sequence[Atom]) -> Sequence[WordShape]:
    """Return the words of an alternative that can take the first one's place, which is weighed as well."""
    first = atoms[0]
    if not isinstance(first, WordShape) or not first.folded:
        return ()
    alike = (first.folded, first.address)
    return [atom for atom in atoms if isinstance(atom, WordShape) and (atom.folded, atom.address) == alike]


def _addresses(shapes: Sequence[GroupShape]) -> Iterator[WordShape]:
    if len(shapes) > 1:
        for atoms in _alternatives(shapes):
            yield from addresses_in(atoms)


def addresses_in(atoms: Sequence[Atom]) -> Iterator[WordShape]:
    """Yield the words that may be the beginning of an address."""
    return (atom for atom in atoms if isinstance(atom, WordShape) and atom.address)


def _put_first(values: dict[str, object], atoms: Sequence[Atom], place: int) -> None:
    """Have the first word of an alternative and another one of it look for each other's texts."""
    weighed_ones = _weighed(atoms)
    one, other = weighed_ones[0].key, weighed_ones[place].key
    if one != other:
        of_one = {name: value for name, value in values.items() if name.startswith(f"{one}_")}
        for name, value in of_one.items():
            its = name.replace(one, other, 1)
            values[name], values[its] = values[its], value


def _size_of(shape: GroupShape, size: int) -> int:
    if shape.is_selective:
        return 0
    return _OF_ONE_YEAR if shape.is_year else size


def _sizes(among: Branches, atom: WordShape) -> Iterator[ColumnElement[int]]:
    """Yield how many have a word in their names, and how many own ids begin with it."""
    yield _size([*among.begun_with(atom.key), *among.in_tokens(atom)])
    yield _size([*among.with_own_id(atom)])


def _size(branches: Sequence[AnySelect]) -> ColumnElement[int]:
    """Return how many some branches have in all, as far as that is counted."""
    most = bindparam("weighed", type_=Integer)
    return counted(union_all(*branches).limit(most)).scalar_subquery()
