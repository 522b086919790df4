"""Finding the clients that a text names as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    bindparam,
    literal_column,
    select,
    union_all,
)

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.sought import Sought, compact
from storage.client_rows import FEW_CLIENTS_BY_NAME, PICKABLE_RANKS, client_columns, client_from
from storage.column_types import Words
from storage.phones import phones_asked, typed_numbers
from storage.questions import Question, Questions
from storage.search_terms import AFTER_EVERY_LETTER
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_AROUND_AN_ADDRESS = ",;<>\"'()"
_PICKABLE = [literal_column(str(rank), Integer) for rank in PICKABLE_RANKS]
"""Written out: values that are filled in at each execution cannot be kept as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a text can be read as: all that the statement depends on."""

    is_name: bool
    is_own_id: bool
    is_address: bool
    numbers: tuple[bool, ...]
    """For each way to read it as a number, whether that has the country's code."""


def exactly(text: str) -> Questions[tuple[Client, ...]]:
    """Ask for the pickable clients whose whole name, own id, e-mail or phone is `text`, folded."""
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
    if not values:
        return ()
    rows = yield Question(_named_clients, {"shape": shape}, values)
    phones = yield from phones_asked(client_phones.c.client_id, client_phones, [row[0] for row in rows])
    return tuple(client_from(row, phones.get(row[0], ())) for row in rows)


def _named_clients(shape: _Shape) -> AnySelect:
    return (
        select(*client_columns(clients))
        .where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id.in_(union_all(*_named(shape))))
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
            t.status_rank.in_(_PICKABLE),
            t.token == name,
        )
    for number, with_code in enumerate(shape.numbers):
        whole = (p.number >= _value(f"from_{number}"), p.number < _value(f"to_{number}")) if with_code else ()
        yield select(p.client_id).where(
            p.workspace_id == IN_WORKSPACE,
            p.status_rank.in_(_PICKABLE),
            p.digits == _value(f"digits_{number}"),
            *whole,
        )


def _value(key: str) -> BindParameter[str]:
    return bindparam(key, type_=Words)


def _clients_with(criterion: ColumnElement[bool]) -> AnySelect:
    c = clients.c
    return select(c.id).where(c.workspace_id == IN_WORKSPACE, c.status_rank.in_(_PICKABLE), criterion)
