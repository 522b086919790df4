"""Finding clients by what was typed, alike on both engines and in the same order.

First come those whose name begins with the whole text: mostly enough, and never more than a look into two
indices. Only where they are few is everything else looked at: each branch is a range of one index, and
several words are found by way of the one that fewest have. How many there are is asked apart from who comes
first, and only where not all of them are shown: to count is to go along an index, to rank is to sort.

A search is its questions, one after the other, to whoever asks the database (`storage.finding`).
"""

import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from storage.made_statements import Build
from storage.questions import Question, Questions, Rows
from storage.search_branches import OF_ROWS
from storage.search_statements import (
    everybody,
    how_many,
    how_many_match,
    how_many_start,
    matches,
    starts,
)
from storage.search_terms import AFTER_EVERY_LETTER, GroupShape, Values, shape_of
from storage.search_weights import FEW, Way, best_way, weighed, weights
from storage.similar_search import known_ones, meant_by, similar

MOST_COUNTED = 1_000
"""Matches are counted up to here."""

_LARGEST_FAMILY = 300
"""So many more than that may be left out of those who were counted at a glance."""
_GLANCE = MOST_COUNTED + _LARGEST_FAMILY
_VERY_FEW = 2_000
"""Of so many each may be looked at for one of several words; else those who have the words are looked at."""
_COUNTED_AMONG_MANY = 100
"""Where no word is such a way, matches are counted up to here: each may lie behind thousands of others."""
_ROUND = 10
"""What is known to be more is said in such steps: "over 50"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Rows of clients, best first, and how many there are: more than that where `is_more`."""

    rows: Rows = ()
    total: int = 0
    is_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """For whom clients are looked for: the person, and the client whose family is left out, if any."""

    by: StaffId | None = None
    leave_out: ClientId | None = None

    @property
    def values(self) -> Values:
        """The values for statements."""
        left_out = {} if self.leave_out is None else {"left_out": self.leave_out}
        return {"by": self.by or "", **left_out}


def search(sought: Sought, asker: Asker, *, limit: int) -> Questions[Hits]:
    """Ask for the best clients for what was typed."""
    if not sought.groups:
        outside = {"leaves_out": asker.leave_out is not None}
        values = {**asker.values, "most": limit}
        rows = yield Question(everybody, outside, {**values, "each": limit})
        if len(rows) < limit:
            return _every(rows)
        return _counted(rows, (yield Question(how_many, outside, {**values, "each": MOST_COUNTED + 1})))
    shapes, terms = shape_of(sought)
    return (yield from _Search(sought, asker, shapes, terms, limit).hits()) if shapes else Hits()


class _Search:
    """The questions of one search for something."""

    def __init__(
        self, sought: Sought, asker: Asker, shapes: tuple[GroupShape, ...], terms: Values, limit: int
    ) -> None:
        self._sought = sought
        self._asker = asker
        self._shapes = shapes
        self._limit = limit
        self._outside = {"leaves_out": asker.leave_out is not None}
        whole = {"plain_from": sought.plain, "plain_to": sought.plain + AFTER_EVERY_LETTER}
        self._values: Values = {**asker.values, **terms, **whole, "most": limit, "glance": _GLANCE}

    def hits(self) -> Questions[Hits]:
        """Ask for the best."""
        if self._sought.plain:
            rows = yield self._asked(starts, self._outside, each=self._limit)
            if len(rows) == self._limit:
                return (yield from self._many(rows))
        hits = yield from (self._simple() if self._is_simple else self._with_every_group())
        if hits.total < self._limit:
            hits = yield from _with_similar(self._sought, self._asker, hits, limit=self._limit)
        return hits

    @property
    def _is_simple(self) -> bool:
        """Whether each way to a client is one index, which has its best ones first."""
        return len(self._shapes) == 1 and all(len(atoms) == 1 for atoms in self._shapes[0].alternatives)

    def _many(self, rows: Rows) -> Questions[Hits]:
        """Count, where those whose name begins with the text are all that is shown."""
        if not self._is_simple:
            way = yield from weighed(self._shapes, self._values, most=FEW)
            if way.size > FEW:
                return (yield from self._over(rows))
            return _counted(rows, (yield self._how_many(way)))
        by_last, by_first = rows[0][:2]
        if by_last >= _GLANCE or by_first >= _GLANCE:
            return Hits(rows=_clients_of(rows), total=MOST_COUNTED, is_more=True)
        return _counted(rows, (yield self._how_many(self._only_way)))

    def _over(self, rows: Rows) -> Questions[Hits]:
        """Say more than how many, in steps, where to look at everybody else takes too long."""
        each = _COUNTED_AMONG_MANY + 1
        ((known,),) = yield self._asked(how_many_start, self._outside, each=each)
        rounded = (min(known, each) - 1) // _ROUND * _ROUND
        if rounded < self._limit:
            # Just as many as are shown: whether there is one more can only be found out.
            return (yield from self._with_every_group())
        return Hits(rows=_clients_of(rows), total=rounded, is_more=True)

    def _simple(self) -> Questions[Hits]:
        rows = yield self._by(self._only_way, matches, each=self._limit)
        if len(rows) < self._limit:
            return _every(rows)
        return _counted(rows, (yield self._how_many(self._only_way)))

    def _with_every_group(self) -> Questions[Hits]:
        way = yield from best_way(self._shapes, self._values)
        most = MOST_COUNTED + 1 if way.size <= FEW else _COUNTED_AMONG_MANY + 1
        rows = yield self._by(way, matches, each=most)
        if not rows:
            return Hits()
        total, checked = rows[0][:2]
        is_more = max(total, checked % OF_ROWS, checked // OF_ROWS) >= most
        return Hits(rows=_clients_of(rows), total=min(total, most - 1), is_more=is_more)

    @property
    def _only_way(self) -> Way:
        return Way(place=0, size=0, values=self._values, addresses_apart=True)

    def _how_many(self, way: Way) -> Question:
        return self._by(way, how_many_match, each=MOST_COUNTED + 1)

    def _by(self, way: Way, build: Build, *, each: int) -> Question:
        shape = {
            "shapes": self._shapes,
            "way": way.place,
            "starts_too": bool(self._sought.plain),
            "addresses_apart": way.addresses_apart,
            **self._outside,
        }
        return Question(build, shape, {**way.values, "each": each})

    def _asked(self, build: Build, shape: Mapping[str, Hashable], *, each: int) -> Question:
        return Question(build, shape, {**self._values, "each": each})


def statements(sought: Sought, *, leaves_out: bool) -> Iterator[tuple[Build, Mapping[str, Hashable]]]:
    """Yield every statement that may be asked for such a text, whatever there is to be found."""
    outside = {"leaves_out": leaves_out}
    shapes, _ = shape_of(sought)
    if not shapes:
        yield from ((everybody, outside), (how_many, outside))
        return
    yield from ((starts, outside), (how_many_start, outside), (known_ones, {}))
    yield weights, {"shapes": shapes}
    for way in range(len(shapes)):
        shape = {
            "shapes": shapes,
            "way": way,
            "starts_too": bool(sought.plain),
            "addresses_apart": True,
            **outside,
        }
        yield from ((matches, shape), (how_many_match, shape))
    apart, _ = shape_of(sought.apart())
    for mistyped in range(len(apart)):
        for by in (None, *(way for way in range(len(apart)) if way != mistyped)):
            yield similar, {"shapes": apart, "mistyped": mistyped, "way": by, **outside}
        if others := tuple(shape for place, shape in enumerate(apart) if place != mistyped):
            yield weights, {"shapes": others}


def _with_similar(sought: Sought, asker: Asker, hits: Hits, *, limit: int) -> Questions[Hits]:
    """Ask for those, too, who have one word but for one typing error; they come behind the hits."""
    apart = sought.apart()
    shapes, terms = shape_of(apart)
    outside = {"leaves_out": asker.leave_out is not None}
    values: Values = {**asker.values, **terms, "most": limit, "each": _COUNTED_AMONG_MANY + 1}
    found = {row[0]: row for row in hits.rows}
    is_more = False
    for number, group in enumerate(apart.groups):
        meant = meant_by(group.words[0].in_one_piece) if len(group.words) == 1 else ""
        if not meant:
            continue
        known = [row[0] for row in (yield Question(known_ones, {}, {"meant": meant}))]
        if not known:
            continue
        way = None
        others = tuple(shape for place, shape in enumerate(shapes) if place != number)
        if others:
            found_way = yield from best_way(others, values)
            place = found_way.place + (found_way.place >= number)
            way = place if found_way.size <= _VERY_FEW else None
        shape = {"shapes": shapes, "mistyped": number, "way": way, **outside}
        rows = yield Question(similar, shape, {**values, "meant": json.dumps(known)})
        for _, _, *row in rows:
            found.setdefault(row[0], row)
        is_more |= bool(rows) and rows[0][0] > limit
        if len(found) >= limit:
            break
    return Hits(
        rows=[*found.values()][:limit], total=min(len(found), limit), is_more=is_more or len(found) > limit
    )


def _clients_of(rows: Rows) -> Rows:
    return [row[2:] for row in rows]


def _every(rows: Rows) -> Hits:
    """Return the hits where there are no more."""
    return Hits(rows=_clients_of(rows), total=len(rows))


def _counted(rows: Rows, counts: Rows) -> Hits:
    """Return the hits where all were counted, as far as that goes."""
    total = max(counts[0][0], len(rows))
    return Hits(rows=_clients_of(rows), total=min(total, MOST_COUNTED), is_more=total > MOST_COUNTED)
