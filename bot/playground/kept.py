"""What a playground keeps on this machine between two starts."""

from pathlib import Path

from storage.trail.files import HEADS_SUFFIX, KEY_SUFFIX

# What lies beside a database, SQLite's own files and those of the audit trail. The main one goes last, for it
# alone says that there is a database.
_SUFFIXES = ("-wal", "-shm", KEY_SUFFIX, HEADS_SUFFIX, "")


class Kept:
    """The folder with the practice, the messages and the mail."""

    def __init__(self, folder: Path, *, crowd: int = 0) -> None:
        name = f"practice-{crowd}" if crowd else "practice"
        self.database = folder / f"{name}.sqlite3"
        """The practice with a crowd of so many clients is another one."""
        self.unfinished = folder / f"{name}-unfinished.sqlite3"
        """Where a practice is filled in: a start that is broken off leaves no half of one."""
        self.slack = folder / "slack.json"
        self.mail = folder / "mail.json"
        self._folder = folder

    @property
    def has_practice(self) -> bool:
        """Say whether an earlier start has left a practice."""
        return self.database.exists()

    def prepare(self, *, fresh: bool) -> None:
        """Make the folder where there is none, and clear away what was broken off, or everything."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _throw_away(self.unfinished)
        if fresh:
            _throw_away(self.database)
            self.slack.unlink(missing_ok=True)
            self.mail.unlink(missing_ok=True)

    def finish_practice(self) -> None:
        """Put a practice that was filled in and closed in its place."""
        for suffix in _SUFFIXES:
            file = _beside(self.unfinished, suffix)
            if file.exists():
                file.rename(_beside(self.database, suffix))


def _throw_away(database: Path) -> None:
    for suffix in _SUFFIXES:
        _beside(database, suffix).unlink(missing_ok=True)


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(f"{database.name}{suffix}")
