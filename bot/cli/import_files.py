"""The files that are named on the command line: opened, recognised, and read."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from bot.adapters.roster.encodings import HEAD_BYTES
from bot.adapters.roster.formats import FORMATS
from bot.adapters.roster.rejects import free_path
from bot.cli.import_sentences import sentence_of_file
from bot.cli.outcome import CannotGoOn
from bot.services.roster.reading import FileNotice, Read, ReadingChoices, UnreadableFile, format_of

STANDARD_INPUT = "-"
SAID_OF_STANDARD_INPUT = "standard input"


class ImportFiles:
    """Opened files, and how much of them was read.

    Args:
        names: as they were named; `-` is standard input.
        stack: closes them at the end.

    Raises:
        CannotGoOn: one cannot be read, or is named twice.
    """

    def __init__(self, names: Sequence[str], stack: ExitStack) -> None:
        self._files: dict[str, BinaryIO] = {}
        self._sizes: list[int] = []
        for name in names:
            said = SAID_OF_STANDARD_INPUT if name == STANDARD_INPUT else name
            if said in self._files:
                raise CannotGoOn(f"{said} is named twice.")
            self._files[said] = _standard_input() if name == STANDARD_INPUT else _opened(Path(name), stack)
            self._sizes.append(_size(self._files[said]))

    def rows(self, choices: ReadingChoices) -> list[Iterator[Read]]:
        """Return the rows of each file, to be read when they are asked for."""
        is_alone = len(self._files) == 1
        return [_rows(file, name, choices, is_alone=is_alone) for name, file in self._files.items()]

    @property
    def size(self) -> int | None:
        """How many bytes there are, or None where nobody knows."""
        return sum(self._sizes) if all(self._sizes) else None

    @property
    def done(self) -> int:
        """How many bytes were read."""
        return sum(_position(file) for file in self._files.values())

    def rejects(self, asked: Path | None) -> dict[str, str]:
        """Return where the rejects of each file go, by its name; next to it unless asked otherwise.

        Raises:
            CannotGoOn: several files have but one file for their rejects, or there is something already.
        """
        found: dict[str, str] = {}
        for name in self._files:
            source = Path("kinward.csv") if name == SAID_OF_STANDARD_INPUT else Path(name)
            if asked is None:
                path = free_path(source, source.suffix or ".csv")
            elif asked.is_dir():
                path = free_path(asked / source.name, source.suffix or ".csv")
            elif len(self._files) > 1:
                raise CannotGoOn("Several files cannot share one file of rejects: name a folder there is.")
            elif asked.exists():
                raise CannotGoOn(f"{asked} is there already: name another file for the rejects.")
            else:
                path = asked
            if not os.access(path.absolute().parent, os.W_OK):
                raise CannotGoOn(f"{path} cannot be written: name another place with --rejects.")
            found[name] = str(path.absolute())
        return found


def _rows(file: BinaryIO, name: str, choices: ReadingChoices, *, is_alone: bool) -> Iterator[Read]:
    try:
        head = file.peek(HEAD_BYTES)[:HEAD_BYTES] if isinstance(file, io.BufferedReader) else b""
        yield from format_of(head, FORMATS).read(file, name, choices)
    except UnreadableFile as error:
        if error.key == "file.empty" and not is_alone:
            # Of a practice where nobody is related an export of FHIR has nothing about relatives.
            yield FileNotice(file=name, key=error.key)
            return
        raise CannotGoOn(sentence_of_file(name, error)) from None
    except OSError as error:
        raise CannotGoOn(f"{name} cannot be read: {error.strerror}.") from None


def _standard_input() -> BinaryIO:
    given = sys.stdin.buffer
    if isinstance(given, io.BufferedReader):
        # A buffer of one's own: a thread that still reads at the end of the program would hold up Python's.
        return open(given.fileno(), "rb", buffering=HEAD_BYTES, closefd=False)
    # Whoever calls from within Python may have put something there at which nobody can look beforehand.
    return io.BufferedReader(cast("io.RawIOBase", given), HEAD_BYTES)


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    try:
        return stack.enter_context(path.open("rb", buffering=HEAD_BYTES))
    except OSError as error:
        raise CannotGoOn(f"{path} cannot be read: {error.strerror}.") from None


def _size(file: BinaryIO) -> int:
    try:
        return os.fstat(file.fileno()).st_size if file.seekable() else 0
    except OSError:
        return 0


def _position(file: BinaryIO) -> int:
    try:
        return file.raw.tell() if isinstance(file, io.BufferedReader) else 0
    except (OSError, ValueError):
        return 0
