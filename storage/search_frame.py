"""The statement around the branches of a search: the best of them in order, with their rows, and how many."""

from collections.abc import Sequence

from sqlalchemy import Integer, Subquery, bindparam, func, literal, select, union_all

from storage.client_rows import client_columns
from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.ordered_join import InOrder
from storage.search_branches import Branches, Place
from storage.search_checks import place_of
from storage.tables import client_tokens, clients, recent_clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

RECENT_OF_ONE = 20
"""So many clients count as used lately by one person."""
RECENT_OF_ANYBODY = 50
"""So many count as used lately by anybody."""


def best_of(branches: Sequence[AnySelect], *counts: AnySelect) -> AnySelect:
    """Return the statement that selects the best clients of some branches, best first.

    A row is how many there are in all, how many of the branches were checked, the counts, and the columns
    of a client. Ranked are the active
    first, among them whose name begins with what was typed, then whom this person used lately, then whom
    anybody did, then by what was found and its text.
    """
    hits = union_all(*branches).cte("hits")
    each = (
        select(hits.c.id, func.min(hits.c.rank).label("rank"), func.sum(hits.c.checked).label("checked"))
        .group_by(hits.c.id)
        .subquery("each_once")
    )
    mine, anybodys = _mine(), _anybodys()
    order = (
        func.substr(each.c.rank, 1, 1),
        func.substr(each.c.rank, 2, 1) != str(int(Place.START)),
        mine.c.at.is_(None),
        mine.c.at.desc(),
        anybodys.c.at.is_(None),
        anybodys.c.at.desc(),
        each.c.rank,
        each.c.id,
    )
    best = (
        select(
            each.c.id,
            func.row_number().over(order_by=order).label("place"),
            func.count().over().label("total"),
            func.sum(each.c.checked).over().label("checked"),
        )
        .select_from(
            each.outerjoin(mine, mine.c.client_id == each.c.id).outerjoin(
                anybodys, anybodys.c.client_id == each.c.id
            )
        )
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .subquery("best")
    )
    return (
        select(
            best.c.total,
            best.c.checked,
            *(count.scalar_subquery() for count in counts),
            *client_columns(clients),
        )
        .select_from(best.join(clients, clients.c.id == best.c.id))
        .where(clients.c.workspace_id == IN_WORKSPACE)
        .order_by(best.c.place)
    )


def counted(branch: AnySelect) -> AnySelect:
    """Return how many a branch has, as far as its limit goes."""
    return select(func.count()).select_from(branch.subquery())


def recent_starts(among: Branches) -> Sequence[AnySelect]:
    """Return those used lately whose name begins with what was typed: they may be far down an index."""
    plain = bindparam("plain_from", type_=Words)
    recent = union_all(select(_mine().c.client_id), select(_anybodys().c.client_id)).subquery("recent")
    found = []
    for column in (clients.c.last_first, clients.c.whole_name):
        rank = literal(f"{among.rank}{Place.START}", Words) + column
        found.append(
            select(clients.c.id, rank.label("rank"), literal(0, Integer).label("checked"))
            .select_from(InOrder(recent, clients, clients.c.id == recent.c.client_id))
            .where(
                clients.c.workspace_id == IN_WORKSPACE,
                # No index is to lead to these few but the one of their ids: as expressions these have none.
                clients.c.status_rank + 0 == among.rank,
                place_of(column, plain) == 1,
                *among.without_left_out(clients.c.id),
            )
        )
    t = client_tokens.c
    rank = literal(f"{among.rank}{Place.START}", Words) + t.token
    found.append(
        select(t.client_id, rank.label("rank"), literal(0, Integer).label("checked")).where(
            t.workspace_id == IN_WORKSPACE,
            t.client_id.in_(select(recent.c.client_id)),
            t.status_rank + 0 == among.rank,
            t.kind + "" == TokenKind.NAME.value,
            place_of(t.token, plain) == 1,
            *among.without_left_out(t.client_id),
        )
    )
    return found


def _mine() -> Subquery:
    r = recent_clients.c
    return (
        select(r.client_id, r.at)
        .where(r.workspace_id == IN_WORKSPACE, r.staff_id == bindparam("by", type_=Words))
        .order_by(r.at.desc())
        .limit(RECENT_OF_ONE)
        .subquery("mine")
    )


def _anybodys() -> Subquery:
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
        .subquery("anybodys")
    )
