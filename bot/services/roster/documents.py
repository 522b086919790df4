"""Rows as JSON and back, for the time that they are staged."""

from pydantic import TypeAdapter

from bot.services.ports import RowKind
from bot.services.roster.rows import ClientRow, RelationRow, Row, RowError

CLIENT_ROW: TypeAdapter[ClientRow] = TypeAdapter(ClientRow)
RELATION_ROW: TypeAdapter[RelationRow] = TypeAdapter(RelationRow)
ROW_ERROR: TypeAdapter[RowError] = TypeAdapter(RowError)


def kind_of(row: Row) -> RowKind:
    """Return of which kind a row is."""
    return RowKind.CLIENT if isinstance(row, ClientRow) else RowKind.RELATION


def document_of(row: Row) -> str:
    """Return a row as JSON."""
    if isinstance(row, ClientRow):
        return CLIENT_ROW.dump_json(row).decode()
    return RELATION_ROW.dump_json(row).decode()


def row_from(kind: RowKind, document: str) -> Row:
    """Return the row that `document_of` wrote down."""
    if kind is RowKind.CLIENT:
        return CLIENT_ROW.validate_json(document)
    return RELATION_ROW.validate_json(document)
