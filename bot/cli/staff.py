"""`kinward staff`: who may do what, for when nobody can get at the settings in Slack any more."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from bot.adapters.system_clock import SystemClock
from bot.cli.outcome import CannotGoOn
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.staff import Actor, Surface
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import Roles, StaffRole
from bot.log import set_up_logging
from bot.services.in_force import InForce, Standing
from bot.services.settings import SettingsDesk
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
    standing = asyncio.run(_standing(workspace))
    for entry in standing.roles.entries:
        typer.echo(f"{entry.holder.id}  {entry.holder.kind}  {_told(entry.roles)}")
    default = standing.settings.default_role
    typer.echo(f"everybody else  {_told(frozenset({default}) if default else frozenset())}")


@staff.command("grant")
def grant(slack_id: SlackId, *, role: Given, workspace: Workspace = None) -> None:
    """Give somebody roles, beside those that they were given before. It counts in Slack within seconds."""
    holder = _holder(slack_id)
    typer.echo(f"{slack_id}: {_told(asyncio.run(_grant(holder, frozenset(role), workspace)))}")


@staff.command("revoke")
def revoke(slack_id: SlackId, *, role: Taken = None, workspace: Workspace = None) -> None:
    """Take roles away; without --role they have the default role again, like everybody else."""
    left = asyncio.run(_revoke(_holder(slack_id), frozenset(role or ()), workspace))
    typer.echo(f"{slack_id}: {'like everybody else' if left is None else _told(left)}")


async def _standing(workspace: str | None) -> Standing:
    async with _opened(workspace) as (desk, actor):
        return (await desk.look(actor)).standing


async def _grant(holder: Holder, roles: Roles, workspace: str | None) -> Roles:
    async with _opened(workspace) as (desk, actor):
        entry = (await desk.look(actor)).standing.roles.of(holder)
        given = roles | (entry.roles if entry else frozenset())
        await desk.give_roles(actor, holder, given)
        return given


async def _revoke(holder: Holder, roles: Roles, workspace: str | None) -> Roles | None:
    async with _opened(workspace) as (desk, actor):
        entry = (await desk.look(actor)).standing.roles.of(holder)
        if entry is None:
            raise CannotGoOn(f"Nothing is said of {holder.id}: they have the default role.")
        if not roles:
            await desk.take_roles(actor, holder)
            return None
        await desk.give_roles(actor, holder, entry.roles - roles)
        return entry.roles - roles


@asynccontextmanager
async def _opened(workspace: str | None) -> AsyncIterator[tuple[SettingsDesk, Actor]]:
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    async with opened_database(settings.database_url) as database:
        actor = await actor_in(database, workspace, Surface.COMMAND_LINE)
        clock = SystemClock(settings.timezone)
        in_force = InForce(storage=database, clock=clock)
        yield (
            SettingsDesk(storage=database, clock=clock, in_force=in_force, region=settings.region),
            actor,
        )


def _holder(slack_id: str) -> Holder:
    for kind, pattern in _SLACK_ID.items():
        if re.fullmatch(pattern, slack_id):
            return Holder(kind=kind, id=slack_id)
    raise typer.BadParameter(
        "a member's id begins with U or W, a user group's with S, in capital letters and digits",
        param_hint="ID",
    )


def _told(roles: Roles) -> str:
    return ", ".join(role for role in StaffRole if role in roles) or "no access"
