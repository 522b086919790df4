"""The file of rejects: rows that were left out as they stood, each with why, to be corrected and imported."""

import csv
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.adapters.roster.csv_table import SURPLUS
from bot.adapters.roster.headers import REASON
from bot.domain.folding import fold
from bot.services.roster.reading import FileShape

_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_HIGHEST = 1000


class RejectsFile:
    """A file of rejects that is being written, readable by its owner alone (mode 0600).

    CSV for a CSV file, with its own columns, its delimiter and a column in front that says why; UTF-8 with a
    byte order mark, by which spreadsheets know it. For a file of another kind it is the resources themselves,
    one a line.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, path: Path, shape: FileShape) -> None:
        self._columns = [column for column in shape.columns if fold(column) != fold(REASON)]
        # Not through an existing name: nobody's file is overwritten, nor written to by way of a link.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        encoding = "utf-8-sig" if shape.columns else "utf-8"
        self._file = os.fdopen(handle, "w", encoding=encoding, newline="", errors="replace")
        self._csv = csv.writer(self._file, delimiter=shape.delimiter or ",")
        if shape.columns:
            self._csv.writerow([REASON, *self._columns])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, original: Mapping[str, str], reasons: Sequence[str]) -> None:
        """Write a row that was left out."""
        if not self._columns:
            self._file.writelines(f"{each}\n" for each in original.values())
            return
        # A row that was too short stays so, for nobody knows which of its cells are missing.
        known = [original[column] for column in self._columns if column in original]
        surplus = [cell for name, cell in original.items() if name.startswith(SURPLUS)]
        self._csv.writerow([" ".join(reasons), *known, *surplus])


def free_path(source: Path, suffix: str) -> Path:
    """Return a name beside a file that nothing has yet: `clients.rejects.csv`, then `clients.rejects-2.csv`.

    Args:
        source: the file whose rejects these are; if it is itself one of rejects, its name is not made longer.
        suffix: the ending, such as `.csv`.

    Raises:
        FileExistsError: there are a thousand already.
    """
    stem = source.stem.partition(".rejects")[0] if ".rejects" in source.stem else source.stem
    for number in range(1, _HIGHEST):
        path = source.with_name(f"{stem}.rejects{f'-{number}' if number > 1 else ''}{suffix}")
        if not path.exists():
            return path
    raise FileExistsError(source.name)
