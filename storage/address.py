"""Database addresses as people paste them, and what of them may be shown."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit


class Engine(StrEnum):
    """The two databases that Kinward knows."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


_ENGINE_OF_SCHEME = {
    "sqlite": Engine.SQLITE,
    "sqlite+aiosqlite": Engine.SQLITE,
    "postgres": Engine.POSTGRESQL,
    "postgresql": Engine.POSTGRESQL,
    "postgresql+asyncpg": Engine.POSTGRESQL,
}

# Some hosts add these to the address they show; the driver would take them for settings of the server.
_NOT_FOR_THE_DRIVER = frozenset({"channel_binding", "connect_timeout"})


class InvalidAddress(ValueError):  # noqa: N818 - named for what is wrong
    """The address names no database that Kinward can use; the text says why, without the password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAddress:
    """Where the database is: a SQLite file, or the address of a PostgreSQL server as the driver reads it."""

    engine: Engine
    path: Path | None = None
    dsn: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Where it is, without user or password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.dsn)
        place = parts.hostname or dict(parse_qsl(parts.query)).get("host", "")
        port = f":{parts.port}" if parts.port else ""
        return f"{self.engine} {place}{port}{parts.path}"

    @classmethod
    def parse(cls, url: str) -> "DatabaseAddress":
        """Read an address.

        Args:
            url: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgres://...` or `postgresql://...`,
                with or without the name of the driver.

        Raises:
            InvalidAddress: another kind of database, or a SQLite database without a file.
        """
        scheme, separator, rest = url.strip().partition("://")
        engine = _ENGINE_OF_SCHEME.get(scheme.casefold()) if separator else None
        if engine is None:
            raise InvalidAddress("the address must begin with sqlite:/// or postgresql://")
        if engine is Engine.SQLITE:
            return cls(engine=engine, path=_file(rest))
        parts = urlsplit(f"postgresql://{rest}")
        query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _NOT_FOR_THE_DRIVER]
        return cls(engine=engine, dsn=urlunsplit(parts._replace(query=urlencode(query))))


def _file(rest: str) -> Path:
    host, _, name = rest.partition("/")
    path = unquote(name.partition("?")[0])
    if host or not path or path == ":memory:":
        raise InvalidAddress(
            "a SQLite address needs three slashes and the name of a file: sqlite:///kinward.db"
        )
    return Path(path)
