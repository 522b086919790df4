"""The workspace: people, channels, the app's direct messages, and the app itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.slack.manifest import Manifest
from bot.playground.slack.people import Channel, Person, Team, UserGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class AppIdentity:
    """The ids and tokens under which the app is installed. All are made up; none opens anything."""

    app_id: str = "A0KINWARD"
    bot_id: str = "B0KINWARD"
    bot_user_id: str = "U0KINWARDBOT"
    bot_token: str = "xoxb-playground-bot"  # noqa: S105 - a made-up token of the local Slack, no secret
    app_token: str = "xapp-playground-app"  # noqa: S105 - a made-up token of the local Slack, no secret
    signing_secret: str = "playground0signing0secret0000000"  # noqa: S105 - made up, signs nothing elsewhere
    verification_token: str = "playground-verification"  # noqa: S105 - sent in payloads, checked nowhere


class Workspace:
    """Looks people and places up."""

    def __init__(
        self,
        manifest: Manifest,
        people: Sequence[Person],
        channels: Sequence[Channel],
        groups: Sequence[UserGroup] = (),
    ) -> None:
        self.team = Team()
        self.app = AppIdentity()
        self.manifest = manifest
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.groups = {group.id: group for group in groups}
        self._owners = {self.dm_of(person.id): person for person in people}

    def dm_of(self, person_id: str) -> str:
        """Name the direct message between the app and a person."""
        return "D" + person_id[1:]

    def owner_of_dm(self, channel_id: str) -> Person | None:
        """Find whose direct message with the app this is; None when it is none."""
        return self._owners.get(channel_id)

    def may_read(self, person: Person, channel_id: str) -> bool:
        """Whether the person is in the channel, or it is their direct message with the app."""
        owner = self.owner_of_dm(channel_id)
        if owner is not None:
            return owner.id == person.id
        channel = self.channels.get(channel_id)
        return channel is not None and channel.has(person)

    def readers(self, channel_id: str) -> list[Person]:
        """Everybody who sees what is posted there."""
        return [person for person in self.people.values() if self.may_read(person, channel_id)]

    def name_in_payload(self, channel_id: str) -> str:
        """Name the channel as a payload does: not every kind of channel tells its name."""
        channel = self.channels.get(channel_id)
        if channel is None:
            return "directmessage"
        return "privategroup" if channel.is_private else channel.name
