"""Finding clients by what was typed, alike on both engines and in the same order.

First come those whose name begins with the whole text: mostly enough, and never more than a look into two
indices. Only where they are few is everything else looked at: each branch is a range of one index, and
several words are found by way of the one that fewest have.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from storage.search_statements import everybody, matches, starts, weights
from storage.search_terms import AFTER_EVERY_LETTER, GroupShape, Values, shape_of
from storage.similar_search import known_ones, meant_by, similar
from storage.workspace_connection import WorkspaceConnection

MOST_COUNTED = 1_000
"""Matches are counted up to here."""

_FEW = 3_000
"""A word that no more names begin with is a quick way to all who have it."""
_MOST_WEIGHED = 20_000
"""So far those are counted who have a word, to find the one that fewest have."""
_VERY_FEW = 300
"""Of so many each may be looked at for one of several words; else those who have the words are looked at."""
_COUNTED_AMONG_MANY = 100
"""Where no word is such a way, matches are counted up to here: each may lie behind thousands of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Rows of clients, best first, and how many there are: more than that where `is_more`."""

    rows: Sequence[Sequence[Any]] = ()
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


async def search(connection: WorkspaceConnection, sought: Sought, asker: Asker, *, limit: int) -> Hits:
    """Return the best clients for what was typed."""
    outside = {"leaves_out": asker.leave_out is not None}
    values: Values = {**asker.values, "most": limit}
    most = max(limit, MOST_COUNTED) + 1
    if not sought.groups:
        return _hits(await connection.rows_made(everybody, outside, **values, each=most), most)
    shapes, terms = shape_of(sought)
    if not shapes:
        return Hits()
    values |= {**terms, "plain_from": sought.plain, "plain_to": sought.plain + AFTER_EVERY_LETTER}
    if sought.plain:
        counted = MOST_COUNTED + 1
        rows = await connection.rows_made(starts, outside, **values, each=limit, counted=counted)
        if len(rows) == limit and max(rows[0][2:4]) > MOST_COUNTED:
            return Hits(rows=[row[4:] for row in rows], total=MOST_COUNTED, is_more=True)
    way = 0
    if len(shapes) > 1:
        way, size = await _best_way(connection, shapes, values)
        most = most if size <= _FEW else _COUNTED_AMONG_MANY + 1
    shape = {"shapes": shapes, "way": way, "starts_too": bool(sought.plain), **outside}
    hits = _hits(await connection.rows_made(matches, shape, **values, each=most), most)
    if hits.total < limit:
        hits = await _with_similar(connection, sought, asker, hits, limit=limit)
    return hits


async def _with_similar(
    connection: WorkspaceConnection, sought: Sought, asker: Asker, hits: Hits, *, limit: int
) -> Hits:
    """Return the hits, and behind them those who have one word but for one typing error."""
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
        known = [row[0] for row in await connection.rows_made(known_ones, {}, meant=meant)]
        if not known:
            continue
        way = None
        others = tuple(shape for place, shape in enumerate(shapes) if place != number)
        if others:
            place, size = await _best_way(connection, others, values)
            way = (place if place < number else place + 1) if size <= _VERY_FEW else None
        shape = {"shapes": shapes, "mistyped": number, "way": way, **outside}
        rows = await connection.rows_made(similar, shape, **values, meant=json.dumps(known))
        for _, _, *row in rows:
            found.setdefault(row[0], row)
        is_more |= bool(rows) and rows[0][0] > limit
        if len(found) >= limit:
            break
    return Hits(
        rows=[*found.values()][:limit], total=min(len(found), limit), is_more=is_more or len(found) > limit
    )


async def _best_way(
    connection: WorkspaceConnection, shapes: tuple[GroupShape, ...], values: Values
) -> tuple[int, int]:
    """Return which group fewest clients have, and how many that are, as far as it is known."""
    (sizes,) = await connection.rows_made(weights, {"shapes": shapes}, **values, counted=_MOST_WEIGHED)
    weighed = [_weight(shape, size) for shape, size in zip(shapes, sizes, strict=True)]
    way = min(range(len(shapes)), key=weighed.__getitem__)
    return way, weighed[way]


def _weight(shape: GroupShape, size: int) -> int:
    return 0 if shape.is_selective else size


def _hits(rows: Sequence[Sequence[Any]], most: int) -> Hits:
    if not rows:
        return Hits()
    total, checked = rows[0][:2]
    is_more = total >= most or checked >= most
    return Hits(rows=[row[2:] for row in rows], total=min(total, most - 1), is_more=is_more)
