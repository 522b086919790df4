"""`kinward export`: families as files, for a spreadsheet, another system, or another Kinward."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.adapters.roster.export_files import FILES, AlreadyThere, WrittenAs, written_files
from bot.cli.outcome import CannotGoOn
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.errors import NotFound
from bot.domain.staff import Surface
from bot.log import set_up_logging
from bot.roster_building import build_roster_export
from bot.without_slack import opened_database


@dataclass(slots=True)
class _Counted:
    clients: int = 0
    relations: int = 0


def export(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; made if not there.")],
    written_as: Annotated[
        WrittenAs,
        typer.Option("--as", help="Two lists, FHIR resources one a line, or one FHIR Bundle."),
    ] = WrittenAs.CSV,
    client: Annotated[
        str | None, typer.Option(metavar="OWN_ID", help="Only this client's family, by your own id.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    workspace: Annotated[
        str | None,
        typer.Option(
            help="The id of the Slack workspace, T...; needed where the database has not exactly one."
        ),
    ] = None,
) -> None:
    """Write clients, links and contacts to files that `kinward clients import` reads back.

    The files hold health information and are readable by you alone; the record says who took them out.
    """
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    try:
        counted = asyncio.run(_export(settings, folder, written_as, client, workspace, overwrites=force))
    except AlreadyThere as there:
        raise CannotGoOn(f"{there.path} is there already: name another folder, or add --force.") from None
    except FileExistsError:
        raise CannotGoOn(f"{folder} is a file: name a folder.") from None
    except OSError as error:
        raise CannotGoOn(f"{folder} cannot be written: {error.strerror}.") from None
    files = " and ".join(str(folder / name) for name in FILES[written_as])
    typer.echo(f"{_many(counted.clients, 'client')} and {_many(counted.relations, 'relation')}: {files}")


async def _export(
    settings: PracticeSettings,
    folder: Path,
    written_as: WrittenAs,
    own_id: str | None,
    workspace: str | None,
    *,
    overwrites: bool,
) -> _Counted:
    counted = _Counted()
    async with opened_database(settings.database_url) as database:
        actor = await actor_in(database, workspace, Surface.COMMAND_LINE)
        exporting = build_roster_export(database, settings)
        of = None
        if own_id is not None:
            try:
                of = (await exporting.client(actor, own_id)).id
            except NotFound:
                raise CannotGoOn(f"No client has the id {own_id}.") from None
        with written_files(folder, written_as, overwrites=overwrites) as writer:
            await exporting.record(actor, of=of, written_as=written_as)
            async with aclosing(exporting.families(actor, of=of)) as families:
                async for family in families:
                    writer.write(family)
                    counted.clients += 1
                    counted.relations += sum(member.is_first_half for member in family.members)
    return counted


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
