"""What the tables have in common. Every one belongs to a workspace, which stands in its keys."""

from sqlalchemy import Column, ForeignKeyConstraint, MetaData

from storage.column_types import Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def workspace_column() -> Column[str]:
    """Return the column that says whose a row is."""
    return Column("workspace_id", Words, nullable=False)


def of_workspace() -> ForeignKeyConstraint:
    """Return the foreign key to the workspace itself."""
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"])


def within_workspace(column: str, table: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """Return a foreign key that cannot reach into another workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], name=name)
