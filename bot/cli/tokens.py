"""`kinward tokens`: who may hand notices in over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.cli.outcome import CannotGoOn
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.api_token import ApiToken
from bot.domain.errors import NotFound
from bot.domain.ids import TokenId
from bot.domain.staff import Actor, Surface
from bot.log import set_up_logging
from bot.services.api_tokens import ApiTokens
from bot.without_slack import opened_database

tokens = typer.Typer(
    help="Tokens with which systems of the practice hand in notices over HTTP.", no_args_is_help=True
)

Workspace = Annotated[
    str | None,
    typer.Option(help="The id of the Slack workspace, T...; needed where the database has not exactly one."),
]


@asynccontextmanager
async def _keeping(workspace: str | None) -> AsyncIterator[tuple[ApiTokens, Actor]]:
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    async with opened_database(settings.database_url) as database:
        actor = await actor_in(database, workspace, Surface.COMMAND_LINE)
        clock = SystemClock(settings.timezone)
        yield ApiTokens(storage=database, clock=clock, new_id=new_ulid), actor


@tokens.command("create")
def create(
    name: Annotated[str, typer.Argument(help='What it is for: "EHR, front office".')],
    workspace: Workspace = None,
) -> None:
    """Make a token and show it, this once. A bot that is running takes it within seconds."""

    async def made() -> str:
        async with _keeping(workspace) as (keeping, actor):
            return (await keeping.create(actor, name)).text.shown

    shown = asyncio.run(made())
    typer.echo("Copy it now: only a hash is kept, and it is never shown again.", err=True)
    typer.echo(shown)


@tokens.command("list")
def show(workspace: Workspace = None) -> None:
    """Say which tokens there are, and how often and when each was used."""

    async def kept() -> tuple[ApiToken, ...]:
        async with _keeping(workspace) as (keeping, actor):
            return await keeping.every(actor)

    found = asyncio.run(kept())
    if not found:
        typer.echo('There is no token, so the HTTP interface is off. Make one: kinward tokens create "EHR"')
        return
    table = Table("Id", "What for", "Made", "Uses", "Last used", "Revoked", box=None, pad_edge=False)
    for token in found:
        revoked = f"{token.revoked_at:%Y-%m-%d %H:%M} by {token.revoked_by_name}" if token.revoked_at else ""
        last = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never"
        made = f"{token.created_at:%Y-%m-%d} by {token.created_by_name}"
        table.add_row(token.id, token.name, made, str(token.uses), last, revoked)
    Console().print(table)
    typer.echo("Times are in UTC.")


@tokens.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `kinward tokens list` shows it.")],
    workspace: Workspace = None,
) -> None:
    """Have a token open nothing any more, from the next request on."""

    async def revoked() -> ApiToken:
        async with _keeping(workspace) as (keeping, actor):
            return await keeping.revoke(actor, TokenId(token_id))

    try:
        token = asyncio.run(revoked())
    except NotFound:
        raise CannotGoOn("There is no such token: see kinward tokens list.") from None
    typer.echo(f"Revoked: {token.name}. It opens nothing any more.")
