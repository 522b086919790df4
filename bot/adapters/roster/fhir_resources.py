"""The resources in a file of FHIR, one after the other: NDJSON line by line, or the entries of a Bundle.

Neither a long file nor a Bundle on a single line is ever in memory as a whole.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped] # it has no types

from bot.services.roster.reading import UnreadableFile

Json = dict[str, Any]

_NEXT = re.compile(rb'"relation"\s*:\s*"next"')

MOST_OF_A_LINE = 4_000_000
"""A resource with a photograph is a line of a megabyte or two; what is longer is a Bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A resource, or what stands in its place.

    `place` is its line in NDJSON, its number among the entries of a Bundle. `text` is the resource on one
    line; `resource` is None where that is no JSON.
    """

    place: int
    text: str
    resource: Json | None
    is_entry: bool = False
    full_url: str = ""


class BrokenOff(Exception):  # noqa: N818 - named for what happened
    """A Bundle is no JSON from some place on; what came before it was read."""

    def __init__(self, entries: int) -> None:
        super().__init__("the Bundle is broken off")
        self.entries = entries


def is_fhir(head: bytes) -> bool:
    """Say whether a file with these first bytes is FHIR as JSON: a Bundle, or resources one a line."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return begins.startswith(b"{") and b'"resourceType"' in begins


def is_page(head: bytes) -> bool:
    """Say whether a file with these first bytes is a Bundle of which there are more: its links come first."""
    return is_fhir(head) and _NEXT.search(head.partition(b'"entry"')[0]) is not None


def resources(file: BinaryIO) -> Iterator[Found]:
    """Yield the resources of a file.

    Raises:
        BrokenOff: a Bundle is not complete.
        UnreadableFile: there is no resource in it at all.
    """
    first = _first_line(file)
    whole = _parsed(first)
    # A line that is complete but no JSON is one bad resource; the first line of a Bundle does not end so.
    is_line = first.endswith((b"}\n", b"}\r\n"))
    if is_line and (whole is None or whole.get("resourceType") != "Bundle"):
        yield from _of_lines(first, file)
        return
    if whole is not None and whole.get("resourceType") != "Bundle":
        yield Found(place=1, text=_text(first), resource=whole)
        return
    _refuse_depths(first)
    yield from _of_bundle(_Joined(first, file))


def _refuse_depths(line: bytes) -> None:
    """Refuse what no resource is as deep as: to look for one in it would take hours."""
    try:
        json.loads(line)
    except RecursionError as error:
        raise UnreadableFile("fhir.not_json") from error
    except ValueError:
        return


def without_nulls(resource: Json) -> Json:
    """Return a resource without properties that are null, which FHIR has none of and the models let pass."""
    return {name: _without_nulls(value) for name, value in resource.items() if value is not None}


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return without_nulls(value)
    # Within a list a null keeps the place of what has only an extension.
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _first_line(file: BinaryIO) -> bytes:
    """Return the first line that is not blank, without the mark that UTF-8 may begin with."""
    while line := file.readline(MOST_OF_A_LINE):
        line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            return line
    raise UnreadableFile("file.empty")


def _of_lines(first: bytes, file: BinaryIO) -> Iterator[Found]:
    yield Found(place=1, text=_text(first), resource=_parsed(first))
    for number, line in enumerate(file, start=2):
        if line.strip():
            yield Found(place=number, text=_text(line), resource=_parsed(line))


def _of_bundle(file: "_Joined") -> Iterator[Found]:
    number = 0
    try:
        for number, entry in enumerate(ijson.items(file, "entry.item", use_float=True), start=1):
            found = entry if isinstance(entry, dict) else {}
            resource = found.get("resource")
            if not isinstance(resource, dict):
                continue
            yield Found(
                place=number,
                text=json.dumps(resource, ensure_ascii=False),
                resource=resource,
                is_entry=True,
                full_url=str(found.get("fullUrl") or ""),
            )
    except ijson.JSONError as error:
        if not number:
            raise UnreadableFile("fhir.not_json") from error
        raise BrokenOff(number) from error
    if not number:
        raise UnreadableFile("fhir.no_resources")


def _parsed(line: bytes) -> Json | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()


class _Joined:
    """What was read already, and then the rest of the file."""

    def __init__(self, first: bytes, file: BinaryIO) -> None:
        self._first = first
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if self._first:
            portion = self._first if size < 0 else self._first[:size]
            self._first = self._first[len(portion) :]
            return portion if portion or size == 0 else self._file.read(size)
        return self._file.read(size)
