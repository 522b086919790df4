"""The practice's settings and the roles of its staff, as an admin looks at them and changes them."""

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.domain.errors import ChangedMeanwhile, DirectoryUnavailable, Field, NotFound
from bot.domain.ids import StaffId
from bot.domain.settings import LEAST_RECORD_YEARS, ChosenSettings, Display, Plan
from bot.domain.staff import Actor
from bot.domain.staff_access import Holder, HolderKind, RoleEntry
from bot.domain.staff_role import Right, StaffRole
from bot.services.findings import Findings
from bot.services.in_force import standing_of
from bot.services.rights import needs
from bot.services.role_giving import GivingRoles
from bot.services.settings_checks import check_member, check_practice, check_record_years, check_summary_days
from bot.services.settings_names import SettingsSeen, names_in, names_of
from bot.services.staff import present_roles
from bot.services.time_zones import TimeZone, zones_found


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeGiven:
    """What the form says of the practice, as typed."""

    practice_name: str
    practice_phone: str
    zone: str
    adult_at: str
    responsible: tuple[StaffId, ...]
    record_years: str = str(LEAST_RECORD_YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayGiven:
    """What the form says of what may be shown where."""

    covered: bool
    display: Display
    names_in_windows: bool
    summary_days: str


class SettingsDesk(GivingRoles):
    """The settings and the roles; each method is one transaction, and whoever saves over a change is told."""

    @needs(Right.CHANGE_SETTINGS)
    async def look(self, actor: Actor) -> SettingsSeen:
        """Return the settings and roles as they are stored, with the names of everybody in them."""
        async with self._storage.reading(actor.workspace_id) as unit:
            standing = await standing_of(unit)
        return SettingsSeen(standing=standing, names=await names_in(self._directory, standing))

    @needs(Right.CHANGE_SETTINGS)
    async def zones(self, actor: Actor, text: str, *, limit: int = 20) -> tuple[TimeZone, ...]:
        """Return the time zones that fit what was typed, first those near the one of the actor's Slack."""
        near = ""
        if self._directory is not None:
            with suppress(DirectoryUnavailable, NotFound):
                near = (await self._directory.member(actor.staff_id)).zone
        return zones_found(text, near=near, limit=limit)

    @needs(Right.CHANGE_SETTINGS)
    async def begin(self, actor: Actor, *, officer: StaffId | None, covered: bool) -> ChosenSettings:
        """Answer what is asked at the first start: who the privacy officer is, and what Slack may hold (P1).

        Whoever answers is an admin by name from then on, so that there is always one.

        Raises:
            InvalidInput: nobody was chosen, or somebody who is no full member.
            ChangedMeanwhile: somebody else has answered.
            DirectoryUnavailable: Slack cannot be asked who they are.
        """
        if self._directory is None:
            raise DirectoryUnavailable
        findings = Findings()
        members = [
            await check_member(self._directory, actor, staff_id, Field.OFFICER, findings)
            for staff_id in (actor.staff_id, officer)
        ]
        findings.refuse_if_any()
        names = {str(member.id): member.name for member in members if member is not None}
        async with self._changing(actor, names) as change:
            before = change.before
            if before.settings.has_begun:
                raise ChangedMeanwhile
            given = before.roles
            for member, role in zip(members, (StaffRole.ADMIN, StaffRole.PRIVACY_OFFICER), strict=True):
                if member is not None:
                    # What was already said of them, as it stands after the one before: they may be the same.
                    known = await present_roles(self._directory, given, member, before.settings)
                    given = given.with_entry(RoleEntry(holder=_person(member.id), roles=known | {role}))
            for entry in given.entries:
                await change.unit.settings.give(entry)
            plan = Plan.CONFIRMED if covered else Plan.NOT_COVERED
            return await change.store(replace(before.settings, plan=plan))

    @needs(Right.CHANGE_SETTINGS)
    async def change_practice(
        self, actor: Actor, given: PracticeGiven, *, expected_version: int
    ) -> ChosenSettings:
        """Change who the practice is, and who is responsible where a client has no owner (R44).

        Raises:
            InvalidInput: something under a field.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked who the responsible are.
        """
        findings = Findings()
        years = check_record_years(given.record_years, findings)
        checked = check_practice(
            given.practice_name,
            given.practice_phone,
            zone=given.zone,
            adult_at=given.adult_at,
            region=self._region,
            findings=findings,
        )
        for staff_id in given.responsible:
            await check_member(self._directory, actor, staff_id, Field.RESPONSIBLE, findings)
        findings.refuse_if_any()
        async with self._storage.reading(actor.workspace_id) as unit:
            present = (await unit.settings.chosen()).responsible
        names = await names_of(self._directory, *map(_person, (*present, *given.responsible)))
        async with self._changing(actor, names, expected_version) as change:
            return await change.store(
                replace(
                    change.before.settings,
                    practice_name=checked.name,
                    practice_phone=checked.phone,
                    zone=checked.zone,
                    adult_at=checked.adult_at,
                    responsible=tuple(dict.fromkeys(given.responsible)),
                    record_years=years,
                ),
            )

    @needs(Right.CHANGE_SETTINGS)
    async def change_display(
        self, actor: Actor, given: DisplayGiven, *, expected_version: int
    ) -> ChosenSettings:
        """Change what may be shown where (P1, P3), and how long summaries stay.

        Raises:
            InvalidInput: something under a field.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
        """
        findings = Findings()
        days = check_summary_days(given.summary_days, findings)
        findings.refuse_if_any()
        async with self._changing(actor, {}, expected_version) as change:
            return await change.store(
                replace(
                    change.before.settings,
                    plan=Plan.CONFIRMED if given.covered else Plan.NOT_COVERED,
                    display=given.display,
                    names_in_windows=given.names_in_windows,
                    summary_days=days,
                ),
            )


def _person(staff_id: StaffId) -> Holder:
    return Holder(kind=HolderKind.PERSON, id=staff_id)
