"""Files that are no list at all, told by how they begin, so that it can be said what to do."""

import re

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What the files begin with that spreadsheets keep their own way: .xlsx and .ods, and .xls."""
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!")
_LIST_IN_ARCHIVE = re.compile(rb"PK\x03\x04.{26}[ -~]{1,200}?\.(?:csv|txt|tsv|json|ndjson|jsonl)", re.DOTALL)
"""An archive whose first file has such an ending; a workbook is one too, of files of its own."""
_OTHERS = (b"%PDF", b"{\\rtf", b"BEGIN:VC", b"SQLite format 3")
_MARKUP = re.compile(rb"<[!?a-z]", re.IGNORECASE)
_JSON = re.compile(rb"(?:\{|\[\s*[{\]])")
_MARK = b"\xef\xbb\xbf"


def what_else(head: bytes) -> str:
    """Return the key of what to say of a file that begins so and is no list; nothing of one that may be."""
    begins = head.removeprefix(_MARK).lstrip()
    if head.startswith(_COMPRESSED) or _LIST_IN_ARCHIVE.match(head):
        return "file.compressed"
    if head.startswith(_WORKBOOKS):
        return "file.workbook"
    if begins.startswith(_OTHERS):
        return "file.unknown"
    if _MARKUP.match(begins):
        return "file.markup"
    return "file.json" if _JSON.match(begins) else ""
