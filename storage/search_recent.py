"""Those who were used lately, and which of them a search finds: they may be far down an index."""

from collections.abc import Sequence

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union,
)

from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.ordered_join import InOrder
from storage.search_branches import ARCHIVED, Branches, Criterion, Place
from storage.search_checks import has_groups, place_of
from storage.search_terms import GroupShape
from storage.tables import client_tokens, clients, recent_clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

RECENT_OF_ONE = 20
"""So many clients count as used lately by one person."""
RECENT_OF_ANYBODY = 50
"""So many count as used lately by anybody."""


def _mine() -> CTE:
    r = recent_clients.c
    return (
        select(r.client_id, r.at)
        .where(r.workspace_id == IN_WORKSPACE, r.staff_id == bindparam("by", type_=Words))
        .order_by(r.at.desc())
        .limit(RECENT_OF_ONE)
        .cte("mine")
    )


def _anybodys() -> CTE:
    r = recent_clients.c
    latest = (
        select(r.client_id, r.at)
        .where(r.workspace_id == IN_WORKSPACE)
        .order_by(r.at.desc())
        .limit(RECENT_OF_ANYBODY)
        .subquery("latest")
    )
    return (
        select(latest.c.client_id, func.max(latest.c.at).label("at"))
        .group_by(latest.c.client_id)
        .cte("anybodys")
    )


MINE, ANYBODYS = _mine(), _anybodys()
_RECENT = union(select(MINE.c.client_id), select(ANYBODYS.c.client_id)).cte("recent")


def recent_ones(among: Branches) -> AnySelect:
    """Return those used lately, as a branch."""
    return _branch(among, _place(Place.START))


def recent_starts(among: Branches) -> AnySelect:
    """Return those used lately, of the standing of `among`, whose name begins with what was typed."""
    # No index is to lead to these few but the one of their ids: as an expression it has none.
    return _branch(among, _place(Place.START), clients.c.status_rank + 0 == among.rank, _begins())


def recent_matches(among: Branches, shapes: Sequence[GroupShape], *, starts_too: bool) -> AnySelect:
    """Return those used lately who have every group, or whose name begins with what was typed."""
    has_all = and_(*has_groups(shapes))
    if not starts_too:
        return _branch(among, _place(Place.NAME), has_all)
    place = case((_begins(), _place(Place.START)), else_=_place(Place.NAME))
    return _branch(among, place, or_(_begins(), has_all))


def _place(place: Place) -> ColumnElement[str]:
    return literal(str(int(place)), Words)


def _begins() -> Criterion:
    """Return that a name begins with what was typed, in either order, or with the preferred name in it."""
    plain = bindparam("plain_from", type_=Words)
    t = client_tokens.c
    # What stands for an index is kept from it here, too: the client's own few tokens are looked at.
    of_client = (t.workspace_id == IN_WORKSPACE, t.client_id == clients.c.id)
    alias = exists().where(*of_client, t.kind + "" == TokenKind.NAME.value, place_of(t.token, plain) == 1)
    return or_(place_of(clients.c.last_first, plain) == 1, place_of(clients.c.whole_name, plain) == 1, alias)


def _branch(among: Branches, place: ColumnElement[str], *criteria: Criterion) -> AnySelect:
    rank = cast(clients.c.status_rank, Words) + place + clients.c.last_first
    return (
        select(clients.c.id, rank.label("rank"), literal(0, Integer).label("checked"))
        .select_from(InOrder(_RECENT, clients, clients.c.id == _RECENT.c.client_id))
        .where(
            clients.c.workspace_id == IN_WORKSPACE,
            clients.c.status_rank + 0 <= ARCHIVED,
            *criteria,
            *among.without_left_out(clients.c.id),
        )
    )
