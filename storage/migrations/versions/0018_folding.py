"""By which folding people are found."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column. Nobody knows what those who are here were folded by, so they are folded anew."""
    op.add_column("workspaces", sa.Column("folding", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("workspaces", "folding")
