"""What contact persons are recognised by when somebody enters one who is there already."""

import sqlalchemy as sa
from alembic import op

from bot.domain.email import login_equality
from bot.domain.folding import digits_of, fold

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, and fill it from the people who are there."""
    tokens = op.create_table(
        "person_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("person_id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "token", "person_id", "kind", name="pk_person_tokens"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_person_tokens_people",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_tokens_person", "person_tokens", ["workspace_id", "person_id"])
    rows = sorted(_tokens_of_everybody())
    if rows:
        columns = ("workspace_id", "token", "kind", "person_id")
        op.bulk_insert(tokens, [dict(zip(columns, row, strict=True)) for row in rows])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("person_tokens")


def _tokens_of_everybody() -> set[tuple[str, str, str, str]]:
    """Return workspace, token, kind and person of each token, as they are written for new people."""
    people = sa.table("people", *map(sa.column, ("workspace_id", "id", "first_name", "last_name", "email")))
    phones = sa.table("person_phones", *map(sa.column, ("workspace_id", "person_id", "number")))
    # This reaches across workspaces: each row keeps its own.
    connection = op.get_bind()
    found = set()
    for workspace, person, first, last, email in connection.execute(sa.select(people)):
        found |= {
            (workspace, fold(f"{first} {last}"), "whole_name", person),
            (workspace, fold(f"{last} {first}"), "whole_name", person),
            (workspace, login_equality(email or ""), "email", person),
        }
    for workspace, person, number in connection.execute(sa.select(phones)):
        found.add((workspace, digits_of(number), "phone", person))
    return {row for row in found if row[1]}
