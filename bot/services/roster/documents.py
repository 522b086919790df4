"""Rows as JSON and back, for the time that they are staged."""

import json
from functools import lru_cache

from pydantic import TypeAdapter

from bot.domain.errors import Field
from bot.services.ports import RowKind
from bot.services.roster.rows import ClientRow, RelationRow, Row, RowError

CLIENT_ROW: TypeAdapter[ClientRow] = TypeAdapter(ClientRow)
RELATION_ROW: TypeAdapter[RelationRow] = TypeAdapter(RelationRow)
_STATED = {"stated"}
ROW_ERROR: TypeAdapter[RowError] = TypeAdapter(RowError)


@lru_cache(maxsize=64)
def _listed(fields: frozenset[Field]) -> str:
    """Return fields as JSON; all rows of a file state the same, or nearly."""
    return json.dumps(sorted(fields))


def kind_of(row: Row) -> RowKind:
    """Return of which kind a row is."""
    return RowKind.CLIENT if isinstance(row, ClientRow) else RowKind.RELATION


def document_of(row: Row) -> str:
    """Return a row as JSON."""
    if isinstance(row, ClientRow):
        rest = CLIENT_ROW.dump_json(row, exclude=_STATED).decode()
        return f'{rest[:-1]},"stated":{_listed(row.stated)}}}'
    return RELATION_ROW.dump_json(row).decode()


def row_from(kind: RowKind, document: str) -> Row:
    """Return the row that `document_of` wrote down."""
    if kind is RowKind.CLIENT:
        return CLIENT_ROW.validate_json(document)
    return RELATION_ROW.validate_json(document)
