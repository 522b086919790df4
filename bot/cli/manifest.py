"""`kinward manifest`: what to paste into Slack."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.adapters.slack_door import EVENTS_PATH
from bot.setting_checks import is_safe


def print_manifest(
    *,
    http: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="For `run --http`: the https address at which Slack reaches the bot, such as "
            "https://kinward.example.org.",
        ),
    ] = None,
) -> None:
    """Print the app's manifest, to be pasted at https://api.slack.com/apps under "From a manifest"."""
    from bot.manifest import http_manifest_text, manifest_text  # noqa: PLC0415 - YAML with it, for this alone

    typer.echo(manifest_text() if http is None else http_manifest_text(_request_url(http)), nl=False)


def _request_url(address: str) -> str:
    """Return where Slack sends its requests, given the address with that path or without."""
    url = urlsplit(address.strip())
    if not is_safe(url) or not url.hostname or url.query or url.fragment or "@" in url.netloc:
        raise typer.BadParameter(
            "Slack calls an https address, such as https://kinward.example.org", param_hint="--http"
        )
    path = url.path.rstrip("/")
    return url._replace(path=path if path.endswith(EVENTS_PATH) else path + EVENTS_PATH).geturl()
