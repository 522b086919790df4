"""One handler, run to its end: who acts is admitted first, and whatever it raises becomes a reply."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.app.recent_use import RecentUse
from bot.domain.errors import (
    DirectoryUnavailable,
    KinwardError,
    NotAllowed,
    NotFound,
    NotPermitted,
    StorageUnavailable,
)
from bot.domain.staff import Actor
from bot.handlers.attempts import client_meant, tried
from bot.handlers.errors import is_expected, reply_to_error
from bot.handlers.interaction import Interaction, Kind
from bot.handlers.reply import Reply
from bot.handlers.routes import route_of
from bot.handlers.showing import said
from bot.services.rights import refuse_without
from bot.services.services import Services
from bot.views.sentences import say

_log = structlog.get_logger(__name__)

_OF_NOBODY = frozenset({Kind.OTHER, Kind.STAFF_CHANGED})
"""What Slack tells by itself: nobody acts who would have to be admitted."""


class Handling:
    """Runs handlers and never raises.

    Args:
        services: what handlers call.
        endurance: seconds until a handler is given up and the person is told to try again.
    """

    def __init__(self, services: Services, *, endurance: Callable[[], float]) -> None:
        self._services = services
        self._endurance = endurance
        self._recent_use = RecentUse(services.recent_clients)

    async def reply(self, interaction: Interaction) -> Reply:
        """Return what the handler says, or what is said of its failure."""
        try:
            async with asyncio.timeout(self._endurance()):
                return await self._handled(interaction)
        except TimeoutError as error:
            return self.refused(interaction, StorageUnavailable(), cause=error)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the person is answered
            return self.refused(interaction, error)

    async def _handled(self, interaction: Interaction) -> Reply:
        route = route_of(interaction)
        if interaction.kind in _OF_NOBODY:
            return await route.handler(interaction, self._services)
        try:
            actor = await self._admitted(interaction)
        except NotAllowed as error:
            self._told(interaction, replace(interaction.actor, name=error.name), error)
            raise
        except DirectoryUnavailable as error:
            self._told(interaction, interaction.actor, error)
            raise
        try:
            if route.needs is not None:
                refuse_without(route.needs, actor)
            reply = await route.handler(replace(interaction, actor=actor), self._services)
        except NotPermitted as error:
            self._told(interaction, actor, error)
            raise
        self._recent_use.note(actor, reply)
        return reply

    async def finish(self) -> None:
        """Have everything written down that was left for later."""
        await self._recent_use.finish()

    def _told(self, interaction: Interaction, actor: Actor, error: KinwardError) -> None:
        """Have it recorded that somebody tried what they may not do."""
        self._services.audit.refused(
            actor, tried(interaction), why=error.key, client_id=client_meant(interaction)
        )

    async def _admitted(self, interaction: Interaction) -> Actor:
        installed, own = interaction.installed_team, interaction.actor.workspace_id
        if installed is not None and installed.startswith("T") and installed != own:
            # An app can be shared with other workspaces; this one serves its own alone.
            raise NotAllowed
        try:
            return await self._services.staff.admit(interaction.actor, claimed_team=interaction.claimed_team)
        except NotFound as unknown:
            # Slack does not show people of other workspaces to everybody: to the bot they do not exist.
            raise NotAllowed from unknown

    def refused(self, interaction: Interaction, error: Exception, *, cause: Exception | None = None) -> Reply:
        """Write a failure down, and return what the person is told of it."""
        reference = secrets.token_hex(4).upper()
        where = {
            "kind": interaction.kind,
            "route": interaction.route,
            "staff_id": interaction.actor.staff_id,
            "surface": interaction.actor.surface,
        }
        if is_expected(error) and cause is None:
            _log.info("interaction.refused", key=getattr(error, "key", type(error).__name__), **where)
        else:
            _log.error("interaction.failed", reference=reference, exc_info=cause or error, **where)
        try:
            return reply_to_error(interaction, error, reference)
        except Exception as broken:  # noqa: BLE001 - an error in telling of an error must still be answered
            _log.error("interaction.unanswerable", reference=reference, exc_info=broken, **where)
            return said(interaction, say("error.unexpected", reference=reference))
