"""Addresses as people paste them."""

from pathlib import Path

import pytest

from storage.address import DatabaseAddress, Engine, InvalidAddress


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///kinward.db", "kinward.db"),
        ("sqlite+aiosqlite:///data/kinward.db", "data/kinward.db"),
        ("  sqlite:////var/lib/kinward.db\n", "/var/lib/kinward.db"),
        ("SQLITE:///a%20b.db?mode=rwc", "a b.db"),
    ],
)
def test_sqlite(url: str, path: str) -> None:
    address = DatabaseAddress.parse(url)
    assert (address.engine, address.path) == (Engine.SQLITE, Path(path))
    assert address.shown == path


@pytest.mark.parametrize(
    ("url", "dsn", "shown"),
    [
        ("postgres://u:p@db.example.org/k", "postgresql://u:p@db.example.org/k", "db.example.org/k"),
        (
            "postgresql://u:p@db.example.org:5433/k?sslmode=require&channel_binding=require",
            "postgresql://u:p@db.example.org:5433/k?sslmode=require",
            "db.example.org:5433/k",
        ),
        ("postgresql+asyncpg://u:p%40x@h/k", "postgresql://u:p%40x@h/k", "h/k"),
        ("postgresql://u@/k?host=/run/pg", "postgresql://u@/k?host=%2Frun%2Fpg", "/run/pg/k"),
    ],
)
def test_postgresql(url: str, dsn: str, shown: str) -> None:
    address = DatabaseAddress.parse(url)
    assert (address.engine, address.dsn) == (Engine.POSTGRESQL, dsn)
    assert address.shown == f"postgresql {shown}"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kinward.db",
        "mysql://u:secret@h/k",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://a.db",
    ],
)
def test_no_database_of_ours(url: str) -> None:
    with pytest.raises(InvalidAddress) as refused:
        DatabaseAddress.parse(url)
    assert "secret" not in str(refused.value)
