"""`kinward manifest`: what to paste into Slack."""

import typer

from bot.manifest import manifest_text


def print_manifest() -> None:
    """Print the app's manifest, to be pasted at https://api.slack.com/apps under "From a manifest"."""
    typer.echo(manifest_text(), nl=False)
