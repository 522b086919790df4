"""What SQLite is told about tables that grow, since it counts nothing by itself and guesses badly.

Every index begins with the workspace, and SQLite guesses that ten rows have the same one. So it would rather
go through all the history of a practice than look up the entries of one client, and did. Told that a million
rows have it, it looks up (https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table). What clients are
searched by is not among these: those statements say themselves which way to go.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from storage.tables import (
    address_pauses,
    announcements,
    contacts,
    deliveries,
    history,
    history_chain,
    history_values,
    links,
    mail_copies,
    must_not_receive,
    notice_attachments,
    notices,
    people,
    person_phones,
    person_tokens,
    sent_summaries,
    sides,
    submissions,
)
from storage.workspace_scope import WORKSPACE_COLUMN

GROWING = (
    *(history, history_values, history_chain, links, contacts, sides, people, person_phones, person_tokens),
    *(
        must_not_receive,
        notices,
        notice_attachments,
        mail_copies,
        address_pauses,
        announcements,
        sent_summaries,
    ),
    *(deliveries, submissions),
)

_ROWS = 1_000_000
_VALUES = {WORKSPACE_COLUMN: 1, "kind": 3, "state": 8, "opened": 2, "actor_id": 50}
"""How many different values there are in a column of few."""
_OTHERS = 200_000
"""The same of any other column: five rows each."""


def tell_statistics(connection: Connection) -> None:
    """Have SQLite plan as it is best where there is much; other databases count by themselves."""
    if connection.dialect.name != "sqlite":
        return
    # The first makes the table of the statistics where it is missing, the last one has them read.
    connection.exec_driver_sql("ANALYZE sqlite_schema")
    for table in GROWING:
        connection.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE tbl = ?", (table.name,))
        told = [(table.name, index, statistics) for index, statistics in _statistics(connection, table)]
        if told:
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", told)
    connection.exec_driver_sql("ANALYZE sqlite_schema")


def _statistics(connection: Connection, table: Table) -> Iterator[tuple[str, str]]:
    """Yield each index with the number of its rows, and of those that have the same first columns."""
    has_rowids = table.dialect_options["sqlite"]["with_rowid"]
    for _, index, is_unique, origin, _ in connection.exec_driver_sql(
        f"PRAGMA index_list({table.name})"
    ).all():
        columns = [row[2] for row in connection.exec_driver_sql(f"PRAGMA index_info({index})").all()]
        counts, alike = [_ROWS], _ROWS
        for column in columns:
            alike = max(1, alike // _VALUES.get(column, _OTHERS))
            counts.append(alike)
        if is_unique:
            counts[-1] = 1
        # A table without row ids is its own primary key, and named so.
        name = table.name if origin == "pk" and not has_rowids else index
        yield name, " ".join(map(str, counts))
