"""How every kind of row is taken in."""

from bot.services.ports import RowKind
from bot.services.roster.client_rows import ClientRows
from bot.services.roster.relation_rows import RelationRows
from bot.services.roster.staging import Takings


def every_kind() -> Takings:
    """Return what takes rows of each kind in."""
    return {RowKind.CLIENT: ClientRows(), RowKind.RELATION: RelationRows()}
