"""The last heads of the chains, kept outside the database: whoever cuts a chain's end off there leaves them.

A line is workspace, place, code and moment. Lines are only ever added; a file that has grown is begun anew
with the last line of each workspace.
"""

import asyncio
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TextIO

import structlog

_log = structlog.get_logger(__name__)

WRITE_AFTER_SECONDS = 0.5
"""So long at most is a head only in memory: what is committed close together is one line."""
TELL_EVERY_SECONDS = 600.0
"""So often at most is somebody told of a head, who may keep it on another machine."""
MOST_BYTES = 262_144
_PRIVATE = 0o600
_LINE = re.compile(r"(?P<workspace>\S+) (?P<place>[0-9]+) (?P<mac>[0-9a-f]{64}) \S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of a workspace's chain: how many places there are, and the code of the last one."""

    workspace_id: str
    place: int
    mac: bytes

    @property
    def line(self) -> str:
        """What stands in the file."""
        return f"{self.workspace_id} {self.place} {self.mac.hex()} {datetime.now(tz=UTC).isoformat()}"


class Heads:
    """Keeps the heads that this process has committed in a file, and now and then tells of one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._unwritten: dict[str, Head] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._teller: Callable[[Head], None] | None = None
        self._told_at: dict[str, float] = {}
        self._complained = False

    def tell(self, teller: Callable[[Head], None]) -> None:
        """Have somebody told of a head now and then."""
        self._teller = teller

    def note(self, head: Head) -> None:
        """Keep a head that was committed; it is written within half a second."""
        known = self._unwritten.get(head.workspace_id)
        if known is None or known.place < head.place:
            self._unwritten[head.workspace_id] = head
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WRITE_AFTER_SECONDS, self.write)

    def write(self) -> None:
        """Write what is not written yet; a folder that refuses it costs a line in the log and no act."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        heads, self._unwritten = list(self._unwritten.values()), {}
        if not heads:
            return
        try:
            self._add(heads)
        except OSError as error:
            if not self._complained:
                _log.warning("audit.heads_not_kept", kind=type(error).__name__)
            self._complained = True
        self._tell(heads)

    def last(self, workspace_id: str) -> Head | None:
        """Return the farthest head that was kept of a workspace."""
        if not self._file.exists():
            return None
        with self._file.open(encoding="ascii", errors="replace") as lines:
            found = [head for head in _heads(lines) if head.workspace_id == workspace_id]
        return max(found, key=lambda head: head.place, default=None)

    def _add(self, heads: list[Head]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
        try:
            # In one piece at the end of the file, also while another process does the same.
            os.write(handle, "".join(f"{head.line}\n" for head in heads).encode("ascii"))
            grown = os.fstat(handle).st_size > MOST_BYTES
        finally:
            os.close(handle)
        if grown:
            self._shorten()

    def _shorten(self) -> None:
        """Begin the file anew; the line of another process that adds one meanwhile may be lost, once."""
        last: dict[str, Head] = {}
        with self._file.open(encoding="ascii", errors="replace") as lines:
            for head in _heads(lines):
                known = last.get(head.workspace_id)
                if known is None or known.place < head.place:
                    last[head.workspace_id] = head
        draft = self._file.with_name(f"{self._file.name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write("".join(f"{head.line}\n" for head in last.values()))
        draft.replace(self._file)

    def _tell(self, heads: list[Head]) -> None:
        if self._teller is None:
            return
        now = monotonic()
        for head in heads:
            if now - self._told_at.get(head.workspace_id, -TELL_EVERY_SECONDS) >= TELL_EVERY_SECONDS:
                self._told_at[head.workspace_id] = now
                self._teller(head)


def _heads(lines: TextIO) -> Iterator[Head]:
    for line in lines:
        found = _LINE.fullmatch(line.rstrip("\n"))
        if found is not None:
            yield Head(
                workspace_id=found["workspace"], place=int(found["place"]), mac=bytes.fromhex(found["mac"])
            )
