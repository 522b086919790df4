"""SQLite is told of every table that grows, and of each of its indices."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.sqlite_statistics import GROWING
from storage.tables import metadata
from storage.workspace_scope import WORKSPACE_COLUMN

SEARCHED = {"clients", "client_phones", "client_tokens", "recent_clients"}
"""Their statements say themselves which way to go."""
GONE_AFTER_AN_IMPORT = {"imports", "import_rows", "import_clients", "import_rejects"} | {
    *("import_references", "import_places")
}
"""What is asked of these names the import and the kind besides."""
SMALL = {"workspaces", "practice_settings", "staff_roles", "api_tokens", "mail_rules"} | {
    *("history_heads", "history_anchors", "history_permits")
}


def test_every_table_is_told_of_or_known_to_need_it_not() -> None:
    ours = {table.name for table in metadata.tables.values() if WORKSPACE_COLUMN in table.c}
    assert {table.name for table in GROWING} == ours - SEARCHED - GONE_AFTER_AN_IMPORT - SMALL


def test_each_index_is_told_of_with_all_its_columns(sqlite_template: Path) -> None:
    with closing(sqlite3.connect(sqlite_template)) as connection:
        told = {
            (table, index): statistics.split()
            for table, index, statistics in connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1")
        }
        for table in GROWING:
            without_row_ids = not table.dialect_options["sqlite"]["with_rowid"]
            for _, index, _, origin, _ in connection.execute(f"PRAGMA index_list({table.name})").fetchall():
                columns = connection.execute(f"PRAGMA index_info({index})").fetchall()
                name = table.name if without_row_ids and origin == "pk" else index
                assert len(told.pop((table.name, name))) == 1 + len(columns)
    assert not told
