"""Who else is told of the same change, so that nobody is told twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the column. Of what already waits only the one who is to be told is known."""
    op.add_column("announcements", sa.Column("known_to", DOCUMENT, nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("announcements", "known_to")
