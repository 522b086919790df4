"""How a database stands towards the migrations, found out without changing it."""

from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.address import DatabaseAddress
from storage.engine import open_engine
from storage.errors import failures_sorted
from storage.migrating import alembic_config
from storage.patience import PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a database stands."""

    revision: str | None
    """The last migration it went through; None where it has no tables of ours."""
    newest: str
    """The last migration of this version."""
    is_known: bool
    """Whether this version knows the database's revision: not one that a newer version has left."""
    server: str
    """What it is, such as `PostgreSQL 18.1`."""


async def standing_of(address: DatabaseAddress) -> Standing:
    """Ask a database where it stands.

    Raises:
        StorageUnavailable: it is locked, hung or gone.
    """
    with failures_sorted():
        engine = open_engine(address, PATIENCE)
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(_look)
        finally:
            await engine.dispose()


def _look(connection: Connection) -> Standing:
    scripts = ScriptDirectory.from_config(alembic_config())
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    server = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    version = ".".join(map(str, connection.dialect.server_version_info or ()))
    return Standing(
        revision=revision,
        newest=str(scripts.get_current_head()),
        is_known=revision is None or revision in known,
        server=f"{server} {version}".strip(),
    )
