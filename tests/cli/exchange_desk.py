"""Somebody who imports and exports from the command line, and reads what came of it."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a run of the command left behind."""

    code: object
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDesk:
    """A folder with files, and the command."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def runs(self, *arguments: str) -> Left:
        """Run the command."""
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        shown = self.capsys.readouterr()
        return Left(code=left.value.code, out=shown.out, err=shown.err)

    def imports(self, *files: Path, dry: bool = False) -> Left:
        """Import files into the one workspace."""
        named = ("--dry-run",) if dry else ("--rejects", str(self.folder))
        return self.runs("clients", "import", *map(str, files), *named)

    def file(self, name: str, content: str) -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_text(content, "utf-8")
        return path

    def families(self) -> list[dict[str, str]]:
        """Take everything out as lists, and return the rows of the links and contacts without empty cells."""
        return self._list("families.csv")

    def clients(self) -> dict[str, dict[str, str]]:
        """Take everything out as lists, and return the rows of the clients by own id, without empty cells."""
        return {row.get("own_id", ""): row for row in self._list("clients.csv")}

    def _list(self, name: str) -> list[dict[str, str]]:
        out = self.folder / "out"
        assert self.runs("export", str(out), "--force").code == 0
        with (out / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [{header: cell for header, cell in row.items() if cell} for row in rows]
