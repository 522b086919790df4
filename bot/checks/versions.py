"""Which versions are at work here."""

import platform
import sqlite3
from importlib.metadata import version

from bot.checks.finding import Finding, State

OLDEST_SQLITE = (3, 35)
"""The first with RETURNING, which says what an insert has inserted."""

_WHAT = "Versions"


def check_versions(sqlite: tuple[int, ...] = sqlite3.sqlite_version_info) -> Finding:
    """Look at the versions of the program and of what it stands on.

    Args:
        sqlite: the version of this machine's SQLite, unless another one is asked about.
    """
    if sqlite < OLDEST_SQLITE:
        found, needed = (".".join(map(str, each)) for each in (sqlite, OLDEST_SQLITE))
        told = f"SQLite {found} is too old: Kinward needs {needed} or newer, or a PostgreSQL."
        return Finding(what=_WHAT, state=State.WRONG, told=told)
    parts = [
        f"Kinward {version('kinward')}",
        f"Python {platform.python_version()}",
        f"Bolt {version('slack-bolt')}",
        f"SQLite {'.'.join(map(str, sqlite))}",
    ]
    return Finding(what=_WHAT, state=State.GOOD, told=", ".join(parts))
