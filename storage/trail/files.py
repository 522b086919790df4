"""Where the trail keeps what must not be in the database: its key and its heads."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import platformdirs

from storage.address import DatabaseAddress

KEY_SUFFIX, HEADS_SUFFIX = "-audit-key", "-audit-heads"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFiles:
    """Two files: the key, where none was given, and the last heads of the chains."""

    key: Path
    heads: Path

    @classmethod
    def of(cls, address: DatabaseAddress, folder: Path | None = None) -> "TrailFiles":
        """Return the files of a database.

        Args:
            address: of the database; the files of a SQLite file lie beside it.
            folder: where they are instead. Unless given, those of a server are in the user's data folder.
        """
        if address.path is not None:
            beside = address.path if folder is None else folder / address.path.name
        else:
            beside = (folder or platformdirs.user_data_path("kinward")) / _name(address.dsn)
        return cls(
            key=beside.with_name(f"{beside.name}{KEY_SUFFIX}"),
            heads=beside.with_name(f"{beside.name}{HEADS_SUFFIX}"),
        )


def _name(dsn: str) -> str:
    """Return a name for files of a server's database, without user or password."""
    parts = urlsplit(dsn)
    host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "")
    return re.sub(r"[^A-Za-z0-9]+", "-", f"{host}-{parts.port or ''}-{parts.path}").strip("-") or "database"
