"""The engine for an address, whichever database it names."""

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.address import DatabaseAddress
from storage.patience import Patience
from storage.postgresql import open_postgresql
from storage.sqlite import open_sqlite


def open_engine(address: DatabaseAddress, patience: Patience, *, writes_much: bool = False) -> AsyncEngine:
    """Return an engine; a missing SQLite file is created, a server is not asked yet."""
    if address.path is not None:
        return open_sqlite(address.path, patience, writes_much=writes_much)
    return open_postgresql(address.dsn, patience)
