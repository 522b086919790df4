"""The keys of the trail: given in the environment, or made once and kept in a file of the owner's alone."""

import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import StorageUnavailable

KEY_FILE = "audit-key"
_KEY_BYTES = 32
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Key:
    """One key: codes are made and checked with it. It is never shown, only its id is."""

    secret: bytes = field(repr=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", hmac.digest(self.secret, b"kinward.key.id", "sha256").hex()[:16])

    def code(self, data: bytes) -> bytes:
        """Return the HMAC-SHA256 of some bytes under this key."""
        return hmac.digest(self.secret, data, "sha256")

    def made(self, code: bytes, data: bytes) -> bool:
        """Say whether a code is of these bytes under this key."""
        return hmac.compare_digest(self.code(data), code)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key that new entries are chained with, and those that older ones may have been chained with."""

    current: Key
    former: tuple[Key, ...] = ()

    def get(self, key_id: str) -> Key | None:
        """Return the key with an id, or None where it is not ours."""
        return next((key for key in (self.current, *self.former) if key.id == key_id), None)


def load_keys(file: Path, *, given: str | None) -> KeyRing:
    """Return the keys; without a given one and without a file, a key is made and kept in the file.

    Args:
        file: where a key is kept that was not given.
        given: the key from the environment. One in the file then counts for the entries before it.

    Raises:
        StorageUnavailable: the file can be neither read nor made.
    """
    try:
        kept = _read(file)
        if given is not None:
            return KeyRing(Key(given.encode()), (kept,) if kept else ())
        return KeyRing(kept or _make(file))
    except (OSError, ValueError) as error:
        raise StorageUnavailable(f"the audit key in {file} cannot be read or made") from error


def _read(file: Path) -> Key | None:
    try:
        text = file.read_text("ascii")
    except FileNotFoundError:
        return None
    secret = bytes.fromhex(text)
    if len(secret) != _KEY_BYTES:
        raise ValueError("it is no key")
    return Key(secret)


def _make(file: Path) -> Key:
    """Make a key; of several processes that do so at once, one wins, and all have its key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(f"{secrets.token_hex(_KEY_BYTES)}\n")
            opened.flush()
            os.fsync(opened.fileno())
        # A link appears with its whole content at once, and never in the place of another.
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
    made = _read(file)
    if made is None:
        raise FileNotFoundError(file)
    return made
