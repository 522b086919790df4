"""Rows as JSON and back, for the time that they are staged; and why some are left out."""

from msgspec.json import Decoder, Encoder

from bot.services.ports import RowKind
from bot.services.roster.rows import ClientRow, RelationRow, Row, RowError

_ENCODER = Encoder()
_CLIENT_ROW = Decoder(ClientRow)
_RELATION_ROW = Decoder(RelationRow)
_ROW_ERROR = Decoder(RowError)


def kind_of(row: Row) -> RowKind:
    """Return of which kind a row is."""
    return RowKind.CLIENT if isinstance(row, ClientRow) else RowKind.RELATION


def document_of(stated: Row | RowError) -> str:
    """Return a row, or why one is left out, as JSON."""
    return _ENCODER.encode(stated).decode()


def row_from(kind: RowKind, document: str) -> Row:
    """Return the row that `document_of` wrote down."""
    return client_row_from(document) if kind is RowKind.CLIENT else _RELATION_ROW.decode(document)


def client_row_from(document: str) -> ClientRow:
    """Return the row of a client that `document_of` wrote down."""
    return _CLIENT_ROW.decode(document)


def row_error_from(document: str) -> RowError:
    """Return the reason that `document_of` wrote down."""
    return _ROW_ERROR.decode(document)
