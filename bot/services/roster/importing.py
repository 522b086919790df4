"""Importing files of the roster: staged, foreseen or applied, continued after an interruption."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.domain.errors import KinwardError
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import Right
from bot.services.errand import Desk
from bot.services.ports import Clock, ImportRecord, ImportStep, NewId, RowKind, Storage
from bot.services.rights import needs
from bot.services.roster.applying import Applying, advance
from bot.services.roster.archiving import end
from bot.services.roster.documents import row_error_from
from bot.services.roster.pace import Pace
from bot.services.roster.plan import PLAN, TALLY, ImportPlan, Tally
from bot.services.roster.reading import FileNotice, Read
from bot.services.roster.reading_ahead import ReadingAhead
from bot.services.roster.report import ImportReport, Progress, RejectsPage, Tell, nobody_told
from bot.services.roster.settling import Settle, Settling, settle_nothing
from bot.services.roster.staging import Item, Keeping, Staged, Takings, batch_of, checked
from bot.services.roster.taking import Practice

REJECTS_ON_PAGE = 500
_UNFINISHED = (ImportStep.APPLYING, ImportStep.ARCHIVING)


class Unfinished(KinwardError):  # noqa: N818 - named for what is so
    """Another import has begun to change the roster and has not ended: it comes first."""

    key = "import.unfinished"

    def __init__(self, record: ImportRecord) -> None:
        super().__init__("an import is unfinished")
        self.record = record


class NothingToContinue(KinwardError):  # noqa: N818 - named for what is so
    """No import has begun to change the roster without having ended."""

    key = "import.nothing_to_continue"


class RosterImport(Desk):
    """Imports rows into a workspace, one import at a time.

    Args:
        storage: the database.
        clock: the practice's.
        new_id: for imports and clients.
        region: the practice's, for numbers without a country code.
        takings: how each kind of row is taken in.
        pace: how much at once.
        settle: has the database count what it holds; see `settling`.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        new_id: NewId,
        takings: Takings,
        region: str = "US",
        pace: Pace | None = None,
        settle: Settle | None = None,
    ) -> None:
        super().__init__(storage=storage, clock=clock, new_id=new_id, region=region)
        self._takings = takings
        self._pace = pace or Pace()
        self._settle = settle or settle_nothing

    @needs(Right.CHANGE_CLIENTS)
    async def unfinished(self, actor: Actor) -> ImportRecord | None:
        """Return the import that has begun to change the roster and has not ended, or None."""
        async with self._storage.reading(actor.workspace_id) as unit:
            found = [record for record in await unit.imports.open_ones() if record.step in _UNFINISHED]
        return found[0] if found else None

    @needs(Right.CHANGE_CLIENTS)
    async def stage(
        self,
        actor: Actor,
        plan: ImportPlan,
        files: Sequence[Iterable[Read]],
        *,
        notify: Callable[[FileNotice], None] = lambda _: None,
        tell: Tell = nobody_told,
    ) -> ImportRecord:
        """Read and check files, and keep their rows; nothing of the roster is touched.

        Args:
            actor: who imports.
            plan: what is to be done; what the files are like is added to it.
            files: the rows of each file as they are read.
            notify: is given what is to be said about a file.
            tell: is told how far it has come.

        Raises:
            Unfinished: another import comes first.
            UnreadableFile: a file is no list as a whole.
            TakenOver: another import was begun meanwhile.
        """
        actor = _importer(actor)
        await self._sweep(actor)
        applying = self._applying(actor)
        record = ImportRecord(
            id=self._new_id(),
            runner=self._new_id(),
            step=ImportStep.READING,
            begun_at=self._clock.now(),
            begun_by=actor.name,
            plan=PLAN.dump_json(plan).decode(),
            tally=TALLY.dump_json(Tally()).decode(),
        )
        async with applying.writing() as errand:
            await errand.unit.imports.begin(record)
        return await self._read(applying, record, plan, files, notify, tell)

    async def _read(
        self,
        applying: Applying,
        record: ImportRecord,
        plan: ImportPlan,
        files: Sequence[Iterable[Read]],
        notify: Callable[[FileNotice], None],
        tell: Tell,
    ) -> ImportRecord:
        tally = Tally()
        keeping, settling = Keeping(record.id), Settling(self._settle)
        practice = Practice(today=self._clock.today(), region=self._region)
        for file in files:
            items = checked(file, self._takings, practice)
            async with ReadingAhead(items, self._next_of) as ahead:
                while batch := await ahead.next():
                    for shape in batch.shapes:
                        plan = plan.with_file(shape)
                    for notice in batch.notices:
                        notify(notice)
                    async with applying.writing() as errand:
                        # Asked first, for another import may have forgotten this one with all its rows.
                        await advance(errand, record)
                        tally = await keeping.keep(errand.unit, batch, plan, tally)
                        record = replace(
                            record, plan=PLAN.dump_json(plan).decode(), tally=TALLY.dump_json(tally).decode()
                        )
                        await advance(errand, record)
                    await settling.at(tally.staged)
                    tell(Progress(step=ImportStep.READING, done=tally.staged + tally.rejected, of=None))
        return record

    def _next_of(self, items: Iterator[Item]) -> Staged | None:
        return batch_of(items, self._pace.rows)

    @needs(Right.CHANGE_CLIENTS)
    async def take_in(self, actor: Actor, record: ImportRecord, *, tell: Tell = nobody_told) -> ImportReport:
        """Take staged rows in, or in a dry run find out what would become of them; continue where it ended.

        Raises:
            Unfinished: another import has begun to change the roster meanwhile.
            TakenOver: another run of the program goes on with this import.
            StorageUnavailable: what was taken in before is in; `continued` goes on from there.
        """
        plan = PLAN.validate_json(record.plan)
        async with self._applying(_importer(actor)) as applying:
            if record.step is ImportStep.READING:
                record = await self._started(applying, record, plan)
            if record.step is not ImportStep.ARCHIVING:
                record = await self._take_rows(applying, record, tell)
            if not plan.is_dry_run:
                while await applying.conclude(record):
                    pass
            return await end(applying, record, plan, tell)

    async def _started(self, applying: Applying, record: ImportRecord, plan: ImportPlan) -> ImportRecord:
        """Begin to take rows in: from now on this import comes before any other."""
        step = ImportStep.FORESEEING if plan.is_dry_run else ImportStep.APPLYING
        async with applying.looking() as errand:
            active = await errand.unit.imports.count_active()
        async with applying.writing() as errand:
            for other in await errand.unit.imports.open_ones():
                if other.id != record.id and other.step in _UNFINISHED:
                    raise Unfinished(other)
            tally = replace(TALLY.validate_json(record.tally), active_before=active)
            record = replace(record, step=step, tally=TALLY.dump_json(tally).decode())
            await advance(errand, record)
        return record

    async def _take_rows(self, applying: Applying, record: ImportRecord, tell: Tell) -> ImportRecord:
        staged = TALLY.validate_json(record.tally).staged
        settling = Settling(self._settle)
        self._pace.begin_anew()
        while True:
            after = await applying.next_batch(record)
            if after is None:
                later = _kinds_behind(record.kind, self._takings)
                if not later:
                    return record
                record = replace(record, kind=later[0], mark=0)
                self._pace.begin_anew()
                continue
            record, tally = after, TALLY.validate_json(after.tally)
            await settling.at(tally.taken_in, written=tally.written)
            tell(Progress(step=record.step, done=min(tally.taken_in, staged), of=staged))

    @needs(Right.CHANGE_CLIENTS)
    async def continued(self, actor: Actor) -> ImportRecord:
        """Return the unfinished import, which from now on belongs to this run of the program.

        Raises:
            NothingToContinue: there is none.
        """
        record = await self.unfinished(actor)
        if record is None:
            raise NothingToContinue
        record = replace(record, runner=self._new_id())
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.imports.take_over(record.id, record.runner)
            return await unit.imports.get(record.id) or record

    @needs(Right.CHANGE_CLIENTS)
    async def rejected(
        self, actor: Actor, import_id: str, *, after: RejectsPage | None = None
    ) -> RejectsPage:
        """Return the next of what was left out, by file and line; the last page is empty."""
        behind = after.last if after else None
        async with self._storage.reading(actor.workspace_id) as unit:
            rows = await unit.imports.rejected(import_id, after=behind, limit=REJECTS_ON_PAGE)
        last = (rows[-1].file, rows[-1].line, rows[-1].number) if rows else behind
        return RejectsPage(errors=tuple(row_error_from(row.document) for row in rows), last=last)

    @needs(Right.CHANGE_CLIENTS)
    async def finish(self, actor: Actor, import_id: str, *, tell: Tell = nobody_told) -> None:
        """Forget the rows of an import that has ended, or is not wanted any more; what is in stays in."""
        applying = self._applying(actor)
        async with applying.writing() as errand:
            record = await errand.unit.imports.get(import_id)
            if record is None:
                return
            # Whatever run of the program had it finds out at its next batch.
            record = replace(record, runner=self._new_id(), step=ImportStep.DONE)
            await errand.unit.imports.take_over(import_id, record.runner)
            await advance(errand, record)
        await self._clear(applying, import_id, tell)

    async def _sweep(self, actor: Actor) -> None:
        """Clear what imports left that changed nothing or have ended; refuse to go past one in the middle."""
        async with self._storage.reading(actor.workspace_id) as unit:
            records = await unit.imports.open_ones()
        for record in records:
            if record.step in _UNFINISHED:
                raise Unfinished(record)
        for record in records:
            await self.finish(actor, record.id)

    async def _clear(self, applying: Applying, import_id: str, tell: Tell = nobody_told) -> None:
        cleared, done = 1, 0
        while cleared:
            async with applying.writing() as errand:
                most = self._pace.rows
                cleared = await errand.unit.imports.clear(import_id, limit=most)
                cleared += await errand.unit.import_memory.forget(import_id, limit=most)
                if not cleared:
                    await errand.unit.imports.forget(import_id)
            done += cleared
            tell(Progress(step=ImportStep.DONE, done=done, of=None))

    def _applying(self, actor: Actor) -> Applying:
        return Applying(
            storage=self._storage,
            clock=self._clock,
            new_id=self._new_id,
            region=self._region,
            takings=self._takings,
            pace=self._pace,
            actor=actor,
        )


def _importer(actor: Actor) -> Actor:
    return replace(actor, surface=Surface.IMPORT)


def _kinds_behind(kind: RowKind, takings: Takings) -> list[RowKind]:
    kinds = list(RowKind)
    return [each for each in kinds[kinds.index(kind) + 1 :] if each in takings]
