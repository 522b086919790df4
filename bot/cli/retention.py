"""`kinward retention run`: dropping what is older than it has to be kept."""

from typing import Annotated

import typer

from bot.cli.audit import Opened, WorkspaceOption, carried_out, swept
from bot.cli.audit_sentences import REASON_NEEDED, sentence_of_prefix, sentence_of_run, sentence_of_verdict
from bot.cli.outcome import CannotGoOn
from bot.domain.audit import TrailBroken
from bot.domain.errors import InvalidInput
from bot.services.retention import Retention
from bot.services.settings_checks import MOST_RECORD_YEARS

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
    years: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_RECORD_YEARS,
            help="How long entries are kept, instead of what the settings say.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(help="Why, where that is less than the settings say; it goes on record.")
    ] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Drop the entries of the record that are older than they are kept, after checking each of them.

    They go from the oldest on without a gap. A sealed anchor stands in their place, so that the rest can
    still be checked. How long they are kept stands in the settings: six years unless those say more.
    """

    async def work(opened: Opened) -> str:
        keeping = Retention(storage=opened.database, clock=opened.clock)
        try:
            if dry_run:
                due = await keeping.due(opened.actor, years=years)
                return sentence_of_prefix(due.prefix, years=due.years)
            dropped = await keeping.run(opened.actor, years=years, reason=reason)
            told = sentence_of_run(dropped.entries, years=dropped.years)
            return f"{told} {await swept(opened)}".strip() if dropped.entries else told
        except InvalidInput:
            raise CannotGoOn(REASON_NEEDED) from None
        except TrailBroken as broken:
            told = sentence_of_verdict(broken.verdict)
            raise CannotGoOn(f"{told} Nothing is dropped from there on.") from None

    typer.echo(carried_out(workspace, work))
