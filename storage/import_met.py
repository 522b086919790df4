"""Whether an earlier row of an import was about a client."""

from sqlalchemy import bindparam, select

from storage.tables import clients, import_clients
from storage.workspace_connection import IN_WORKSPACE

IS_MET = (
    select(import_clients.c.client_id)
    .where(
        import_clients.c.workspace_id == IN_WORKSPACE,
        import_clients.c.import_id == bindparam("of_import"),
        import_clients.c.client_id == clients.c.id,
    )
    # Asked of each client by the key. Without this PostgreSQL makes a join of it, and one that goes through
    # all of an import for each client where it has not counted them yet.
    .offset(0)
    .exists()
)
"""Of the row of `clients` around it."""
