"""Alembic's entry: on the connection that the program hands over, or else on DATABASE_URL."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from storage.address import DatabaseAddress
from storage.migrating import run_migrating
from storage.tables import metadata
from storage.trail.trail import Trail


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite changes a table only by making it anew.
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Kinward's migrations run on a database; they cannot be printed as a script.")

given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    address = DatabaseAddress.parse(os.environ["DATABASE_URL"])
    context.config.attributes["trail"] = Trail(address, key=os.environ.get("KINWARD_AUDIT_KEY") or None)
    asyncio.run(run_migrating(address, _run))
