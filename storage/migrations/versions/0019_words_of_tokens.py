"""What clients are found by besides their names has all their words, so that no row is read for others."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = ("workspace_id", "kind", "status_rank", "token", "client_id")
_AS_THEY_WERE = """CREATE TABLE tokens_before AS
    SELECT t.workspace_id, t.kind, t.status_rank, t.token, t.client_id,
        c.last_first || ' ' || c.other_words AS words
    FROM client_tokens AS t JOIN clients AS c ON c.workspace_id = t.workspace_id AND c.id = t.client_id"""


def upgrade() -> None:
    """Make the table again, in which everybody's tokens keep their workspace."""
    _make_again("words")


def downgrade() -> None:
    """Make it as it was."""
    _make_again()


def _make_again(*more: str) -> None:
    op.execute(_AS_THEY_WERE)
    op.drop_table("client_tokens")
    op.create_table(
        "client_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("status_rank", sa.Integer(), nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        *(sa.Column(name, WORDS, nullable=False) for name in more),
        sa.PrimaryKeyConstraint(*KEY, name="pk_client_tokens", postgresql_include=[*more]),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_tokens_clients",
        ),
        sqlite_with_rowid=False,
    )
    names = ", ".join((*KEY, *more))
    ordered = f"SELECT {names} FROM tokens_before ORDER BY {', '.join(KEY)}"  # noqa: S608 - the names are our own
    op.execute(f"INSERT INTO client_tokens ({names}) {ordered}")
    op.drop_table("tokens_before")
    op.create_index("ix_client_tokens_client", "client_tokens", ["workspace_id", "client_id"])
