"""The record of who did what as a file: CSV for a spreadsheet, or JSON lines for a program."""

import csv
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TextIO

from bot.adapters.roster.formulas import neutralised
from bot.domain.history import HistoryEntry

COLUMNS = (
    *("number", "at", "kind", "act", "staff_id", "staff_name", "surface", "subject_id"),
    *("client_id", "other_client_id", "person_id", "undoes", "erased", "before", "after"),
)


class TrailFormat(StrEnum):
    """How the entries are written."""

    CSV = "csv"
    JSONL = "jsonl"


class TrailFile:
    """Writes entries to a file that is open."""

    def __init__(self, file: TextIO, written_as: TrailFormat) -> None:
        self._file = file
        self._csv = csv.writer(file) if written_as is TrailFormat.CSV else None
        if self._csv is not None:
            self._csv.writerow(COLUMNS)

    def write(self, entries: Sequence[HistoryEntry]) -> None:
        """Write some entries."""
        for entry in entries:
            values = _values(entry)
            if self._csv is None:
                self._file.write(f"{json.dumps(values, ensure_ascii=False)}\n")
            else:
                self._csv.writerow([_cell(values[column]) for column in COLUMNS])


def _values(entry: HistoryEntry) -> dict[str, object]:
    client_id, other_client_id, *_ = (*entry.client_ids, None, None)
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "act": entry.act.value,
        "staff_id": entry.by,
        "staff_name": entry.by_name,
        "surface": entry.surface.value,
        "subject_id": entry.subject_id,
        "client_id": client_id,
        "other_client_id": other_client_id,
        "person_id": entry.person_id,
        "undoes": entry.undoes,
        "erased": entry.erased,
        "before": dict(entry.before) if entry.before is not None else None,
        "after": dict(entry.after) if entry.after is not None else None,
    }


def _cell(value: object) -> str:
    """Return what stands in a cell: never a formula, whatever somebody has called themselves."""
    if value is None:
        return ""
    return neutralised(
        json.dumps(value, ensure_ascii=False) if isinstance(value, bool | dict) else str(value)
    )
