"""Text out of the bytes of a file, whatever program saved it."""

import codecs
import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import BinaryIO

HEAD_BYTES = 65536
"""What is looked at before a file is read: enough for a first line, however long."""

WINDOWS = "cp1252"
"""What Excel saves as "CSV" on Windows."""

MACINTOSH = "mac_roman"
"""What Excel saves as "CSV (Macintosh)", its lines parted by returns alone."""

_MARKS = {
    # The longer ones first: one begins like a shorter one.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
_LETTERS_OF_A_HEAD = 64
_DAMAGE = re.compile("[\ud800-\udfff]")
_MAC_LINES = 4096


class Text:
    """The lines of a file as text, decoded as they are read.

    Lines are UTF-8 until one is not; if all of them had plain letters before, this one and the others are
    Windows-1252, or an old Mac's where the ends of lines are. Else the file is damaged there, and what cannot
    be read stands in the line as a lone surrogate.

    Args:
        file: opened for bytes, and at its beginning.
        head: its first bytes, which `file` yields again.
    """

    def __init__(self, file: BinaryIO, head: bytes) -> None:
        self._file = file
        self._head = head
        self._is_mac = head.count(b"\r") - head.count(b"\r\n") > head.count(b"\n")
        self.older = ""
        """The older encoding that some line so far was in: `WINDOWS`, `MACINTOSH` or none."""
        self.is_damaged = False
        """Whether some line so far has something that cannot be read."""

    def __iter__(self) -> Iterator[str]:
        wide = wide_encoding_of(self._head)
        if wide:
            # Such as Excel's "Unicode Text".
            text = TextIOWrapper(self._file, encoding=wide, errors="replace", newline="")
            try:
                yield from text
            finally:
                # The file belongs to whoever opened it.
                text.detach()
            return
        lines = self._lines()
        first = next(lines, b"").removeprefix(codecs.BOM_UTF8)
        yield from self._decoded(self._with_first(first, lines))

    def _with_first(self, first: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
        yield first
        yield from lines

    def _lines(self) -> Iterator[bytes]:
        if self._is_mac:
            return _parted_by_returns(self._file)
        return iter(self._file)

    def _decoded(self, lines: Iterable[bytes]) -> Iterator[str]:
        is_plain = True
        for line in lines:
            if line.isascii():
                yield line.decode("ascii")
            elif self.older:
                yield self._in_older(line)
            else:
                try:
                    text = line.decode("utf-8")
                except UnicodeDecodeError:
                    if is_plain:
                        self.older = MACINTOSH if self._is_mac else WINDOWS
                        yield self._in_older(line)
                    else:
                        self.is_damaged = True
                        yield line.decode("utf-8", "surrogateescape")
                else:
                    is_plain = False
                    yield text

    def _in_older(self, line: bytes) -> str:
        text = line.decode(self.older, "surrogateescape")
        self.is_damaged = self.is_damaged or is_damaged(text)
        return text


def wide_encoding_of(head: bytes) -> str:
    """Return the encoding of a file that begins so if each letter takes several bytes; else nothing."""
    marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), "")
    if marked:
        return "" if marked == "utf-8-sig" else marked
    # Without a mark plain letters, as headers have them, still have a zero in front or behind.
    begin = head[: 2 * _LETTERS_OF_A_HEAD]
    front, behind = begin[0::2], begin[1::2]
    most = 3 * len(begin) // 8
    if all(front) and behind.count(0) > most:
        return "utf-16-le"
    return "utf-16-be" if all(behind) and front.count(0) > most else ""


def decoded_head(head: bytes) -> str:
    """Return the first bytes of a file as text, as far as they can be read."""
    return head.decode(wide_encoding_of(head) or "utf-8-sig", "replace")


def is_damaged(text: str) -> bool:
    """Say whether there is something in a text that could not be read."""
    return _DAMAGE.search(text) is not None


def mended(text: str) -> str:
    """Return a text with a mark of replacement for each thing that could not be read."""
    return _DAMAGE.sub("\N{REPLACEMENT CHARACTER}", text)


def _parted_by_returns(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file that parts them as old Macs did, and Excel's "CSV (Macintosh)" does yet."""
    rest = b""
    while portion := file.read(_MAC_LINES):
        *lines, rest = (rest + portion).split(b"\r")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest
