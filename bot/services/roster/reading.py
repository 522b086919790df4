"""Reading files of the roster: what a reader is given, and what it yields, whatever the format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import BinaryIO

from bot.domain.errors import KinwardError
from bot.services.roster.rows import ClientRow, RelationRow, RowError


class DateOrder(StrEnum):
    """In which order a file writes day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoices:
    """What the person who imports says about their files.

    `columns` maps the header of a column, as it stands in the file, to what it holds, such as `first_name`.
    `identifier_system` is the one whose identifiers are the practice's own ids, in a FHIR file. By `today`
    the century of a year of birth is known that has two digits alone.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DateOrder | None = None
    identifier_system: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShape:
    """How a file is built, which a reader yields first: what its rejects are written by.

    A file of another kind than CSV has no columns and no delimiter. `headers` are the columns of fields that
    have another name in this file; errors are told under these.
    """

    file: str
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNotice:
    """Something to be said once about a whole file: the key of the sentence and its values."""

    file: str
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row with cells that cannot be read.

    `row` is what the others say, so that everything that is wrong with it is told at once; None where nothing
    can be said of it.
    """

    errors: tuple[RowError, ...]
    row: ClientRow | RelationRow | None = None


Read = ClientRow | RelationRow | RowError | BadRow | FileShape | FileNotice
"""What a reader yields. Rows are as they stand in the file, not checked yet; a `RowError` by itself leaves
out the whole row."""

Reader = Callable[[BinaryIO, str, ReadingChoices], Iterator[Read]]
"""Reads an opened file, named by its second argument, as a stream. It may raise `UnreadableFile` for all
of it, and yields a `RowError` for what is wrong with one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFormat:
    """A kind of file that can be imported.

    `recognises` is asked with the first bytes of a file, some thousands of them; `said` is how the command
    line names the kind.
    """

    said: str
    recognises: Callable[[bytes], bool]
    read: Reader


class UnreadableFile(KinwardError):  # noqa: N818 - named for what is wrong, as the desk would say it
    """The file is no list as a whole; nothing was changed."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self._values = values

    @property
    def values(self) -> Mapping[str, str | int]:
        """What goes into the sentence."""
        return self._values


def format_of(head: bytes, formats: Sequence[RosterFormat]) -> RosterFormat:
    """Return the first format that recognises a file by its first bytes.

    Raises:
        UnreadableFile: the file is empty, or none of them does.
    """
    if not head.strip():
        raise UnreadableFile("file.empty")
    for each in formats:
        if each.recognises(head):
            return each
    raise UnreadableFile("file.unknown")
