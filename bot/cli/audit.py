"""`kinward audit`: whether the record can be trusted, taking it out, erasing what it knows of somebody."""

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TextIO, TypeVar

import typer

from bot.adapters.later_entries import SoonWritten
from bot.adapters.system_clock import SystemClock
from bot.adapters.trail_files import TrailFile, TrailFormat
from bot.cli.audit_sentences import (
    AFTER_A_BACKUP,
    JOURNAL_IN_USE,
    LEFT_TO_VACUUM,
    sentence_of_erasure,
    sentence_of_verdict,
)
from bot.cli.outcome import NO_SUCH_CLIENT, CannotGoOn
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.audit import Fault, TrailFilter
from bot.domain.errors import NotFound
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Actor, Surface
from bot.log import set_up_logging
from bot.services.audit import Audit
from bot.services.client_naming import ClientNaming
from bot.services.erasure import Erasure
from bot.services.trail import TrailReader
from bot.without_slack import opened_database
from storage.address import Engine
from storage.database import Database

Result = TypeVar("Result")

STANDARD_OUTPUT = Path("-")
_PRIVATE = stat.S_IRUSR | stat.S_IWUSR

audit = typer.Typer(help="The record of who did what.", no_args_is_help=True)

WorkspaceOption = Annotated[
    str | None,
    typer.Option(help="The id of the Slack workspace, T...; needed where the database has not exactly one."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the commands about the record work with."""

    database: Database
    actor: Actor
    settings: PracticeSettings
    clock: SystemClock

    @property
    def trail(self) -> TrailReader:
        """Who reads the record."""
        recording = Audit(storage=self.database, clock=self.clock, later=SoonWritten(storage=self.database))
        return TrailReader(storage=self.database, clock=self.clock, audit=recording)

    async def client(self, name: str) -> ClientId:
        """Return which client is meant by the practice's own id, or by the id that stands in the record.

        Raises:
            CannotGoOn: there is no such client.
        """
        try:
            return (await ClientNaming(storage=self.database).named(self.actor, name)).id
        except NotFound:
            raise CannotGoOn(NO_SUCH_CLIENT) from None


@asynccontextmanager
async def opened_record(workspace: str | None) -> AsyncIterator[Opened]:
    """Open the database for somebody at the machine."""
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    async with opened_database(settings.database_url) as database:
        yield Opened(
            database=database,
            actor=await actor_in(database, workspace, Surface.COMMAND_LINE),
            settings=settings,
            clock=SystemClock(settings.timezone),
        )


def carried_out(workspace: str | None, work: Callable[[Opened], Coroutine[None, None, Result]]) -> Result:
    """Do some work on the record."""

    async def run() -> Result:
        async with opened_record(workspace) as opened:
            return await work(opened)

    return asyncio.run(run())


async def swept(opened: Opened) -> str:
    """Leave nothing of what was taken out beside the database, and return what there is to say of that."""
    if opened.database.address.engine is Engine.POSTGRESQL:
        return LEFT_TO_VACUUM
    return "" if await opened.database.sweep() else JOURNAL_IN_USE


@audit.command()
def verify(*, workspace: WorkspaceOption = None) -> None:
    """Check every entry against the chain, and the chain against the ends that were kept of it.

    Ends with 0 where all fits, else with 1 and the first entry that does not.
    """

    async def work(opened: Opened) -> int:
        verdict = await opened.trail.verify(opened.actor)
        typer.echo(sentence_of_verdict(verdict), err=verdict.fault is not None)
        if verdict.fault in (Fault.CUT_OFF, Fault.HEAD):
            typer.echo(AFTER_A_BACKUP.format(heads=opened.database.trail.files.heads), err=True)
        return 0 if verdict.fault is None else 1

    raise typer.Exit(carried_out(workspace, work))


@audit.command()
def export(
    *,
    to: Annotated[
        Path, typer.Option("--to", help="The file, which must not be there yet; - is standard output.")
    ] = STANDARD_OUTPUT,
    written_as: Annotated[
        TrailFormat, typer.Option("--format", help="A table, or a JSON object a line.")
    ] = TrailFormat.CSV,
    client: Annotated[
        str | None, typer.Option(help="Only this client's account: your own id, or the one in the record.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Only about this contact person: the id in the record.")
    ] = None,
    staff: Annotated[str | None, typer.Option(help="Only what this person did: their id in Slack.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on, in the practice's zone.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Up to this day, which is included.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Take the record out, or a part of it; that it was taken out is on record first."""

    async def work(opened: Opened) -> int:
        zone = opened.settings.timezone
        asked = TrailFilter(
            client_id=await opened.client(client) if client else None,
            person_id=PersonId(person) if person else None,
            staff_id=StaffId(staff) if staff else None,
            since=since.replace(tzinfo=zone) if since else None,
            until=(until + timedelta(days=1)).replace(tzinfo=zone) if until else None,
        )
        with _opened(to) as file:
            written = TrailFile(file, written_as)
            return await opened.trail.export(
                opened.actor, asked, written_as=written_as.value, take=written.write
            )

    count = carried_out(workspace, work)
    typer.echo(f"{count} {'entry' if count == 1 else 'entries'} written.", err=True)


@audit.command()
def erase(
    *,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    client: Annotated[
        str | None,
        typer.Option(help="What is known of this client: your own id, or the one in the record."),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="What is known of this contact person: the id in the record.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Erase what the record says of before and after about somebody. It cannot be undone."""

    async def work(opened: Opened) -> str:
        erasure = Erasure(storage=opened.database, clock=opened.clock)
        if client is not None and person is None:
            erased = await erasure.of_client(opened.actor, await opened.client(client), reason=reason)
        elif person is not None and client is None:
            try:
                erased = await erasure.of_person(opened.actor, PersonId(person), reason=reason)
            except NotFound:
                raise CannotGoOn("There is no such contact person: their id stands in the record.") from None
        else:
            raise CannotGoOn("Say of whom: either --client or --person.")
        return f"{sentence_of_erasure(erased)} {await swept(opened)}".strip()

    typer.echo(carried_out(workspace, work))


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a new file of the owner's alone, or standard output."""
    if path == STANDARD_OUTPUT:
        yield sys.stdout
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    except OSError as error:
        raise CannotGoOn(f"{path} cannot be made: {error.strerror}.") from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
        yield opened
