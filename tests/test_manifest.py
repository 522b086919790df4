"""The manifest: what Slack's schema asks, what the schema does not check, and agreement with the code."""

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk.web.async_client import AsyncWebClient

import bot
from bot.manifest import http_manifest, http_manifest_text, manifest, manifest_text
from bot.views.commands import COMMANDS

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((Path(__file__).parent / "data" / "slack-manifest.schema.1.0.0.json").read_text("utf-8"))

SCOPES_OF_METHOD: Mapping[str, frozenset[str]] = {
    "apps.connections.open": frozenset(),  # takes the app-level token, which has a scope of its own
    "auth.test": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.list": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.members": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "reactions.add": frozenset({"reactions:write"}),
    "team.info": frozenset({"team:read"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.lookupByEmail": frozenset({"users:read", "users:read.email"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
}
"""What Slack's reference pages say each method needs."""

SCOPES_OF_EVENT: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": frozenset(),
    "message.im": frozenset({"im:history"}),
    "subteam_members_changed": frozenset({"usergroups:read"}),
    "team_join": frozenset({"users:read"}),
    "tokens_revoked": frozenset(),
    "user_change": frozenset({"users:read"}),
    "user_profile_changed": frozenset({"users:read"}),
}

SDK_METHODS = {
    name: name.replace("_", ".")
    for name in dir(AsyncWebClient)
    if "_" in name.strip("_") and not name.startswith("_") and name != "api_call"
}


def part(*path: str) -> Any:  # noqa: ANN401 - a place in a JSON document
    found: Any = manifest()
    for name in path:
        found = found[name]
    return found


def product_code() -> Iterator[ast.AST]:
    """Yield every node of the program, without the playground, which plays Slack and needs no scope."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "playground" not in path.parts:
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def strings_in_the_code() -> set[str]:
    return {
        node.value
        for node in product_code()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def methods_in_the_code() -> set[str]:
    """Return the Web API methods that are called through the SDK or named as a string."""
    called = {
        SDK_METHODS[node.attr]
        for node in product_code()
        if isinstance(node, ast.Attribute) and node.attr in SDK_METHODS
    }
    return called | (strings_in_the_code() & {*SDK_METHODS.values(), *SCOPES_OF_METHOD})


def test_it_is_valid_by_slacks_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)

    errors = [error.message for error in Draft7Validator(SCHEMA).iter_errors(manifest())]

    assert errors == []


@pytest.mark.parametrize("key", ["display_information", "settings", "features"])
def test_the_schema_refuses_what_it_does_not_know(key: str) -> None:
    spoiled = dict(manifest())
    spoiled[key] = {**part(key), "unknown": True}

    assert not Draft7Validator(SCHEMA).is_valid(spoiled)


def test_it_is_a_bolt_apps_manifest_over_socket_mode() -> None:
    assert part("_metadata", "major_version") == 1
    assert part("settings", "socket_mode_enabled") is True
    assert part("settings", "interactivity") == {"is_enabled": True}
    assert "http" not in json.dumps(manifest()), "over Socket Mode no address of ours is called"


REQUEST_URL = "https://kinward.example.org/slack/events"


def test_over_http_every_request_has_its_address() -> None:
    over_http: Any = http_manifest(REQUEST_URL)

    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(over_http)] == []
    settings = over_http["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"] == {
        "request_url": REQUEST_URL,
        "bot_events": part("settings", "event_subscriptions", "bot_events"),
    }
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": REQUEST_URL,
        "message_menu_options_url": REQUEST_URL,
    }
    assert [command["url"] for command in over_http["features"]["slash_commands"]] == [REQUEST_URL]


def test_over_http_nothing_else_is_different() -> None:
    over_http: Any = http_manifest(REQUEST_URL)
    for command in over_http["features"]["slash_commands"]:
        del command["url"]
    for key in ("socket_mode_enabled", "event_subscriptions", "interactivity"):
        over_http["settings"][key] = part("settings", key)

    assert over_http == manifest()


def test_over_http_the_text_says_the_same_and_reads_as_well() -> None:
    text = http_manifest_text(REQUEST_URL)

    assert yaml.safe_load(text) == http_manifest(REQUEST_URL)
    assert text.startswith("# ")
    assert "  long_description: |-\n    Kinward helps" in text


def test_home_is_on_and_people_can_write_to_the_app() -> None:
    home = part("features", "app_home")

    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_each_event_is_known_and_handled() -> None:
    events = part("settings", "event_subscriptions", "bot_events")

    assert events == ["app_home_opened", "subteam_members_changed", "user_change"]
    assert set(events) <= strings_in_the_code()


def test_the_scopes_are_those_that_the_code_needs_and_no_others() -> None:
    methods = methods_in_the_code()
    unknown = methods - set(SCOPES_OF_METHOD)
    assert not unknown, "say in SCOPES_OF_METHOD what these need"

    needed = frozenset({"commands"}).union(
        *(SCOPES_OF_METHOD[method] for method in methods),
        *(SCOPES_OF_EVENT[event] for event in part("settings", "event_subscriptions", "bot_events")),
    )

    assert sorted(part("oauth_config", "scopes", "bot")) == sorted(needed)
    assert set(part("oauth_config", "scopes")) == {"bot"}, "nothing is done in a person's name"


def test_family_is_the_one_command_and_its_hint_names_every_word() -> None:
    (command,) = part("features", "slash_commands")
    words, _, advice = command["usage_hint"].partition("] ")

    assert command["command"] == "/family"
    assert command["command"] in strings_in_the_code()
    assert command["should_escape"] is False
    assert words.lstrip("[").split(" | ") == [entry.word for entry in COMMANDS]
    assert "own id or initials" in advice


def test_the_description_says_what_it_is_and_what_it_never_does() -> None:
    text = part("display_information", "long_description")

    assert "never gives anybody access" in text
    assert "never in a channel" in text
    assert "own id or by initials" in text
    assert "/family" in text


def test_the_text_is_the_file_in_the_checkout() -> None:
    assert manifest_text() == (ROOT / "manifest.yml").read_text("utf-8")
    assert Path(bot.__file__).parent == ROOT / "bot"
