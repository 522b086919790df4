"""The practice's settings and the roles of its staff."""

from typing import Protocol

from bot.domain.settings import ChosenSettings
from bot.domain.staff_access import Holder, RoleEntry, RolesGiven


class PracticeSettings(Protocol):
    """What was chosen in one workspace."""

    async def chosen(self) -> ChosenSettings:
        """Return the settings; those of a workspace that never chose any have version 0."""
        ...

    async def choose(self, settings: ChosenSettings, *, expected_version: int) -> None:
        """Store the settings under `settings.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
        """
        ...

    async def roles(self) -> RolesGiven:
        """Return everything that was said of anybody's roles, by holder."""
        ...

    async def give(self, entry: RoleEntry) -> None:
        """Store what is said of a holder, in the place of what was said before.

        Whoever changes roles also counts the settings' version up, so that two who do it wait in line.
        """
        ...

    async def take(self, holder: Holder) -> bool:
        """Say nothing of a holder any more, and return whether anything was said before."""
        ...
