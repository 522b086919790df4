"""`kinward clients import`: taking the practice's list of clients in."""

import asyncio
import getpass
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from bot.adapters.client_csv import HEADERS, read_clients
from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.bootstrap import opened_database
from bot.cli.import_sentences import sentence_of_file, sentence_of_row
from bot.cli.outcome import CannotGoOn
from bot.config import PracticeSettings
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.log import set_up_logging
from bot.services.client_import import ClientImport, ImportResult, UnreadableFile
from storage.database import Database

STANDARD_INPUT = Path("-")
COMMAND_LINE = StaffId("command-line")
"""Who acts, where nobody of Slack's does; the name of the machine's user stands beside it in the history."""

clients = typer.Typer(help="The practice's list of clients.", no_args_is_help=True)


@clients.callback()
def clients_commands() -> None:
    """Keep `import` a word of its own, also while it is the only one."""


@clients.command("import", epilog=f"Headers: {', '.join(HEADERS)}")
def import_clients(
    file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8, or - for standard input.")],
    workspace: Annotated[
        str | None,
        typer.Option(
            help="The id of the Slack workspace, T...; needed where the database has not exactly one."
        ),
    ] = None,
) -> None:
    """Import clients from a CSV file; known ones are told by the practice's own id.

    Rows that cannot be imported are named with their line, and the others are imported all the same.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    with _opened(file) as rows:
        result = asyncio.run(_import(settings, rows, workspace))
    for error in result.errors:
        typer.echo(sentence_of_row(error), err=True)
    typer.echo(
        f"{result.added} added, {result.changed} changed, {result.unchanged} as they were; "
        f"{len({error.line for error in result.errors})} rows left out."
    )
    if result.errors:
        raise typer.Exit(1)


async def _import(settings: PracticeSettings, rows: BinaryIO, workspace: str | None) -> ImportResult:
    async with opened_database(settings.database_url) as database:
        actor = Actor(
            workspace_id=await _workspace(database, workspace),
            staff_id=COMMAND_LINE,
            name=_user(),
            surface=Surface.IMPORT,
            rights=EVERY_RIGHT,
        )
        importing = ClientImport(
            storage=database,
            clock=SystemClock(settings.timezone),
            new_id=new_ulid,
            region=settings.region,
        )
        try:
            return await importing.run(actor, read_clients(rows))
        except UnreadableFile as error:
            raise CannotGoOn(sentence_of_file(error)) from None


async def _workspace(database: Database, asked: str | None) -> WorkspaceId:
    """Return the workspace meant: the one that was named, or the only one there is.

    Raises:
        CannotGoOn: it is not clear which, or the one named is not the database's.
    """
    known = await database.workspaces()
    listed = ", ".join(f"{workspace_id} ({name})" for workspace_id, name in known)
    if asked is None and len(known) == 1:
        return known[0][0]
    if asked is None:
        raise CannotGoOn(
            f"Name one of these workspaces with --workspace: {listed}."
            if known
            else "Say with --workspace for which Slack workspace this is: "
            "its id begins with T and stands in the address of Slack in a browser."
        )
    if not re.fullmatch(r"T[A-Z0-9]+", asked):
        raise CannotGoOn("The id of a Slack workspace is a T followed by capital letters and digits.")
    named = WorkspaceId(asked)
    if not known:
        # A practice may begin with its list, before the bot has ever run.
        await database.ensure_workspace(named, asked)
    elif named not in dict(known):
        raise CannotGoOn(f"The database belongs to another workspace: {listed}.")
    return named


def _user() -> str:
    """Return the name of the machine's user, who stands for the change in the history."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    if file == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise CannotGoOn(f"{file} cannot be read: {error.strerror}.") from None
    with opened:
        yield opened
