"""Writing families to files, a family at a time: two lists, FHIR resources one a line, or one Bundle."""

import csv
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TextIO

from bot.adapters.roster.csv_writing import CLIENT_HEADERS, FAMILY_HEADERS, client_cells, family_rows
from bot.adapters.roster.fhir_names import BASE
from bot.adapters.roster.fhir_writing import Resource, resources_of
from bot.services.roster.exporting import ExportedFamily

_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_PRIVATE_FOLDER = stat.S_IRWXU
CLIENTS, FAMILIES = "clients.csv", "families.csv"
PATIENTS, RELATED = "Patient.ndjson", "RelatedPerson.ndjson"
BUNDLE = "families.json"


class WrittenAs(StrEnum):
    """How families are written."""

    CSV = "csv"
    NDJSON = "ndjson"
    BUNDLE = "bundle"


FILES = {
    WrittenAs.CSV: (CLIENTS, FAMILIES),
    WrittenAs.NDJSON: (PATIENTS, RELATED),
    WrittenAs.BUNDLE: (BUNDLE,),
}


class AlreadyThere(Exception):  # noqa: N818 - named for what is so
    """A file that was to be written is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Writer(Protocol):
    """Writes one family after the other."""

    def write(self, family: ExportedFamily) -> None:
        """Write a family."""
        ...

    def end(self) -> None:
        """Write what comes after the last one."""
        ...


@contextmanager
def written_files(folder: Path, written_as: WrittenAs, *, overwrites: bool) -> Iterator[Writer]:
    """Yield a writer to files in a folder, which are there only once all of them are complete.

    They are readable by their owner alone (mode 0600), and so is a folder that was not there.

    Raises:
        AlreadyThere: one of them is there, and is not to be overwritten; nothing was written.
        OSError: the folder or a file cannot be written.
    """
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    names = FILES[written_as]
    for name in names:
        if not overwrites and (folder / name).exists():
            raise AlreadyThere(folder / name)
    parts = [folder / f".{name}.part" for name in names]
    try:
        with ExitStack() as stack:
            writer = _writer(written_as, [stack.enter_context(_private(part)) for part in parts])
            yield writer
            writer.end()
        for part, name in zip(parts, names, strict=True):
            part.replace(folder / name)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _private(path: Path) -> TextIO:
    # What an export that was killed has left; it is nobody's list.
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")


def _writer(written_as: WrittenAs, files: Sequence[TextIO]) -> Writer:
    if written_as is WrittenAs.CSV:
        return _Lists(*files)
    return _Lines(*files) if written_as is WrittenAs.NDJSON else _Bundle(*files)


class _Lists:
    def __init__(self, clients: TextIO, families: TextIO) -> None:
        for file in (clients, families):
            # A spreadsheet takes a file without this mark for something else than UTF-8.
            file.write("\N{BYTE ORDER MARK}")
        self._clients, self._families = csv.writer(clients), csv.writer(families)
        self._clients.writerow(CLIENT_HEADERS)
        self._families.writerow(FAMILY_HEADERS)

    def write(self, family: ExportedFamily) -> None:
        self._clients.writerow(client_cells(family.client))
        self._families.writerows(family_rows(family))

    def end(self) -> None:
        """Write nothing more."""


class _Lines:
    def __init__(self, patients: TextIO, related: TextIO) -> None:
        self._files = {"Patient": patients, "RelatedPerson": related}

    def write(self, family: ExportedFamily) -> None:
        for resource in resources_of(family):
            self._files[str(resource["resourceType"])].write(f"{_json(resource)}\n")

    def end(self) -> None:
        """Write nothing more."""


class _Bundle:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._parting = ""
        file.write('{"resourceType":"Bundle","type":"collection","entry":[\n')

    def write(self, family: ExportedFamily) -> None:
        for resource in resources_of(family):
            full_url = f"{BASE}/{resource['resourceType']}/{resource['id']}"
            entry = _json({"fullUrl": full_url, "resource": resource})
            self._file.write(f"{self._parting}{entry}")
            self._parting = ",\n"

    def end(self) -> None:
        self._file.write("\n]}\n")


def _json(resource: Resource) -> str:
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":"))
