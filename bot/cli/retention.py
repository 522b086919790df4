"""`kinward retention run`: dropping what is older than it has to be kept."""

from typing import Annotated

import typer

from bot.cli.audit import Opened, WorkspaceOption, carried_out
from bot.cli.audit_sentences import sentence_of_prefix, sentence_of_run, sentence_of_verdict
from bot.cli.outcome import CannotGoOn
from bot.domain.audit import TrailBroken
from bot.services.retention import YEARS_KEPT, Retention

retention = typer.Typer(help="How long the record is kept.", no_args_is_help=True)


@retention.callback()
def retention_commands() -> None:
    """Keep `run` a word of its own, also while it is the only one."""


@retention.command()
def run(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be dropped, and drop nothing.")
    ] = False,
    years: Annotated[int, typer.Option(min=1, max=100, help="How long entries are kept.")] = YEARS_KEPT,
    workspace: WorkspaceOption = None,
) -> None:
    """Drop the entries of the record that are older than they are kept, after checking each of them.

    They go from the oldest on without a gap. A sealed anchor stands in their place, so that the rest can
    still be checked.
    """

    async def work(opened: Opened) -> str:
        keeping = Retention(storage=opened.database, clock=opened.clock)
        try:
            if dry_run:
                return sentence_of_prefix(await keeping.due(opened.actor, years=years), years=years)
            return sentence_of_run(await keeping.run(opened.actor, years=years), years=years)
        except TrailBroken as broken:
            told = sentence_of_verdict(broken.verdict)
            raise CannotGoOn(f"{told} Nothing is dropped from there on.") from None

    typer.echo(carried_out(workspace, work))
