"""What the units of one database share of its trail: the keys, and the heads kept outside."""

from functools import cached_property
from pathlib import Path

from storage.address import DatabaseAddress
from storage.trail.files import TrailFiles
from storage.trail.heads import Heads
from storage.trail.keys import KeyRing, load_keys


class Trail:
    """The keys, read or made when they are first needed, and the heads.

    Args:
        address: of the database.
        key: the key from the environment, where there is one.
        folder: where the files are, if not in their usual place.
    """

    def __init__(
        self, address: DatabaseAddress, *, key: str | None = None, folder: Path | None = None
    ) -> None:
        self.files = TrailFiles.of(address, folder)
        self.heads = Heads(self.files.heads)
        self._given = key

    @cached_property
    def keys(self) -> KeyRing:
        """The keys.

        Raises:
            StorageUnavailable: the file of the key can be neither read nor made.
        """
        return load_keys(self.files.key, given=self._given)
