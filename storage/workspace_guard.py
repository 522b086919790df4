"""The guard."""

from sqlalchemy import Engine

UNIT_WORKSPACE = "unit_workspace"
ACROSS_WORKSPACES = "across_workspaces"


def guard(engine: Engine) -> None:
    """Guard."""
