"""What the people and groups are called of whom the settings say something."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import StaffId
from bot.domain.staff_access import GroupId, Holder, HolderKind
from bot.services.in_force import Standing
from bot.services.ports import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSeen:
    """The settings as they are stored, and names by Slack's id; who has none is shown by the id."""

    standing: Standing
    names: Mapping[str, str]

    def name_of(self, slack_id: str) -> str:
        """Return what a person or group is called."""
        return self.names.get(slack_id, slack_id)


async def names_in(directory: Directory | None, standing: Standing) -> Mapping[str, str]:
    """Return the names of everybody in the settings."""
    responsible = (Holder(kind=HolderKind.PERSON, id=each) for each in standing.settings.responsible)
    return await names_of(directory, *(entry.holder for entry in standing.roles.entries), *responsible)


async def names_of(directory: Directory | None, *holders: Holder) -> Mapping[str, str]:
    """Return the names, as far as Slack tells them: without them the settings can still be changed."""
    if directory is None:
        return {}
    names: dict[str, str] = {}
    try:
        if any(holder.kind is HolderKind.GROUP for holder in holders):
            known = {group.id: group.name for group in await directory.groups()}
            names = {each.id: known[GroupId(each.id)] for each in holders if each.id in known}
        for holder in dict.fromkeys(each for each in holders if each.kind is HolderKind.PERSON):
            try:
                names[holder.id] = (await directory.member(StaffId(holder.id))).name
            except NotFound:
                continue
    except DirectoryUnavailable:
        return names
    return names
