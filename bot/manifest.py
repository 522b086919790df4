"""The app's manifest, from the installed package or from the checkout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = "manifest.yml"
_PACKAGE = Path(__file__).parent


@cache
def manifest_text() -> str:
    """Return manifest.yml as it is to be pasted into Slack.

    An installed package carries it beside this module; in a checkout it is at the top, where people look.
    """
    installed = _PACKAGE / _FILE
    return (installed if installed.exists() else _PACKAGE.parent / _FILE).read_text(encoding="utf-8")


def manifest() -> Mapping[str, object]:
    """Return the parsed manifest, a fresh one each time."""
    parsed = yaml.safe_load(manifest_text())
    if not isinstance(parsed, dict):
        raise TypeError("manifest.yml holds no mapping")
    return parsed
