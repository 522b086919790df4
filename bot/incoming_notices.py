"""Where notices come in beside Slack's payloads, put together from the settings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.adapters.listening import CannotListenError, Listening
from bot.adapters.signed_http import SignedHttp
from bot.api.door import ApiDoor
from bot.config import ConfigurationError, HttpSettings, ListenerSettings, Settings
from bot.domain.errors import StorageUnavailable
from bot.services.services import Services

if TYPE_CHECKING:
    from bot.adapters.smtp_listener import SmtpListener

ANSWERED_SECONDS = 10
"""What was handed in is queued in a moment; a large body may still be on its way."""

LOOK_SECONDS = 5.0
"""How often it is looked whether the practice has made its first token."""

_log = structlog.get_logger(__name__)


class ApiListening:
    """Listens for the HTTP interface beside Socket Mode, from the practice's first token on."""

    def __init__(self, settings: Settings, services: Services, door: ApiDoor) -> None:
        self._settings = settings
        self._tokens = services.api_tokens
        self._workspace_id = door.workspace_id
        self._listening = Listening(
            door,
            host=settings.api_host,
            port=settings.api_port,
            answered_seconds=ANSWERED_SECONDS,
            name="http-interface",
        )
        self._is_listening = False
        self._waiting: asyncio.Task[None] | None = None

    @property
    def root(self) -> str | None:
        """Where it listens, or None where there is no reason to."""
        return self._listening.address if self._is_listening else None

    async def begin(self) -> None:
        """Listen, where there is a token or a public address; otherwise look for a token now and then.

        Raises:
            ConfigurationError: the port cannot be listened on.
        """
        if self._settings.public_url is None and not await self._has_token():
            self._waiting = asyncio.create_task(self._wait(), name="first-token")
            return
        try:
            await self._listen()
        except CannotListenError as error:
            raise ConfigurationError(
                f"The port of the HTTP interface cannot be listened on ({error}): choose another one "
                "with KINWARD_API_PORT."
            ) from error

    async def end(self) -> None:
        """Take no more requests, and answer those that were taken."""
        if self._waiting is not None:
            self._waiting.cancel()
            with suppress(asyncio.CancelledError):
                await self._waiting
        if self._is_listening:
            await self._listening.end()

    async def _listen(self) -> None:
        await self._listening.begin()
        self._is_listening = True
        _log.info("api.listening", address=self._listening.address)

    async def _has_token(self) -> bool:
        try:
            return await self._tokens.any_counts(self._workspace_id)
        except StorageUnavailable:
            return False

    async def _wait(self) -> None:
        # Another process makes it, `kinward tokens create`: there is nothing here to wait for.
        while not await self._has_token():  # noqa: ASYNC110 - see above
            await asyncio.sleep(LOOK_SECONDS)
        try:
            await self._listen()
        except CannotListenError as error:
            _log.error("api.cannot_listen", reason=str(error), port=self._settings.api_port)


class ApiPlace(Protocol):
    """Where the HTTP interface is reached."""

    @property
    def root(self) -> str | None:
        """Its address without a slash at the end, or None while it is not there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Where notices come in; None where nothing does."""

    api: ApiPlace | None
    mail: "SmtpListener | None"


@asynccontextmanager
async def taking_notices(
    settings: Settings | HttpSettings, services: Services, door: ApiDoor, receiver: object
) -> AsyncIterator[Doors]:
    """Take notices in until the block ends; over signed HTTP the door stands at Slack's own port.

    Raises:
        ConfigurationError: a port cannot be listened on, or a certificate cannot be read.
    """
    async with AsyncExitStack() as stack:
        mail = _smtp_listener(settings, services, door)
        if mail is not None:
            try:
                await mail.begin()
            except CannotListenError as error:
                raise ConfigurationError(
                    f"Mail cannot be taken in at KINWARD_SMTP_LISTEN ({error}): choose another port, and see "
                    "that the certificate and its key can be read."
                ) from error
            stack.push_async_callback(mail.end)
        api: ApiPlace | None = receiver if isinstance(receiver, SignedHttp) else None
        if isinstance(settings, Settings):
            listening = ApiListening(settings, services, door)
            await listening.begin()
            stack.push_async_callback(listening.end)
            api = listening
        yield Doors(api=api, mail=mail)


def _smtp_listener(settings: ListenerSettings, services: Services, door: ApiDoor) -> "SmtpListener | None":
    if settings.smtp_listen is None or settings.mail_from is None:
        return None
    from bot.adapters.smtp_listener import (  # noqa: PLC0415 - only who takes mail in waits for its library
        ListenAt,
        SmtpListener,
    )

    host, port = settings.smtp_listen
    at = ListenAt(
        host=host,
        port=port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        certificate=settings.smtp_certificate,
        key=settings.smtp_key,
    )
    name = settings.mail_from.rpartition("@")[2]
    return SmtpListener(at, services=services, workspace_id=door.workspace_id, name=name)
