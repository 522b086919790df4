"""Which migration a database has come to, found out without Alembic, whose import takes longer than that."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.errors import is_unavailable

_MIGRATIONS = Path(__file__).with_name("migrations") / "versions"
_REVISION = text("SELECT version_num FROM alembic_version")


def newest_revision() -> str:
    """Return the last migration of this version: each file's name begins with its revision, counted up."""
    return max(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*.py"))


async def is_up_to_date(engine: AsyncEngine) -> bool:
    """Say whether there is nothing to migrate; False too where there are no tables yet.

    Raises:
        DBAPIError: the database is locked, hung or gone.
    """
    try:
        async with engine.connect() as connection:
            found = (await connection.execute(_REVISION)).scalars().all()
    except DBAPIError as error:
        if is_unavailable(error):
            raise
        return False
    return found == [newest_revision()]
