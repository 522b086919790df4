"""Finding the clients that a text names as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, bindparam, false, select, union_all

from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.sought import Sought, compact
from storage.client_rows import FEW_CLIENTS_BY_NAME, PICKABLE_RANKS, client_columns
from storage.column_types import Words
from storage.phones import typed_numbers
from storage.search_terms import AFTER_EVERY_LETTER
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_AROUND_AN_ADDRESS = ",;<>\"'()"
_STATEMENTS_KEPT = 64
"""Texts have few shapes: an id, a name, a number in its country or with the country's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactSearch:
    """A statement, and the values of what was typed."""

    statement: AnySelect
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a text can be read as: all that the statement depends on."""

    is_name: bool
    is_own_id: bool
    is_address: bool
    numbers: tuple[bool, ...]
    """For each way to read it as a number, whether that has the country's code."""


def exactly(text: str) -> ExactSearch:
    """Return how to find the clients whose whole name, own id, e-mail or phone is `text`, folded."""
    typed = tidy(text)
    name, own_id = fold(typed), compact(typed)
    address = login_equality(typed.strip(_AROUND_AN_ADDRESS))
    groups = Sought.read(typed).groups
    ways = typed_numbers(groups[0].number) if len(groups) == 1 else ()
    said = {"name": name, "own_id": own_id, "address": address}
    values: dict[str, object] = {key: wanted for key, wanted in said.items() if wanted}
    for number, way in enumerate(ways):
        values[f"digits_{number}"] = way.digits
        if way.number:
            values[f"from_{number}"], values[f"to_{number}"] = way.number, way.number + AFTER_EVERY_LETTER
    shape = _Shape(
        is_name=bool(name),
        is_own_id=bool(own_id),
        is_address=bool(address),
        numbers=tuple(bool(way.number) for way in ways),
    )
    return ExactSearch(statement=_statement(shape), values=values)


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _statement(shape: _Shape) -> AnySelect:
    """Return the statement for texts of a shape: made once, it is also read by the guard only once."""
    named = list(_named(shape))
    ids = (
        union_all(*named)
        if named
        else select(clients.c.id).where(clients.c.workspace_id == IN_WORKSPACE, false())
    )
    return (
        select(*client_columns(clients))
        .where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id.in_(ids))
        .order_by(*FEW_CLIENTS_BY_NAME)
    )


def _named(shape: _Shape) -> Iterator[AnySelect]:
    name = _value("name")
    for column, wanted, asked in (
        (clients.c.whole_name, name, shape.is_name),
        (clients.c.last_first, name, shape.is_name),
        (clients.c.own_compact, _value("own_id"), shape.is_own_id),
        (clients.c.login, _value("address"), shape.is_address),
    ):
        if asked:
            yield _clients_with(column == wanted)
    t, p = client_tokens.c, client_phones.c
    if shape.is_name:
        yield select(t.client_id).where(
            t.workspace_id == IN_WORKSPACE,
            t.kind == "name",
            t.status_rank.in_(PICKABLE_RANKS),
            t.token == name,
        )
    for number, with_code in enumerate(shape.numbers):
        whole = (p.number >= _value(f"from_{number}"), p.number < _value(f"to_{number}")) if with_code else ()
        yield select(p.client_id).where(
            p.workspace_id == IN_WORKSPACE,
            p.status_rank.in_(PICKABLE_RANKS),
            p.digits == _value(f"digits_{number}"),
            *whole,
        )


def _value(key: str) -> BindParameter[str]:
    return bindparam(key, type_=Words)


def _clients_with(criterion: ColumnElement[bool]) -> AnySelect:
    c = clients.c
    return select(c.id).where(c.workspace_id == IN_WORKSPACE, c.status_rank.in_(PICKABLE_RANKS), criterion)
