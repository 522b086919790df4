"""Who of the staff is responsible for a client."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the column. Nobody is responsible yet, and those whom the settings name are told."""
    op.add_column("clients", sa.Column("owners", WORDS, nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("clients", "owners")
