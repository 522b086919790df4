"""Running an import from the command line: files in, sentences out, and how to go on after a break."""

import asyncio
import gc
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import typer
from rich.console import Console

from bot.cli.import_files import ImportFiles
from bot.cli.import_progress import shown_progress
from bot.cli.import_rejects import CONTINUE, WrittenRejects, moved
from bot.cli.import_sentences import (
    sentence_of_file,
    sentence_of_review,
    sentence_of_row,
    sentences_of_report,
)
from bot.cli.outcome import CannotGoOn
from bot.cli.serving import quick_loop
from bot.cli.shown_errors import ShownErrors
from bot.cli.workspace import actor_in
from bot.config import PracticeSettings
from bot.domain.staff import Actor, Surface
from bot.log import set_up_logging
from bot.roster_building import build_review, build_roster_import
from bot.services.ports import ImportRecord
from bot.services.roster.applying import TakenOver
from bot.services.roster.importing import NothingToContinue, RosterImport, Unfinished
from bot.services.roster.plan import PLAN, TALLY, ImportPlan
from bot.services.roster.reading import FileNotice, ReadingChoices
from bot.services.roster.report import ImportReport, Tell
from bot.services.roster.review import RosterReview
from bot.without_slack import opened_database
from storage.database import Database

COLLECTED_AFTER = 50_000
"""Objects that are made before Python looks for cycles among them: some 2,000 rows' worth."""
TURN_SECONDS = 0.0002
"""How long a thread has Python to itself while others want it; else it is 0.005. One reads the file, one
decides, one is the database driver's and one moves its journal: all but one would wait most of the time."""
BROKEN_OFF = 130
"""What a shell gives for a program that Ctrl-C ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    names: Sequence[str]
    workspace: str | None
    choices: ReadingChoices
    plan: ImportPlan
    rejects: Path | None
    goes_on: bool
    discards: bool


def run_import(asked: Asked) -> int:
    """Carry out what was asked and return the exit code: 0 for all of it, 1 where rows were left out."""
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    with _few_collections(), _short_turns(), asyncio.Runner(loop_factory=quick_loop) as runner:
        return runner.run(_interruptible(settings, asked))


@contextmanager
def _few_collections() -> Iterator[None]:
    """Have Python look for cycles seldom: rows make none, and looking took an eighth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Have Python hand over between threads soon: an import took a tenth less time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


async def _interruptible(settings: PracticeSettings, asked: Asked) -> int:
    """Break off in order at Ctrl-C and SIGTERM, and say how to go on."""
    async with opened_database(settings.database_url, writes_much=True) as database:
        actor = await actor_in(database, asked.workspace, Surface.IMPORT)
        review = build_review(database, settings)
        command = _Command(build_roster_import(database, settings), review, database, actor, asked)
        task = asyncio.create_task(command.run())
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):
            for which in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(which, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            typer.echo(await command.said_when_broken_off(), err=True)
            return BROKEN_OFF


class _Command:
    def __init__(
        self, engine: RosterImport, review: RosterReview, database: Database, actor: Actor, asked: Asked
    ) -> None:
        self._engine = engine
        self._review = review
        self._database = database
        self._actor = actor
        self._asked = asked
        self._console = Console(stderr=True)

    async def run(self) -> int:
        """Do it."""
        try:
            if self._asked.discards:
                return await self._discard()
            return await (self._continue() if self._asked.goes_on else self._import())
        except Unfinished as other:
            raise CannotGoOn(
                f"{_said_of(other.record)} Go on with it: {CONTINUE}. "
                "Or forget what is not in yet: kinward clients import --discard."
            ) from None
        except TakenOver:
            raise CannotGoOn("Another run of the import has taken over; this one leaves it alone.") from None
        except NothingToContinue:
            raise CannotGoOn("No import is unfinished: start one with its files.") from None

    async def said_when_broken_off(self) -> str:
        """Return what is so after Ctrl-C, and how to go on."""
        record = await self._engine.unfinished(self._actor)
        if record is None:
            return "Stopped. Nothing was changed; start it again as before."
        return f"Stopped. {_said_of(record)} Nothing is lost. Go on with it: {CONTINUE}."

    async def _import(self) -> int:
        asked = self._asked
        with ExitStack() as stack:
            files = ImportFiles(asked.names, stack)
            plan = asked.plan
            if not plan.is_dry_run or asked.rejects is not None:
                plan = replace(plan, rejects=files.rejects(asked.rejects))
            with shown_progress(self._console, lambda: (files.done, files.size)) as tell:
                record = await self._staged(plan, files, tell)
                report = await self._engine.take_in(self._actor, record, tell=tell)
        return await self._end(report, plan.rejects)

    async def _staged(self, plan: ImportPlan, files: ImportFiles, tell: Tell) -> ImportRecord:
        rows = files.rows(self._asked.choices)
        try:
            return await self._engine.stage(self._actor, plan, rows, notify=self._notify, tell=tell)
        except TakenOver:
            raise CannotGoOn(
                "Another import was begun while the files were read, so this one has changed nothing. "
                "Start it again when that one is done."
            ) from None

    async def _continue(self) -> int:
        record = await self._engine.continued(self._actor)
        places = moved(PLAN.validate_json(record.plan).rejects, self._asked.rejects)
        with shown_progress(self._console, lambda: (0, None)) as tell:
            report = await self._engine.take_in(self._actor, record, tell=tell)
        return await self._end(report, places)

    async def _discard(self) -> int:
        record = await self._engine.unfinished(self._actor)
        if record is None:
            raise NothingToContinue
        await self._engine.finish(self._actor, record.id)
        typer.echo(f"{_said_of(record)} What was in stays in; the rest is forgotten.")
        return 0

    async def _end(self, report: ImportReport, places: Mapping[str, str]) -> int:
        written, has_relatives = await self._report_rejects(report, places)
        with shown_progress(self._console, lambda: (0, None)) as tell:
            await self._engine.finish(self._actor, report.id, tell=tell)
        if report.tally.written and not report.plan.is_dry_run:
            await self._database.settle()
        for line in sentences_of_report(report):
            typer.echo(line)
        for path in written:
            typer.echo(f"The rows that were left out are in {path}: correct them there and import that file.")
        if has_relatives:
            typer.echo("Import relatives together with the file of their patients, which says who is meant.")
        if report.tally.relations.total and not report.plan.is_dry_run:
            found = await self._review.sharing(self._actor, limit=1)
            if found.total:
                typer.echo(sentence_of_review(found.total))
        return 1 if report.tally.rejected else 0

    async def _report_rejects(
        self, report: ImportReport, places: Mapping[str, str]
    ) -> tuple[list[Path], bool]:
        """Print errors, write all rows that were left out, and return where, and if some are relatives."""
        with ExitStack() as stack:
            writing = WrittenRejects(report.plan, places, stack)
            shown = ShownErrors()
            page = await self._engine.rejected(self._actor, report.id)
            while page.errors:
                for error in page.errors:
                    writing.add(error)
                    if shown.takes(error):
                        typer.echo(sentence_of_row(error), err=True)
                page = await self._engine.rejected(self._actor, report.id, after=page)
            writing.write_last()
        for line in shown.rest():
            typer.echo(line, err=True)
        return writing.paths, writing.has_relatives

    def _notify(self, notice: FileNotice) -> None:
        self._console.print(
            sentence_of_file(notice.file, notice), highlight=False, soft_wrap=True, markup=False
        )


def _said_of(record: ImportRecord) -> str:
    plan, tally = PLAN.validate_json(record.plan), TALLY.validate_json(record.tally)
    files = ", ".join(shape.file for shape in plan.files)
    return (
        f"The import of {files} that {record.begun_by} began on {record.begun_at:%d %B at %H:%M} UTC "
        f"is not finished: {tally.taken_in:,} of {tally.staged:,} rows are in."
    )
