"""`kinward staff`: who may do what, for when nobody can get at the settings in Slack any more."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.adapters.system_clock import SystemClock
from bot.cli.outcome import CannotGoOn
from bot.cli.staff_directory import directory_of
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.errors import InvalidInput
from bot.domain.staff import Actor, Surface
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import Roles, StaffRole
from bot.log import set_up_logging
from bot.services.in_force import InForce
from bot.services.settings import SettingsDesk
from bot.services.settings_names import SettingsSeen
from bot.views.sentences import say
from bot.without_slack import opened_database

_SLACK_ID = {HolderKind.PERSON: r"[UW][A-Z0-9]+", HolderKind.GROUP: r"S[A-Z0-9]+"}

staff = typer.Typer(
    help="Who may do what in Slack; for when nobody can get at the settings there.", no_args_is_help=True
)

SlackId = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The member ID in a person's Slack profile (U...), or a user group's id (S...)."
    ),
]
Given = Annotated[
    list[StaffRole], typer.Option("--role", help="The role; may be given several times.", show_default=False)
]
Taken = Annotated[
    list[StaffRole] | None,
    typer.Option("--role", help="Only this role; without it, nothing is said of them any more."),
]
Workspace = Annotated[
    str | None,
    typer.Option(help="The id of the Slack workspace, T...; needed where the database has not exactly one."),
]


@staff.command("list")
def list_staff(*, workspace: Workspace = None) -> None:
    """List of whom something is said; everybody else has the default role."""
    seen = asyncio.run(_look(workspace))
    for entry in seen.standing.roles.entries:
        typer.echo(f"{_named(entry.holder, seen.names)}  {entry.holder.kind}  {_told(entry.roles)}")
    default = seen.standing.settings.default_role
    typer.echo(f"everybody else  {_told(frozenset({default}) if default else frozenset())}")


@staff.command("grant")
def grant(slack_id: SlackId, *, role: Given, workspace: Workspace = None) -> None:
    """Give somebody roles, beside those that they were given before. It counts in Slack within seconds."""
    holder = _holder(slack_id)
    given = asyncio.run(_grant(holder, frozenset(role), workspace))
    typer.echo(f"{_named(holder, given.names)}: {_told(given.roles or frozenset())}")


@staff.command("revoke")
def revoke(slack_id: SlackId, *, role: Taken = None, workspace: Workspace = None) -> None:
    """Take roles away; without --role they have the default role again, like everybody else."""
    holder = _holder(slack_id)
    left = asyncio.run(_revoke(holder, frozenset(role or ()), workspace))
    told = "like everybody else" if left.roles is None else _told(left.roles)
    typer.echo(f"{_named(holder, left.names)}: {told}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What somebody may do now; no roles are those of everybody else."""

    roles: Roles | None
    names: Mapping[str, str]


async def _look(workspace: str | None) -> SettingsSeen:
    async with _opened(workspace) as (desk, actor):
        return await desk.look(actor)


async def _grant(holder: Holder, roles: Roles, workspace: str | None) -> _Held:
    async with _opened(workspace) as (desk, actor):
        entry = (await desk.look(actor)).standing.roles.of(holder)
        given = roles | (entry.roles if entry else frozenset())
        await desk.give_roles(actor, holder, given)
        return _Held(roles=given, names=(await desk.look(actor)).names)


async def _revoke(holder: Holder, roles: Roles, workspace: str | None) -> _Held:
    async with _opened(workspace) as (desk, actor):
        seen = await desk.look(actor)
        entry = seen.standing.roles.of(holder)
        if entry is None:
            raise CannotGoOn(f"Nothing is said of {holder.id}: they have the default role.")
        if not roles:
            await desk.take_roles(actor, holder)
            return _Held(roles=None, names=seen.names)
        await desk.give_roles(actor, holder, entry.roles - roles)
        return _Held(roles=entry.roles - roles, names=seen.names)


@asynccontextmanager
async def _opened(workspace: str | None) -> AsyncIterator[tuple[SettingsDesk, Actor]]:
    """Open the desk; whoever is refused there is told what is said in Slack under the field.

    Raises:
        CannotGoOn: nobody of the workspace has that id.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    async with opened_database(settings.database_url) as database:
        actor = await actor_in(database, workspace, Surface.COMMAND_LINE)
        clock = SystemClock(settings.timezone)
        in_force = InForce(storage=database, clock=clock)
        async with directory_of(actor.workspace_id) as directory:
            desk = SettingsDesk(
                storage=database,
                clock=clock,
                in_force=in_force,
                directory=directory,
                region=settings.region,
            )
            try:
                yield desk, actor
            except InvalidInput as error:
                raise CannotGoOn(" ".join(say(each.key, **each.values) for each in error.problems)) from error


def _holder(slack_id: str) -> Holder:
    for kind, pattern in _SLACK_ID.items():
        if re.fullmatch(pattern, slack_id):
            return Holder(kind=kind, id=slack_id)
    raise typer.BadParameter(
        "a member's id begins with U or W, a user group's with S, in capital letters and digits",
        param_hint="ID",
    )


def _named(holder: Holder, names: Mapping[str, str]) -> str:
    """Return the id, and the name where Slack tells it."""
    return f"{holder.id} ({names[holder.id]})" if holder.id in names else holder.id


def _told(roles: Roles) -> str:
    return ", ".join(role for role in StaffRole if role in roles) or "no access"
