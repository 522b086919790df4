"""What the local Slack takes from the app's manifest: its name, commands, scopes, events and Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One slash command."""

    command: str
    description: str
    usage_hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The app as its manifest describes it."""

    name: str
    description: str
    bot_name: str
    commands: tuple[Command, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home_enabled: bool
    messages_enabled: bool
    messages_read_only: bool

    def command(self, name: str) -> Command | None:
        """Find a command by its name with the slash."""
        return next((command for command in self.commands if command.command == name), None)

    @classmethod
    def read(cls, manifest: Mapping[str, object]) -> Self:
        """Read a parsed manifest; what it leaves out is off, as in Slack."""
        display = _part(manifest, "display_information")
        features = _part(manifest, "features")
        bot_user = _part(features, "bot_user")
        home = _part(features, "app_home")
        name = str(display.get("name", "App"))
        return cls(
            name=name,
            description=str(display.get("description", "")),
            bot_name=str(bot_user.get("display_name", name)),
            commands=tuple(
                Command(
                    command=str(entry.get("command", "")),
                    description=str(entry.get("description", "")),
                    usage_hint=str(entry.get("usage_hint", "")),
                )
                for entry in _list(features, "slash_commands")
                if isinstance(entry, Mapping)
            ),
            scopes=frozenset(map(str, _list(_part(_part(manifest, "oauth_config"), "scopes"), "bot"))),
            events=frozenset(
                map(str, _list(_part(_part(manifest, "settings"), "event_subscriptions"), "bot_events"))
            ),
            home_enabled=bool(home.get("home_tab_enabled", False)),
            messages_enabled=bool(home.get("messages_tab_enabled", False)),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        )


def _part(parent: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = parent.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(parent: Mapping[str, object], name: str) -> list[object]:
    value = parent.get(name)
    return value if isinstance(value, list) else []
