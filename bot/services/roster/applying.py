"""Taking staged rows in: short batches, each with the mark to go on from in the same transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

from bot.domain.errors import KinwardError, StorageUnavailable
from bot.domain.staff import Actor
from bot.services.errand import Desk, Errand
from bot.services.ports import Clock, ImportRecord, NewId, StagedRow, Storage
from bot.services.roster.documents import row_from
from bot.services.roster.looking_ahead import Foreseen, LookingAhead
from bot.services.roster.pace import Pace
from bot.services.roster.plan import PLAN, TALLY, Tally
from bot.services.roster.row_errors import errors_of
from bot.services.roster.staging import Takings, leave_out
from bot.services.roster.taking import Decided, Decision, Numbered, Rejection, Run


class TakenOver(KinwardError):  # noqa: N818 - named for what happened
    """Another run of the program goes on with this import, or has thrown it away."""

    key = "import.taken_over"


async def advance(errand: Errand, record: ImportRecord) -> None:
    """Store how far an import has come.

    Raises:
        TakenOver: it belongs to another run of the program.
    """
    if not await errand.unit.imports.advance(record):
        raise TakenOver


class Applying(Desk):
    """Takes the rows of one import in, or in a dry run finds out what would become of them.

    Args:
        storage: the database.
        clock: for the history.
        new_id: for new clients.
        region: the practice's, for numbers.
        takings: how each kind of row is taken in.
        pace: how much at once.
        actor: who imports.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        new_id: NewId,
        region: str,
        takings: Takings,
        pace: Pace,
        actor: Actor,
    ) -> None:
        super().__init__(storage=storage, clock=clock, new_id=new_id, region=region)
        self._takings = takings
        self.pace = pace
        self._actor = actor
        self._ahead = LookingAhead(self._foresee)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave nothing under way."""
        await self._ahead.stop()

    async def next_batch(self, record: ImportRecord) -> ImportRecord | None:
        """Take the next rows of the record's kind in and return the record as it stands, or None without any.

        Raises:
            TakenOver: the import belongs to another run of the program.
        """
        foreseen = await self._ahead.next(record)
        if not foreseen.rows:
            return None
        run = _run_of(record)
        await self.pace.breathe()
        if self.pace.takes_no_breath and foreseen.decided:
            # Elsewhere it is done in the breath, when nobody waits for a lock.
            self._ahead.begin(replace(record, mark=foreseen.rows[-1].number), foreseen.decided)
        try:
            return await self._carry_out(record, run, foreseen.rows, foreseen.decided)
        except (TakenOver, StorageUnavailable):
            raise
        except KinwardError:
            # Somebody changed one of them since it was decided on, or a row is refused: each by itself.
            await self._ahead.stop()
            for row in foreseen.rows:
                record = await self._one(record, run, row)
            return record

    async def _foresee(self, record: ImportRecord) -> Foreseen:
        """Return the rows behind a mark, and what is to become of them where that can be said ahead."""
        taking = self._takings[record.kind]
        async with self.looking() as errand:
            staged = await errand.unit.imports.staged(
                record.id, record.kind, after=record.mark, limit=self.pace.rows
            )
            rows = await asyncio.to_thread(_read, staged)
            if not rows or not taking.decides_ahead:
                return Foreseen(rows=rows)
            return Foreseen(rows=rows, decided=await taking.decide(errand, _run_of(record), rows))

    async def conclude(self, record: ImportRecord) -> bool:
        """Do a portion of what comes after the last row of each kind; say whether there is more."""
        run = Run(id=record.id)
        for taking in self._takings.values():
            async with self.writing() as errand:
                if await taking.conclude(errand, run):
                    return True
        return False

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Errand]:
        """Open a writing unit at the pace of the import."""
        await self.pace.breathe()
        async with self._errand(self._actor) as errand:
            with self.pace.holding():
                yield errand

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Errand]:
        """Open a unit that only reads."""
        async with self._storage.reading(self._actor.workspace_id) as unit:
            yield self._errand_in(unit, self._actor)

    async def _one(self, record: ImportRecord, run: Run, row: Numbered) -> ImportRecord:
        try:
            return await self._carry_out(record, run, [row], None)
        except (TakenOver, StorageUnavailable):
            raise
        except KinwardError as refused:
            rejection = Rejection(number=row.number, errors=errors_of(row.row, refused))
            return await self._carry_out(record, run, [row], Decided(decisions=(rejection,)))

    async def _carry_out(
        self, record: ImportRecord, run: Run, rows: Sequence[Numbered], decided: Decided | None
    ) -> ImportRecord:
        taking = self._takings[record.kind]
        async with self.writing() as errand:
            # Asked first, for whoever took over may have forgotten all its rows.
            await advance(errand, record)
            if decided is None:
                decided = await taking.decide(errand, run, rows)
            await taking.carry_out(errand, run, decided)
            tally = await self._tally(errand, record, decided.decisions)
            after = replace(record, mark=rows[-1].number, tally=TALLY.dump_json(tally).decode())
            await advance(errand, after)
        return after

    async def _tally(
        self, errand: Errand, record: ImportRecord, decisions: Sequence[Decision | Rejection]
    ) -> Tally:
        tally = TALLY.validate_json(record.tally)
        rejected = [each.errors for each in decisions if isinstance(each, Rejection)]
        tally = await leave_out(errand.unit, record.id, rejected, PLAN.validate_json(record.plan), tally)
        return tally.plus(record.kind, [each.outcome for each in decisions if isinstance(each, Decision)])


def _read(staged: Sequence[StagedRow]) -> tuple[Numbered, ...]:
    """Return the rows that were staged; done in a thread, for those before are on their way meanwhile."""
    return tuple(Numbered(number=row.number, row=row_from(row.kind, row.document)) for row in staged)


def _run_of(record: ImportRecord) -> Run:
    return Run(id=record.id, is_dry_run=PLAN.validate_json(record.plan).is_dry_run)
