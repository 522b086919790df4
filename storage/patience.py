"""How long a unit waits for the database before it says that the database does not answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Limits in seconds.

    `lock` is how long to wait for somebody else's lock or for a free connection, `statement` how long
    one statement may run.
    """

    lock: float = 5.0
    statement: float = 5.0

    @property
    def answer(self) -> float:
        """How long to wait for a server that says nothing at all: a little longer than its own limits."""
        return max(self.lock, self.statement) + 0.5


PATIENCE = Patience()
"""For the units of a running app."""

MIGRATION_PATIENCE = Patience(lock=60.0, statement=3600.0)
"""For migrations: another process may be migrating, and an index over a large table takes its time."""
