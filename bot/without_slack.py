"""The database, for whatever needs nothing else.

Beside `bootstrap`, whose libraries for Slack take a second to import.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import ConfigurationError, PracticeSettings
from storage.database import Database


@asynccontextmanager
async def opened_database(url: str, *, writes_much: bool = False) -> AsyncIterator[Database]:
    """Open the database with its tables as this version needs them, and close it at the end.

    Args:
        url: its address.
        writes_much: whether thousands of rows come in, for which SQLite is given more memory.

    Raises:
        ConfigurationError: its history was written with an audit key that is not here.
    """
    key = PracticeSettings.from_environment(database_url=url).audit_key
    secret = key.get_secret_value() if key else None
    database = Database.open(url, audit_key=secret, writes_much=writes_much)
    try:
        await database.migrate()
        if not await database.has_audit_key():
            raise ConfigurationError(
                "The history in this database was written with another audit key: set KINWARD_AUDIT_KEY as "
                f"it was, or put the file {database.trail.files.key} back."
            )
        yield database
    finally:
        await database.close()
