"""The statement around the branches of a search: the best of them in order, with their rows, and how many."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, bindparam, func, select, union_all

from storage.client_rows import client_columns
from storage.search_branches import Place
from storage.search_recent import ANYBODYS, MINE
from storage.tables import clients
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect


def best_of(branches: Sequence[AnySelect], *, said: Sequence[ColumnElement[int]] = ()) -> AnySelect:
    """Return the statement that selects the best clients of some branches, best first.

    A row is how many there are in all, how many of the branches were checked, and the columns of a client; or
    what else is to be `said` in the place of the first two. Ranked are the active first, among them whose
    name begins with what was typed, then whom this person used lately, then whom anybody did, then by what
    was found and its text.
    """
    hits = union_all(*branches).cte("hits")
    each = (
        select(hits.c.id, func.min(hits.c.rank).label("rank"), func.sum(hits.c.checked).label("checked"))
        .group_by(hits.c.id)
        .subquery("each_once")
    )
    order = (
        func.substr(each.c.rank, 1, 1),
        func.substr(each.c.rank, 2, 1) != str(int(Place.START)),
        MINE.c.at.is_(None),
        MINE.c.at.desc(),
        ANYBODYS.c.at.is_(None),
        ANYBODYS.c.at.desc(),
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
            each.outerjoin(MINE, MINE.c.client_id == each.c.id).outerjoin(
                ANYBODYS, ANYBODYS.c.client_id == each.c.id
            )
        )
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .subquery("best")
    )
    return (
        select(
            *(said or (best.c.total, best.c.checked)),
            *client_columns(clients),
        )
        .select_from(best.join(clients, clients.c.id == best.c.id))
        .where(clients.c.workspace_id == IN_WORKSPACE)
        .order_by(best.c.place)
    )


def count_of(branches: Sequence[AnySelect]) -> AnySelect:
    """Return the statement that counts the clients of some branches, each once, as far as `each`.

    SQLite ends it there: it has gone through no more of the branches than it took to find so many.
    """
    ids = union_all(*(select(branch.subquery().c.id) for branch in branches)).subquery()
    each_once = select(ids.c.id).distinct().limit(bindparam("each", type_=Integer)).subquery()
    return select(func.count()).select_from(each_once)


def counted(branch: AnySelect | AnyCompoundSelect) -> AnySelect:
    """Return how many a branch has, as far as its limit goes."""
    return select(func.count().label("many")).select_from(branch.subquery())
