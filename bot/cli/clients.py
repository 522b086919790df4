"""`kinward clients import`: taking the practice's list of clients in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.adapters.roster.headers import Holds
from bot.cli.uncollected import uncollected
from bot.services.roster.reading import DateOrder, ReadingChoices

WorkspaceOption = Annotated[
    str | None,
    typer.Option(help="The id of the Slack workspace, T...; needed where the database has not exactly one."),
]

clients = typer.Typer(help="The practice's list of clients.", no_args_is_help=True)


@clients.command("import", epilog=f"A column holds one of: {', '.join(Holds)}.")
def import_clients(  # noqa: PLR0913 - each is an option of the command
    *,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="The files; - is standard input.")
    ] = None,
    workspace: WorkspaceOption = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT=HEADER", help='What a column holds: --column first_name="Vorname".'),
    ] = None,
    dates: Annotated[
        DateOrder | None, typer.Option(help="The order of day, month and year in dates such as 03/04/1984.")
    ] = None,
    identifier_system: Annotated[
        str,
        typer.Option(
            metavar="URI",
            help="In FHIR: whose identifiers are your own ids; medical record numbers unless given.",
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Where the rows go that are left out: a file or a folder; else next to each FILE."),
    ] = None,
    archive_missing: Annotated[
        bool, typer.Option("--archive-missing", help="Archive the active clients who are not in the files.")
    ] = False,
    archive_many: Annotated[
        bool, typer.Option("--archive-many", help="Archive them even if they are more than one in ten.")
    ] = False,
    goes_on: Annotated[
        bool | None,
        typer.Option(
            "--continue/--discard",
            help="Go on with an import that was broken off, or forget what of it is not in yet.",
        ),
    ] = None,
) -> None:
    """Import clients, links and contacts, from CSV or from FHIR R4 as NDJSON or a Bundle.

    Known clients are told by your own id, or by name, birth date and e-mail. What staff changed of a link or
    contact since stays as they left it.

    Rows that cannot come in are named with their line and written to a file, where they can be corrected and
    imported again. Importing the same again changes nothing.
    """
    if bool(files) == (goes_on is not None):
        raise typer.BadParameter("name the files, or --continue, or --discard")
    with uncollected():
        from bot.cli.importing import Asked, run_import  # noqa: PLC0415 - help need not wait for the database
        from bot.services.roster.plan import ImportPlan  # noqa: PLC0415 - the same

    asked = Asked(
        names=files or (),
        workspace=workspace,
        choices=ReadingChoices(
            columns=_columns(column or ()),
            dates=dates,
            identifier_system=identifier_system.strip(),
            today=datetime.now(UTC).date(),
        ),
        plan=ImportPlan(
            is_dry_run=dry_run,
            archives_missing=archive_missing or archive_many,
            archives_many=archive_many,
        ),
        rejects=rejects,
        goes_on=goes_on is True,
        discards=goes_on is False,
    )
    code = run_import(asked)
    if code:
        raise typer.Exit(code)


@clients.command("review")
def review(*, workspace: WorkspaceOption = None) -> None:
    """List whose e-mails are shared although nobody is on record as having agreed.

    They are shared all the same: say in Slack who agreed, or switch it off.
    """
    with uncollected():
        from bot.cli.review import lines_of_review  # noqa: PLC0415 - as above

    for line in lines_of_review(workspace):
        typer.echo(line)


@clients.command("reindex")
def reindex(*, workspace: WorkspaceOption = None) -> None:
    """Rebuild what clients are found by. Every save keeps it right; this mends it where it is broken.

    Staff can go on working meanwhile. Broken off, it is simply started again.
    """
    with uncollected():
        from bot.cli.reindexing import reindexed  # noqa: PLC0415 - as above

    typer.echo(f"{reindexed(workspace):,} clients are found by what they are now.")


def _columns(said: list[str] | tuple[()]) -> dict[str, str]:
    """Return what columns hold, by header."""
    found = {}
    for each in said:
        what, equals, header = each.partition("=")
        if not (what.strip() and equals and header.strip()):
            raise typer.BadParameter(f"write WHAT=HEADER, not {each}", param_hint="--column")
        found[header.strip()] = what.strip()
    return found
