"""What the commands about mail have in common: the services over the database, and whom a word means."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli.outcome import NO_SUCH_CLIENT, CannotGoOn
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.client import Client
from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import ClientId, StaffId
from bot.domain.staff import Actor, StaffMember, Surface
from bot.domain.staff_access import GroupId, StaffGroup
from bot.log import set_up_logging
from bot.services.services import Services
from bot.services_building import build_services
from bot.without_slack import opened_database

WorkspaceOption = Annotated[
    str | None,
    typer.Option(help="The id of the Slack workspace, T...; needed where the database has not exactly one."),
]
STANDARD_INPUT = "-"


def said(given: str) -> str:
    """Return what was given as an argument, or a line of standard input where that is `-`.

    Arguments stand in the machine's list of processes, which everybody with an account on it can read.
    """
    if given != STANDARD_INPUT:
        return given
    return sys.stdin.buffer.readline().decode(errors="replace").strip()


ClientArgument = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT",
        help="The client: the practice's own id, the e-mail or the name; - is a line of standard input.",
        callback=said,
    ),
]


class NoDirectory:
    """`bot.services.ports.Directory` where there is no Slack to ask."""

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Know nobody."""
        raise DirectoryUnavailable(staff_id)

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:
        """Know no group."""
        raise DirectoryUnavailable(group_id)

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Know no group."""
        raise DirectoryUnavailable

    def forget(self, staff_id: StaffId) -> None:
        """Have nothing to forget."""

    def forget_group(self, group_id: GroupId) -> None:
        """Have nothing to forget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services, and who asks for them."""

    services: Services
    actor: Actor

    async def client(self, text: str) -> Client:
        """Return the one client whom a word means.

        Raises:
            CannotGoOn: it means nobody, or several.
        """
        found = await self.services.clients.exact(self.actor, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise CannotGoOn("Several clients are called that: use the practice's own id.")
        try:
            # The id that the bot itself gave, as other programs know it.
            return await self.services.clients.get(self.actor, ClientId(text))
        except NotFound:
            raise CannotGoOn(NO_SUCH_CLIENT) from None


@asynccontextmanager
async def at_the_desk(workspace: str | None) -> AsyncIterator[Desk]:
    """Open the database, as the machine's user in the workspace that is meant.

    Raises:
        CannotGoOn: it is not clear which.
        ConfigurationError: a setting is wrong.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    async with opened_database(settings.database_url) as database:
        services = build_services(
            database, directory=NoDirectory(), zone=settings.timezone, region=settings.region
        )
        try:
            yield Desk(services=services, actor=await actor_in(database, workspace, Surface.COMMAND_LINE))
        finally:
            await services.audit.drain()
