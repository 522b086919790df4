"""The history chained, with its values in a table of their own, and more kinds of things in it."""

import secrets
from collections.abc import Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

from storage.trail import canonical
from storage.trail.canonical import EntryFields
from storage.trail.keys import KeyRing

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PORTION = 1000

_TO_DROP = """EXISTS (
    SELECT 1 FROM history_permits AS permit
    JOIN history_chain AS chained ON chained.workspace_id = permit.workspace_id
    WHERE permit.workspace_id = OLD.workspace_id AND permit.path = 'drop'
    AND chained.number = OLD.number AND chained.place <= permit.through)"""
_TO_ERASE = """EXISTS (
    SELECT 1 FROM history_permits AS permit
    WHERE permit.workspace_id = OLD.workspace_id AND permit.path = 'erase')"""
# No place leaves the chain that is not behind an anchor.
_TO_UNCHAIN = """EXISTS (
    SELECT 1 FROM history_permits AS permit
    JOIN history_anchors AS anchor ON anchor.workspace_id = permit.workspace_id
    WHERE permit.workspace_id = OLD.workspace_id AND permit.path = 'drop'
    AND OLD.place <= permit.through AND OLD.place <= anchor.place)"""

DELETES = {
    "history": _TO_DROP,
    "history_values": f"({_TO_ERASE} OR {_TO_DROP})",
    "history_chain": _TO_UNCHAIN,
    "history_anchors": "1 = 0",
    "history_heads": "1 = 0",
}
"""Under what condition a row of each table may be deleted; there is none under which one may be changed,
except that the end of a chain moves on."""

SQLITE_KEYS = {
    "history": ("number = NEW.number",),
    "history_values": ("workspace_id = NEW.workspace_id AND number = NEW.number",),
    "history_chain": (
        "workspace_id = NEW.workspace_id AND place = NEW.place",
        "workspace_id = NEW.workspace_id AND number = NEW.number",
    ),
    "history_anchors": ("workspace_id = NEW.workspace_id AND place = NEW.place",),
}
"""INSERT OR REPLACE deletes the row in its way without asking a trigger: so there must be none."""

SAYING = "the history is append-only"


def upgrade() -> None:
    """Make the tables, move the values over, and chain what is there."""
    dialect = op.get_bind().dialect.name
    _drop_first_triggers(dialect)
    _make_tables()
    op.add_column("history", sa.Column("kind", WORDS, nullable=False, server_default="change"))
    op.add_column("history", sa.Column("values_digest", sa.LargeBinary()))
    _chain_what_is_there()
    op.drop_column("history", "before")
    op.drop_column("history", "after")
    for name, column in (
        ("ix_history_client", "client_id"),
        ("ix_history_other_client", "other_client_id"),
        ("ix_history_subject", "subject_id"),
    ):
        op.drop_index(name, "history")
        op.create_index(name, "history", ["workspace_id", column, "kind", "number"])
    op.create_index("ix_history_actor", "history", ["workspace_id", "actor_id", "number"])
    op.create_index("ix_history_kind", "history", ["workspace_id", "kind", "number"])
    for statement in _triggers(dialect):
        op.execute(statement)


def downgrade() -> None:
    """Put the values back where they were; what was erased stays so."""
    dialect = op.get_bind().dialect.name
    _drop_triggers(dialect)
    for name in ("ix_history_actor", "ix_history_kind"):
        op.drop_index(name, "history")
    for name, column in (
        ("ix_history_client", "client_id"),
        ("ix_history_other_client", "other_client_id"),
        ("ix_history_subject", "subject_id"),
    ):
        op.drop_index(name, "history")
        op.create_index(name, "history", ["workspace_id", column, "number"])
    op.add_column("history", sa.Column("before", DOCUMENT))
    op.add_column("history", sa.Column("after", DOCUMENT))
    _put_values_back(dialect)
    op.drop_column("history", "values_digest")
    op.drop_column("history", "kind")
    for table in (
        "history_permits",
        "history_anchors",
        "history_heads",
        "history_chain",
        "history_values",
    ):
        op.drop_table(table)
    for statement in _first_triggers(dialect):
        op.execute(statement)


def _make_tables() -> None:
    op.create_table(
        "history_values",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("before", WORDS),
        sa.Column("after", WORDS),
        sa.PrimaryKeyConstraint("workspace_id", "number", name="pk_history_values"),
    )
    op.create_table(
        "history_chain",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key_id", WORDS, nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "place", name="pk_history_chain"),
        sqlite_with_rowid=False,
    )
    op.create_index("uq_history_chain_number", "history_chain", ["workspace_id", "number"], unique=True)
    op.create_table(
        "history_heads",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("key_id", WORDS, nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_history_heads"),
    )
    op.create_table(
        "history_anchors",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("key_id", WORDS, nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "place", name="pk_history_anchors"),
    )
    op.create_table(
        "history_permits",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("through", NUMBER, nullable=False),
        sa.CheckConstraint("path IN ('erase', 'drop')", name=op.f("ck_history_permits_path")),
        sa.PrimaryKeyConstraint("workspace_id", "path", name="pk_history_permits"),
    )


def _tables(*names: str) -> list[Any]:
    metadata = sa.MetaData()
    return [sa.Table(name, metadata, autoload_with=op.get_bind()) for name in names]


_COLUMN_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "number": NUMBER,
    "at": MOMENT,
    "undoes": NUMBER,
    "values_digest": sa.LargeBinary(),
}
HISTORY = sa.table(
    "history",
    sa.column("workspace_id", WORDS),
    *(sa.column(name, _COLUMN_TYPES.get(name, WORDS)) for name in EntryFields._fields),
    sa.column("before", DOCUMENT),
    sa.column("after", DOCUMENT),
)


def _chain_what_is_there() -> None:
    """Chain every entry in the order of its number; what else was written that day comes with it."""
    connection = op.get_bind()
    ends: dict[str, tuple[int, bytes]] = {}
    after = 0
    while rows := _portion(connection, after):
        _chain(connection, rows, ends)
        after = rows[-1].number
    if ends:
        (heads,) = _tables("history_heads")
        key = _keys().current
        op.bulk_insert(
            heads,
            [
                {
                    "workspace_id": workspace,
                    "place": place,
                    "key_id": key.id,
                    "mac": mac,
                    "seal": key.code(canonical.head_bytes(workspace_id=workspace, place=place, mac=mac)),
                }
                for workspace, (place, mac) in ends.items()
            ],
        )


def _portion(connection: sa.Connection, after: int) -> Sequence[Any]:
    statement = sa.select(HISTORY).where(HISTORY.c.number > after).order_by(HISTORY.c.number).limit(PORTION)
    return connection.execute(statement).fetchall()


def _chain(connection: sa.Connection, rows: Sequence[Any], ends: dict[str, tuple[int, bytes]]) -> None:
    key = _keys().current
    digests, kept, chained = [], [], []
    for row in rows:
        before, after = canonical.values_text(row.before), canonical.values_text(row.after)
        digest = None
        if before is not None or after is not None:
            salt = secrets.token_bytes(canonical.SALT_BYTES)
            digest = canonical.values_digest(salt=salt, before=before, after=after)
            digests.append({"of_number": row.number, "digest": digest})
            kept.append((row.workspace_id, row.number, salt, before, after))
        named = row._asdict()
        fields = EntryFields(
            **{name: named[name] for name in EntryFields._fields if name not in ("values_digest", "at")},
            at=named["at"].replace(tzinfo=named["at"].tzinfo or UTC),
            values_digest=digest,
        )
        place, previous = ends.get(row.workspace_id, (0, None))
        data = canonical.entry_bytes(
            fields, workspace_id=row.workspace_id, place=place + 1, previous=previous, version=1
        )
        ends[row.workspace_id] = place + 1, key.code(data)
        chained.append((row.workspace_id, place + 1, row.number, 1, key.id, ends[row.workspace_id][1]))
    history_values, history_chain = _tables("history_values", "history_chain")
    columns = ("workspace_id", "number", "salt", "before", "after")
    if kept:
        op.bulk_insert(history_values, [dict(zip(columns, each, strict=True)) for each in kept])
        update = HISTORY.update().where(HISTORY.c.number == sa.bindparam("of_number"))
        connection.execute(update.values(values_digest=sa.bindparam("digest")), digests)
    columns_of_chain = ("workspace_id", "place", "number", "version", "key_id", "mac")
    op.bulk_insert(history_chain, [dict(zip(columns_of_chain, each, strict=True)) for each in chained])


def _keys() -> KeyRing:
    trail = context.config.attributes["trail"]
    keys: KeyRing = trail.keys
    return keys


def _put_values_back(dialect: str) -> None:
    """Write the values of before and after beside their entries again."""
    kind = "" if dialect == "sqlite" else "::jsonb"
    for name in ("before", "after"):
        op.execute(
            f"UPDATE history SET {name} = (SELECT kept.{name}{kind} FROM history_values AS kept"  # noqa: S608 - our own names
            " WHERE kept.workspace_id = history.workspace_id AND kept.number = history.number)"
        )


def _triggers(dialect: str) -> list[str]:
    """Return what makes the triggers."""
    return _sqlite_triggers() if dialect == "sqlite" else _postgresql_triggers()


def _may_change(table: str) -> str:
    moves_on = "NEW.workspace_id = OLD.workspace_id AND NEW.place > OLD.place"
    return moves_on if table == "history_heads" else "1 = 0"


def _sqlite_triggers() -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{SAYING}'); END"
    statements = []
    for table, condition in DELETES.items():
        statements += [
            (
                f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}"
                f" WHEN NOT ({_may_change(table)}) {refusal}"
            ),
            (
                f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}"
                f" WHEN NOT ({condition}) {refusal}"
            ),
        ]
        for index, key in enumerate(SQLITE_KEYS.get(table, ())):
            in_its_way = f"EXISTS (SELECT 1 FROM {table} WHERE {key})"  # noqa: S608 - our own names
            statements.append(
                f"CREATE TRIGGER {table}_refuses_replace_{index} BEFORE INSERT ON {table}"
                f" WHEN {in_its_way} {refusal}"
            )
    return statements


def _postgresql_triggers() -> list[str]:
    refusing = f"RAISE EXCEPTION '{SAYING}' USING ERRCODE = 'restrict_violation'"
    refusal = "EXECUTE FUNCTION history_refuses()"
    statements = [
        f"CREATE FUNCTION history_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusing}; END $$"
    ]
    for table, condition in DELETES.items():
        statements += [
            # A WHEN of PostgreSQL's cannot look into other tables, so that question is asked in a function.
            (
                f"CREATE FUNCTION {table}_refuses_delete() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF {condition} THEN RETURN OLD; END IF; {refusing}; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}"
                f" FOR EACH ROW WHEN (NOT ({_may_change(table)})) {refusal}"
            ),
            (
                f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_refuses_delete()"
            ),
            (
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}"
                f" FOR EACH STATEMENT {refusal}"
            ),
        ]
    return statements


def _drop_triggers(dialect: str) -> None:
    for table in DELETES:
        for trigger in _names_of_triggers(dialect, table):
            op.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if dialect == "postgresql" else ""))
        if dialect == "postgresql":
            op.execute(f"DROP FUNCTION {table}_refuses_delete()")
    if dialect == "postgresql":
        op.execute("DROP FUNCTION history_refuses()")


def _names_of_triggers(dialect: str, table: str) -> list[str]:
    names = [f"{table}_refuses_update", f"{table}_refuses_delete"]
    if dialect == "postgresql":
        return [*names, f"{table}_refuses_truncate"]
    return names + [f"{table}_refuses_replace_{index}" for index, _ in enumerate(SQLITE_KEYS.get(table, ()))]


def _first_triggers(dialect: str) -> list[str]:
    """Return what makes the triggers of the first day."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER history_refuses_{each} BEFORE {each} ON history"
            f" BEGIN SELECT RAISE(ABORT, '{SAYING}'); END"
            for each in ("update", "delete")
        ]
    function = (
        "CREATE FUNCTION history_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE EXCEPTION '{SAYING}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    trigger = (
        "CREATE TRIGGER history_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history"
        " FOR EACH STATEMENT EXECUTE FUNCTION history_refuses_change()"
    )
    return [function, trigger]


def _drop_first_triggers(dialect: str) -> None:
    if dialect == "sqlite":
        op.execute("DROP TRIGGER history_refuses_update")
        op.execute("DROP TRIGGER history_refuses_delete")
    else:
        op.execute("DROP TRIGGER history_refuses_change ON history")
        op.execute("DROP FUNCTION history_refuses_change()")
