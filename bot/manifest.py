"""The app's manifest, from the installed package or from the checkout, for either way of reaching the bot."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = "manifest.yml"
_PACKAGE = Path(__file__).parent
_HTTP_HEADING = """\
# What Slack knows of the app where it calls the bot over signed HTTP: paste it at https://api.slack.com/apps
# under "Create New App", "From a manifest". Once `kinward run --http` answers there, have Slack verify the
# address on the page Event Subscriptions.
"""


@cache
def manifest_text() -> str:
    """Return manifest.yml as it is to be pasted into Slack.

    An installed package carries it beside this module; in a checkout it is at the top, where people look.
    """
    installed = _PACKAGE / _FILE
    return (installed if installed.exists() else _PACKAGE.parent / _FILE).read_text(encoding="utf-8")


def manifest() -> Mapping[str, object]:
    """Return the parsed manifest, a fresh one each time."""
    return _parsed()


def http_manifest(request_url: str) -> Mapping[str, object]:
    """Return the manifest of an app that Slack calls over signed HTTP.

    Args:
        request_url: where the bot takes Slack's requests, whatever they are about.
    """
    parsed = _parsed()
    for command in parsed["features"]["slash_commands"]:
        command["url"] = request_url
    settings = parsed["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"] = {"request_url": request_url, **settings["event_subscriptions"]}
    # Without an address of its own a picker that searches as one types finds nothing over HTTP.
    settings["interactivity"] |= {"request_url": request_url, "message_menu_options_url": request_url}
    return parsed


def http_manifest_text(request_url: str) -> str:
    """Return the manifest for signed HTTP as it is to be pasted into Slack."""
    return _HTTP_HEADING + yaml.dump(
        http_manifest(request_url), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110
    )


def _parsed() -> dict[str, Any]:
    parsed = yaml.safe_load(manifest_text())
    if not isinstance(parsed, dict):
        raise TypeError("manifest.yml holds no mapping")
    return parsed


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as such, and lists within what they belong to, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as PyYAML calls it
        """Indent lists too."""
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
