"""The payloads that tell the app what a person did, field for field as Slack sends them."""

import copy

from bot.playground.slack.messages import Message
from bot.playground.slack.people import Person, UserGroup
from bot.playground.slack.socket_mode import event_id
from bot.playground.slack.wire import Json
from bot.playground.slack.workspace import Workspace


class Payloads:
    """Builds payloads for one workspace and its app."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def command(self, person: Person, channel: str, *, command: str, text: str) -> Json:
        """Build a slash command; its trigger_id and response_url come later."""
        return {
            "token": self._workspace.app.verification_token,
            "team_id": self._workspace.team.id,
            "team_domain": self._workspace.team.domain,
            "channel_id": channel,
            "channel_name": self._workspace.name_in_payload(channel),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self._workspace.app.app_id,
            "is_enterprise_install": "false",
        }

    def click_in_view(self, person: Person, view: Json, action: Json) -> Json:
        """Build the block_actions of a modal or of Home: no channel, no message, no response_url."""
        return {
            "type": "block_actions",
            **self._common(person),
            "container": {"type": "view", "view_id": view["id"]},
            "view": copy.deepcopy(view),
            "actions": [action],
        }

    def click_in_message(self, person: Person, message: Message, action: Json) -> Json:
        """Build the block_actions of a message; one only the person sees is not part of it."""
        ephemeral = message.ephemeral_to is not None
        payload = {
            "type": "block_actions",
            **self._common(person),
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": ephemeral,
            },
            "channel": {"id": message.channel, "name": self._workspace.name_in_payload(message.channel)},
            "state": {"values": copy.deepcopy(message.values_for(person.id))},
            "actions": [action],
        }
        if not ephemeral:
            payload["message"] = self.message(message)
        return payload

    def submission(self, person: Person, view: Json) -> Json:
        """Build a view_submission."""
        return {
            "type": "view_submission",
            **self._common(person),
            "view": copy.deepcopy(view),
            "response_urls": [],
        }

    def closed(self, person: Person, view: Json, *, is_cleared: bool) -> Json:
        """Build a view_closed: it carries no trigger_id."""
        return {
            "type": "view_closed",
            **self._common(person),
            "view": copy.deepcopy(view),
            "is_cleared": is_cleared,
        }

    def suggestion_in_view(self, person: Person, view: Json, asked: Json) -> Json:
        """Build a block_suggestion: the view comes with no values, and there is no trigger_id."""
        return {
            "type": "block_suggestion",
            **self._common(person),
            "container": {"type": "view", "view_id": view["id"]},
            **asked,
            "view": {**copy.deepcopy(view), "state": {"values": {}}},
        }

    def suggestion_in_message(self, person: Person, message: Message, asked: Json) -> Json:
        """Build the block_suggestion of a select in a message."""
        payload = self.click_in_message(person, message, {})
        for absent in ("actions", "state"):
            del payload[absent]
        return {**payload, "type": "block_suggestion", **asked}

    def home_opened(self, person: Person, *, home: Json | None, ts: str) -> Json:
        """Build the event app_home_opened of the Home tab."""
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._workspace.dm_of(person.id),
            "tab": "home",
            "event_ts": ts,
        }
        if home is not None:
            event["view"] = copy.deepcopy(home)
        return self._event(event)

    def said_to_app(self, person: Person, message: Message) -> Json:
        """Build the event of a direct message to the app."""
        return self._event(
            {
                "client_msg_id": event_id(),
                "type": "message",
                "text": message.text,
                "user": person.id,
                "ts": message.ts,
                "team": person.team_id,
                "blocks": copy.deepcopy(message.blocks),
                "channel": message.channel,
                "event_ts": message.ts,
                "channel_type": "im",
            }
        )

    def person_changed(self, person: Person, *, ts: str) -> Json:
        """Build the event user_change."""
        return self._event(
            {"type": "user_change", "user": person.to_slack(with_email=False), "cache_ts": 0, "event_ts": ts}
        )

    def group_changed(self, group: UserGroup, *, was: frozenset[str], ts: str) -> Json:
        """Build the event subteam_members_changed."""
        added, removed = sorted(group.members - was), sorted(was - group.members)
        return self._event(
            {
                "type": "subteam_members_changed",
                "subteam_id": group.id,
                "team_id": self._workspace.team.id,
                "added_users": added,
                "added_users_count": len(added),
                "removed_users": removed,
                "removed_users_count": len(removed),
                "event_ts": ts,
            }
        )

    def message(self, message: Message) -> Json:
        """Describe a message within a payload or an answer."""
        app = self._workspace.app
        return copy.deepcopy(
            message.to_slack(
                team=self._workspace.team.id,
                app_id=app.app_id,
                bot_id=app.bot_id if message.author == app.bot_user_id else None,
            )
        )

    def _common(self, person: Person) -> Json:
        return {
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "api_app_id": self._workspace.app.app_id,
            "token": self._workspace.app.verification_token,
            "team": {"id": self._workspace.team.id, "domain": self._workspace.team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _event(self, event: Json) -> Json:
        team, app = self._workspace.team, self._workspace.app
        return {
            "token": app.verification_token,
            "team_id": team.id,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id(),
            "event_time": int(float(event["event_ts"])),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event['type']}-{team.id}-{app.app_id}",
        }
