"""Somebody's place in the workspace changes, and the app hears of it where it has asked to."""

from bot.playground.slack.acts.events import tell
from bot.playground.slack.hub import Hub
from bot.playground.slack.people import Person, UserGroup


async def change_person(hub: Hub, person: Person) -> None:
    """Put a person as they are now in the place of what they were."""
    hub.workspace.people[person.id] = person
    manifest = hub.workspace.manifest
    if "user_change" in manifest.events and "users:read" in manifest.scopes:
        await tell(hub, hub.payloads.person_changed(person, ts=hub.timestamps.next()))


async def change_group(hub: Hub, group: UserGroup) -> None:
    """Put a group as it is now in the place of what it was."""
    before = hub.workspace.groups.get(group.id)
    hub.workspace.groups[group.id] = group
    manifest = hub.workspace.manifest
    if "subteam_members_changed" in manifest.events and "usergroups:read" in manifest.scopes:
        was = before.members if before else frozenset()
        await tell(hub, hub.payloads.group_changed(group, was=was, ts=hub.timestamps.next()))
