"""Slack's directory for a command that works without it too: what people are called, and who they are."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import typer

from bot.config import ConfigurationError, SlackSettings
from bot.domain.errors import DirectoryUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.ports import Directory


@asynccontextmanager
async def directory_of(workspace_id: WorkspaceId) -> AsyncIterator[Directory | None]:
    """Yield the directory where SLACK_BOT_TOKEN is set; None where it is not, or Slack cannot be asked.

    Whoever is locked out must get in while Slack is away: they are told that names are missing, and go on.
    """
    async with AsyncExitStack() as stack:
        yield await _asked(workspace_id, stack) if os.environ.get("SLACK_BOT_TOKEN") else None


async def _asked(workspace_id: WorkspaceId, stack: AsyncExitStack) -> Directory | None:
    # They take a second to import, and without a token nobody needs them.
    from aiohttp import ClientError  # noqa: PLC0415
    from slack_sdk.errors import SlackClientError  # noqa: PLC0415

    from bot.adapters.slack_calls import CallLimits  # noqa: PLC0415
    from bot.adapters.slack_directory import SlackDirectory  # noqa: PLC0415
    from bot.connecting import slack  # noqa: PLC0415

    try:
        client, of_token, name = await stack.enter_async_context(
            slack(SlackSettings.from_environment(), CallLimits())
        )
        if of_token != workspace_id:
            _without_names(f"SLACK_BOT_TOKEN is of another workspace: {of_token} ({name}).")
            return None
        directory = SlackDirectory(client)
        # What was asked once is remembered, and what Slack does not tell now it does not tell in a second.
        await directory.groups()
    except ConfigurationError as error:
        _without_names(str(error))
    except (ClientError, SlackClientError, DirectoryUnavailable, OSError):
        _without_names("Slack cannot be asked who people are just now.")
    else:
        return directory
    return None


def _without_names(why: str) -> None:
    """Say why nobody's name is known, beside what the command has to say."""
    typer.echo(f"{why} Ids stand where names would, and nobody was looked up.", err=True)
