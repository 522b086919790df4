"""The bytes that are chained, sealed and digested: defined here and nowhere else.

Each is a list of parts: what it is ("kinward.entry"), the version of the definition, then its fields in a
fixed order. A part tells its kind and where it ends, so no two lists have the same bytes:

    nothing   -
    a number  i<decimal>;
    a moment  t<microseconds since 1970 in UTC>;
    a text    s<how many bytes>:<UTF-8>
    bytes     b<how many bytes>:<the bytes>

A definition never changes. A new one takes the next version, and old entries keep theirs.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

VERSION = 1
"""The version under which new entries are chained."""

SALT_BYTES = 16

Part = str | int | bytes | datetime | None

_AS_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
"""Made once: `json.dumps` would make one for every text."""
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class EntryFields(NamedTuple):
    """What of an entry is chained, in the order of its canonical bytes."""

    number: int
    at: datetime
    actor_id: str
    actor_name: str
    surface: str
    kind: str
    act: str
    subject_id: str
    client_id: str | None
    other_client_id: str | None
    person_id: str | None
    values_digest: bytes | None
    undoes: int | None


_FIRST_CIRCUMSTANCE = EntryFields._fields.index("at")
_FIRST_SUBJECT = EntryFields._fields.index("subject_id")


def encoded(*parts: Part) -> bytes:
    """Return parts as bytes that no other parts have."""
    pieces = []
    for part in parts:
        # The most frequent ones first, and without a call for each: an import chains millions of parts.
        if part is None:
            pieces.append(b"-")
        elif isinstance(part, str):
            # A lone surrogate is no text of UTF-8, but may come out of JSON.
            data = part.encode("utf-8", "surrogatepass")
            pieces.append(b"s%d:%b" % (len(data), data))
        else:
            pieces.append(_encoded(part))
    return b"".join(pieces)


def _encoded(part: int | bytes | datetime) -> bytes:
    if isinstance(part, int):
        return b"i%d;" % part
    if isinstance(part, datetime):
        return b"t%d;" % ((part - _EPOCH) // _MICROSECOND)
    return b"b%d:%b" % (len(part), part)


def entry_bytes(
    fields: EntryFields, *, workspace_id: str, place: int, previous: bytes | None, version: int = VERSION
) -> bytes:
    """Return what an entry is chained by.

    Args:
        fields: the entry.
        workspace_id: whose it is.
        place: its place in the workspace's chain; the first is 1.
        previous: the code of the place before; None for the first.
        version: of the definition; ValueError for one that this program does not know.
    """
    if version != VERSION:
        raise ValueError("this version of the chain is not known")
    return b"".join(
        (
            _begun(version, workspace_id),
            encoded(place, previous, fields.number),
            # Entries that come together are by one person, of one moment and mostly of one act.
            _circumstances(*fields[_FIRST_CIRCUMSTANCE:_FIRST_SUBJECT]),
            encoded(*fields[_FIRST_SUBJECT:]),
        )
    )


@lru_cache(maxsize=16)
def _begun(version: int, workspace_id: str) -> bytes:
    return encoded("kinward.entry", version, workspace_id)


@lru_cache(maxsize=16)
def _circumstances(*parts: str | datetime) -> bytes:
    return encoded(*parts)


def head_bytes(*, workspace_id: str, place: int, mac: bytes) -> bytes:
    """Return what the end of a chain is sealed by."""
    return encoded("kinward.head", VERSION, workspace_id, place, mac)


def anchor_bytes(*, workspace_id: str, place: int, number: int, mac: bytes, at: datetime) -> bytes:
    """Return what the place is sealed by up to which entries were dropped."""
    return encoded("kinward.anchor", VERSION, workspace_id, place, number, mac, at)


def values_text(values: Mapping[str, Any] | None) -> str | None:
    """Return values as the one text that stands for them, whatever order their keys came in."""
    if values is None:
        return None
    try:
        return orjson.dumps(values, option=_OPTIONS).decode()
    except TypeError:
        # A lone surrogate, or a number of more than 64 bits: what this library does not write.
        return _AS_JSON(values)


def values_digest(*, salt: bytes, before: str | None, after: str | None) -> bytes:
    """Return the digest of the values of an entry, each as its `values_text`."""
    return hashlib.sha256(encoded("kinward.values", VERSION, salt, before, after)).digest()
