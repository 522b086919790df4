"""The playground as one thing: the local Slack, the real app in it, the practice, its mail, and the page."""

import errno
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.bootstrap import RunningBot, running
from bot.config import PracticeSettings, Settings, sqlite_url
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.manifest import manifest
from bot.playground.kept import Kept
from bot.playground.mail.desk import MailDesk
from bot.playground.mail.mailboxes import Mailboxes
from bot.playground.mail.page_mail import mail_routes
from bot.playground.mail.server import mail_server
from bot.playground.port_taken import PortTaken
from bot.playground.practice import (
    ANA,
    CHANNELS,
    GROUPS,
    PEOPLE,
    KnownStaff,
    Practice,
    fill,
    name_responsible,
    settle,
)
from bot.playground.practice.crowd import let_in
from bot.playground.slack import LocalSlack
from bot.playground.slack.people import Team
from bot.playground.slack.server import Annex
from bot.roster_building import build_roster_import
from bot.services.clients import Clients
from bot.services.in_force import InForce
from bot.services.owners import KeepingOwners
from bot.services.relationships import Relationships
from bot.services.settings import SettingsDesk
from bot.without_slack import opened_database

PAGE = Path(__file__).parent / "page"
HOST = "127.0.0.1"
MAIL_FROM = "office@elm-street.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playground:
    """What is running, and whether this start began with a new practice."""

    slack: LocalSlack
    bot: RunningBot
    mailboxes: Mailboxes
    is_new: bool
    database_url: str
    """For the command line beside it."""


@asynccontextmanager
async def playing(
    data_dir: Path,
    *,
    port: int = 0,
    fresh: bool = False,
    page: Path = PAGE,
    practice: Practice | None = None,
    crowd: int = 0,
    told: Callable[[int], None] = lambda _: None,
    warms_up: bool = False,
) -> AsyncIterator[Playground]:
    """Run the playground until the block ends.

    Args:
        data_dir: where the practice and the messages are kept between two starts.
        port: of the page and of the local Slack, on this machine only; 0 takes any free one.
        fresh: begin anew, with the practice as it was made up.
        page: the folder of the page.
        practice: what a new practice is; the whole made-up one unless given.
        crowd: how many more clients there are, without families, to look for somebody among them.
        told: is told how many of the crowd of a new practice are in.
        warms_up: whether the bot gets ready for every kind of search at the start.

    Raises:
        PortTaken: somebody else listens there, or it is not ours to use.
        ConfigurationError: a setting in the environment is wrong.
    """
    # Asked before anything is thrown away: on the port may be a playground with the same data.
    _check_free(port)
    kept = Kept(data_dir, crowd=crowd)
    kept.prepare(fresh=fresh)
    is_new = not kept.has_practice
    if is_new:
        await _make_practice(kept, practice, crowd=crowd, told=told)
    desk = MailDesk(Mailboxes(kept.mail))
    annex = Annex(name="mail", routes=lambda hub: mail_routes(hub, desk))
    slack = LocalSlack(
        manifest(), PEOPLE, CHANNELS, groups=GROUPS, page=page, state_file=kept.slack, annexes=(annex,)
    )
    try:
        await slack.start(HOST, port)
    except OSError as error:
        raise _port_taken(port, error) from None
    try:
        async with mail_server(desk.mailboxes) as smtp_url:
            settings = Settings.from_environment(
                slack_bot_token=slack.bot_token,
                slack_app_token=slack.app_token,
                slack_api_url=slack.api_url,
                database_url=sqlite_url(kept.database),
                smtp_url=SecretStr(smtp_url),
                mail_from=MAIL_FROM,
            )
            if settings.smtp_listen is None:
                # What recipients answer comes back here, as the practice's own mail server would bring it.
                settings = settings.model_copy(update={"smtp_listen": (HOST, 0)})
            async with running(settings, warms_up=warms_up) as bot:
                desk.open(bot)
                yield Playground(
                    slack=slack,
                    bot=bot,
                    mailboxes=desk.mailboxes,
                    is_new=is_new,
                    database_url=settings.database_url,
                )
    finally:
        await slack.stop()


async def _make_practice(
    kept: Kept, practice: Practice | None, *, crowd: int, told: Callable[[int], None]
) -> None:
    """Fill a database with the made-up practice, aside, and put it in place when it is whole."""
    settings = PracticeSettings.from_environment(database_url=sqlite_url(kept.unfinished))
    clock = SystemClock(settings.timezone)
    team = Team()
    workspace_id = WorkspaceId(team.id)
    actor = Actor(
        workspace_id=workspace_id,
        staff_id=StaffId(ANA.id),
        name=ANA.real_name,
        surface=Surface.COMMAND_LINE,
        rights=EVERY_RIGHT,
    )
    async with opened_database(settings.database_url) as database:
        await database.ensure_workspace(workspace_id, team.name)
        in_force = InForce(storage=database, clock=clock)
        await settle(
            SettingsDesk(storage=database, clock=clock, in_force=in_force, region=settings.region), actor
        )
        clients = Clients(storage=database, clock=clock, new_id=new_ulid, region=settings.region)
        await fill(
            clients=clients,
            roster_import=build_roster_import(database, settings),
            relationships=Relationships(
                storage=database, clock=clock, new_id=new_ulid, region=settings.region
            ),
            actor=actor,
            today=clock.today(),
            practice=practice,
        )
        owners = KeepingOwners(storage=database, clock=clock, new_id=new_ulid, directory=KnownStaff())
        await name_responsible(owners=owners, clients=clients, actor=actor)
        if crowd:
            await let_in(database, workspace_id, crowd, new_ulid, told=told)
    kept.finish_practice()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        # As the server itself does: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise _port_taken(port, error) from None


def _port_taken(port: int, error: OSError) -> PortTaken:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Port {port} is in use, perhaps by another playground: stop that one, "
            f"or choose another port with --port {port + 1}."
        )
    return PortTaken(
        f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): choose another one with --port."
    )
