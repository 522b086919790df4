"""The way to Slack and back: the client for its Web API, and what takes its payloads in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.signed_http import CannotListenError, SignedHttp
from bot.adapters.slack_calls import CallLimits, slack_client
from bot.adapters.slack_session import slack_session
from bot.adapters.socket_mode import SocketMode
from bot.api.door import ApiDoor
from bot.config import ConfigurationError, HttpSettings, Settings, SlackSettings
from bot.domain.ids import WorkspaceId


@asynccontextmanager
async def slack(
    settings: SlackSettings, limits: CallLimits
) -> AsyncIterator[tuple[AsyncWebClient, WorkspaceId, str]]:
    """Yield the bot's client with the workspace, its id and its name.

    Raises:
        ConfigurationError: Slack does not take the token.
    """
    async with slack_session(limits) as session:
        token = settings.slack_bot_token.get_secret_value()
        client = slack_client(token, base_url=settings.slack_api_url, limits=limits)
        client.session = session
        workspace_id, name = await _workspace(client)
        yield client, workspace_id, name


async def _workspace(client: AsyncWebClient) -> tuple[WorkspaceId, str]:
    """Ask Slack whose token it is.

    Raises:
        ConfigurationError: Slack does not take the token.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = str(error.response.get("error"))
        raise ConfigurationError.token_refused("SLACK_BOT_TOKEN", code) from error
    return WorkspaceId(str(answer["team_id"])), str(answer.get("team", ""))


def receiver_for(
    settings: Settings | HttpSettings, app: AsyncApp, limits: CallLimits, door: ApiDoor
) -> SocketMode | SignedHttp:
    """Return what takes Slack's payloads in."""
    if isinstance(settings, HttpSettings):
        secret = settings.slack_signing_secret.get_secret_value()
        return SignedHttp(app, secret, host=settings.host, port=settings.port, others=door)
    app_token = settings.slack_app_token.get_secret_value()
    web_client = slack_client(app_token, base_url=settings.slack_api_url, limits=limits)
    return SocketMode(app, app_token, web_client=web_client)


async def begin(receiver: SocketMode | SignedHttp) -> None:
    """Begin to take them in.

    Raises:
        ConfigurationError: Slack does not take the token, or the port cannot be listened on.
    """
    try:
        await receiver.begin()
    except SlackApiError as error:
        raise _app_token_refused(error) from error
    except CannotListenError as error:
        raise ConfigurationError(
            f"The port cannot be listened on ({error}): choose another one with PORT, "
            "or another address of this machine with --host."
        ) from error


def lost_of(socket: SocketMode) -> Callable[[], Awaitable[None]]:
    """Return what waits until Slack takes the bot no more, and raises a ConfigurationError then."""

    async def lost() -> None:
        try:
            await socket.lost()
        except SlackApiError as error:
            raise _app_token_refused(error) from error

    return lost


def _app_token_refused(error: SlackApiError) -> ConfigurationError:
    return ConfigurationError.token_refused("SLACK_APP_TOKEN", str(error.response.get("error")))
