"""Who may do what: the roles of people, of user groups and of everybody else."""

from dataclasses import replace

from bot.domain.errors import Field
from bot.domain.folding import fold
from bot.domain.ids import StaffId
from bot.domain.settings import ChosenSettings
from bot.domain.staff import Actor
from bot.domain.staff_access import Holder, HolderKind, RoleEntry, StaffGroup
from bot.domain.staff_role import Right, Roles, StaffRole
from bot.services.admins import refuse_without_admin
from bot.services.findings import Findings
from bot.services.rights import needs
from bot.services.settings_change import ChangingSettings
from bot.services.settings_checks import check_group, check_member
from bot.services.settings_names import names_of


class GivingRoles(ChangingSettings):
    """Each method is one transaction; whoever saves over a change they have not seen is told."""

    @needs(Right.CHANGE_SETTINGS)
    async def groups(self, actor: Actor, text: str, *, limit: int = 20) -> tuple[StaffGroup, ...]:  # noqa: ARG002 - the guard asks for the actor
        """Return the user groups whose name or handle has the words of `text` in it.

        Raises:
            DirectoryUnavailable: Slack cannot be asked.
        """
        known = await self._directory.groups() if self._directory else ()
        words = fold(text).split()
        found = (each for each in known if all(word in fold(f"{each.name} {each.handle}") for word in words))
        return tuple(found)[:limit]

    @needs(Right.CHANGE_SETTINGS)
    async def change_default_role(
        self, actor: Actor, role: StaffRole | None, *, expected_version: int
    ) -> ChosenSettings:
        """Change the role of every full member of whom nothing else is said; None is none.

        Raises:
            ChangedMeanwhile: somebody changed the settings after the form was opened.
        """
        async with self._changing(actor, {}, expected_version) as change:
            # Whoever keeps a workspace or a privacy officer's secrets is named, and not everybody.
            allowed = role if role in (StaffRole.VIEWER, StaffRole.EDITOR) else None
            return await change.store(replace(change.before.settings, default_role=allowed))

    @needs(Right.CHANGE_SETTINGS)
    async def give_roles(
        self, actor: Actor, holder: Holder, roles: Roles, *, expected_version: int | None = None
    ) -> ChosenSettings:
        """Say which roles a person or the people of a group have; none keeps them out.

        Raises:
            InvalidInput: no full member of the workspace, or no group of it.
            LastAdmin: nobody could change the settings any more.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked.
        """
        findings = Findings()
        if roles and holder.kind is HolderKind.PERSON:
            await check_member(self._directory, actor, StaffId(holder.id), Field.HOLDER, findings)
        elif roles:
            await check_group(self._directory, holder.id, findings)
        findings.refuse_if_any()
        entry = RoleEntry(holder=holder, roles=roles)
        names = await names_of(self._directory, holder)
        async with self._changing(actor, names, expected_version) as change:
            before = change.before
            await refuse_without_admin(
                self._directory, actor, before.roles.with_entry(entry), before.settings
            )
            if before.roles.of(holder) == entry:
                return before.settings
            await change.unit.settings.give(entry)
            return await change.store(before.settings)

    @needs(Right.CHANGE_SETTINGS)
    async def take_roles(
        self, actor: Actor, holder: Holder, *, expected_version: int | None = None
    ) -> ChosenSettings:
        """Say nothing of a person or group any more: they have the role of everybody else.

        Raises:
            LastAdmin: nobody could change the settings any more.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked.
        """
        names = await names_of(self._directory, holder)
        async with self._changing(actor, names, expected_version) as change:
            before = change.before
            if before.roles.of(holder) is None:
                return before.settings
            await refuse_without_admin(self._directory, actor, before.roles.without(holder), before.settings)
            await change.unit.settings.take(holder)
            return await change.store(before.settings)
