"""Staging: rows are read, checked and kept in short batches, before anything of the roster is touched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from bot.services.ports import RejectedRow, RowKind, StagedRow, UnitOfWork
from bot.services.roster.documents import client_row_from, document_of, kind_of
from bot.services.roster.plan import ImportPlan, Tally
from bot.services.roster.reading import BadRow, FileNotice, FileShape, Read
from bot.services.roster.rows import ClientRow, RelationRow, Row, RowError
from bot.services.roster.taking import Practice, Taking

Takings = Mapping[RowKind, Taking]
Item = StagedRow | tuple[RowError, ...] | FileShape | FileNotice
"""What a file comes to: rows to keep, why a row is left out, and what is to be known of the file."""


class Staged:
    """What one batch of a file came to: rows to keep, and rows left out."""

    def __init__(self) -> None:
        self.rows: list[StagedRow] = []
        self.errors: list[tuple[RowError, ...]] = []
        self.shapes: list[FileShape] = []
        self.notices: list[FileNotice] = []


def checked(read: Iterable[Read], takings: Takings, practice: Practice) -> Iterator[Item]:
    """Yield rows as they are to be kept, without their number, and why others are left out.

    What is wrong with one row comes together, whether its reader found it or the check.
    """
    for each in read:
        if isinstance(each, RowError):
            yield (each,)
        elif isinstance(each, BadRow):
            found = _check(each.row, takings, practice) if each.row else ()
            yield (*each.errors, *found) if isinstance(found, tuple) else each.errors
        elif isinstance(each, ClientRow | RelationRow):
            found = _check(each, takings, practice)
            yield found if isinstance(found, tuple) else _staged(found, takings)
        else:
            yield each


def _check(row: Row, takings: Takings, practice: Practice) -> Row | tuple[RowError, ...]:
    return takings[kind_of(row)].check(row, practice)


def _staged(row: Row, takings: Takings) -> StagedRow:
    kind = kind_of(row)
    own_key, likeness = takings[kind].keys(row)
    return StagedRow(
        number=0,
        kind=kind,
        file=row.place.file,
        line=row.place.line,
        document=document_of(row),
        own_key=own_key,
        likeness=likeness,
    )


def batch_of(items: Iterator[Item], size: int) -> Staged | None:
    """Return the next rows of a file, or None behind its end."""
    staged, any_left = Staged(), False
    for each in islice(items, size):
        any_left = True
        if isinstance(each, StagedRow):
            staged.rows.append(each)
        elif isinstance(each, FileShape):
            staged.shapes.append(each)
        elif isinstance(each, FileNotice):
            staged.notices.append(each)
        else:
            staged.errors.append(each)
    return staged if any_left else None


class Keeping:
    """Stores what the files of one import come to."""

    def __init__(self, import_id: str) -> None:
        self._import_id = import_id
        self._all_have_ids = True

    async def keep(self, unit: UnitOfWork, batch: Staged, plan: ImportPlan, tally: Tally) -> Tally:
        """Store a batch and return the tally with it; rows that are there already are left out."""
        rows, repeated = await self._told_apart(unit, batch.rows)
        await unit.imports.stage(self._import_id, rows, first=tally.staged + 1)
        tally = replace(tally, staged=tally.staged + len(rows))
        return await leave_out(unit, self._import_id, [*batch.errors, *repeated], plan, tally)

    async def _told_apart(
        self, unit: UnitOfWork, rows: Sequence[StagedRow]
    ) -> tuple[list[StagedRow], list[tuple[RowError, ...]]]:
        """Return the rows whose client no earlier row states, and why the others are left out."""
        self._all_have_ids &= all(row.own_key for row in rows)
        # In most lists everybody has an own id: then nobody is looked for by name, birth date and e-mail.
        likenesses = () if self._all_have_ids else [row.likeness for row in rows]
        own_keys = [row.own_key for row in rows]
        earlier = _Earlier(
            await unit.imports.staged_like(self._import_id, own_keys=own_keys, likenesses=likenesses)
        )
        kept: list[StagedRow] = []
        repeated: list[tuple[RowError, ...]] = []
        for row in rows:
            first = earlier.like(row)
            if first is None:
                kept.append(row)
                earlier.add(row)
            else:
                repeated.append((_repeated(row, first),))
        return kept, repeated


async def leave_out(
    unit: UnitOfWork, import_id: str, rows: Sequence[tuple[RowError, ...]], plan: ImportPlan, tally: Tally
) -> Tally:
    """Store why some rows are left out, under the columns of their files, and return the tally with them."""
    kept: list[RejectedRow] = []
    for error in (error for errors in rows for error in errors):
        told = _in_words_of_the_file(error, plan)
        kept.append(
            RejectedRow(
                number=tally.rejects + len(kept) + 1,
                file=error.place.file,
                line=error.place.line,
                document=document_of(told),
            )
        )
    await unit.imports.reject(import_id, kept)
    return replace(tally, rejected=tally.rejected + len(rows), rejects=tally.rejects + len(kept))


def _in_words_of_the_file(error: RowError, plan: ImportPlan) -> RowError:
    column = plan.header(error.place.file, error.column)
    if column is None:
        return replace(error, column="", lacking=error.column)
    return replace(error, column=column, value=error.value or error.original.get(column, ""))


class _Earlier:
    """The earlier rows that later ones might repeat.

    Two rows are about one client if they have the same own id, or, where one of them has none, the same name,
    birth date and e-mail.
    """

    def __init__(self, rows: Iterable[StagedRow]) -> None:
        self._by_own_key: dict[str, StagedRow] = {}
        self._by_likeness: dict[str, StagedRow] = {}
        self._without_own_key: dict[str, StagedRow] = {}
        for row in rows:
            self.add(row)

    def add(self, row: StagedRow) -> None:
        if row.own_key:
            self._by_own_key.setdefault(row.own_key, row)
        elif row.likeness:
            self._without_own_key.setdefault(row.likeness, row)
        if row.likeness:
            self._by_likeness.setdefault(row.likeness, row)

    def like(self, row: StagedRow) -> StagedRow | None:
        if row.own_key:
            return self._by_own_key.get(row.own_key) or self._without_own_key.get(row.likeness)
        return self._by_likeness.get(row.likeness)


def _repeated(row: StagedRow, first: StagedRow) -> RowError:
    """Return why a row is left out that states the client of an earlier one."""
    stated = client_row_from(row.document)
    same_id = bool(row.own_key) and row.own_key == first.own_key
    return RowError(
        place=stated.place,
        column="own_id",
        value=stated.details.own_id,
        key="own_id.repeated" if same_id else "row.repeated",
        values={"line": first.line, "file": first.file},
        original=stated.original,
    )
