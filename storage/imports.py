"""Imports of the roster under way, in SQL."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, literal, select, tuple_

from bot.domain.client import ClientStatus
from bot.domain.ids import ClientId
from bot.services.ports.roster import ImportRecord, ImportStep, RejectedRow, RowKind, StagedRow
from storage.clearing import Clearing
from storage.client_rows import STATUS_RANK
from storage.import_met import IS_MET
from storage.key_lists import among, key_list
from storage.tables import clients, import_clients, import_rejects, import_rows, imports
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_OF_IMPORT: BindParameter[str] = bindparam("of_import")
_MOST: BindParameter[int] = bindparam("most")

_RECORDS = select(
    imports.c.id,
    imports.c.runner,
    imports.c.step,
    imports.c.begun_at,
    imports.c.begun_by,
    imports.c.plan,
    imports.c.tally,
    imports.c.kind,
    imports.c.mark,
).where(imports.c.workspace_id == IN_WORKSPACE)
_ALL_RECORDS = _RECORDS.order_by(imports.c.begun_at, imports.c.id)
_ONE_RECORD = _RECORDS.where(imports.c.id == _OF_IMPORT)
_THIS = imports.update().where(imports.c.workspace_id == IN_WORKSPACE, imports.c.id == _OF_IMPORT)
_ADVANCE = _THIS.where(imports.c.runner == bindparam("of_runner"))
_FORGET = imports.delete().where(imports.c.workspace_id == IN_WORKSPACE, imports.c.id == _OF_IMPORT)

_ROWS = select(
    import_rows.c.number,
    import_rows.c.kind,
    import_rows.c.file,
    import_rows.c.line,
    import_rows.c.document,
    import_rows.c.own_key,
    import_rows.c.likeness,
).where(import_rows.c.workspace_id == IN_WORKSPACE, import_rows.c.import_id == _OF_IMPORT)
_NEXT_ROWS = (
    _ROWS.where(import_rows.c.kind == bindparam("of_kind"), import_rows.c.number > bindparam("after"))
    .order_by(import_rows.c.number)
    .limit(_MOST)
)
_NOTHING = literal("", literal_execute=True)
"""Written out, and no parameter: only so does SQLite see that an index of some of the rows will do."""
_ROWS_WITH_OWN_KEY = _ROWS.where(among(import_rows.c.own_key, "keys"), import_rows.c.own_key != _NOTHING)
_ROWS_WITH_LIKENESS = _ROWS.where(among(import_rows.c.likeness, "keys"), import_rows.c.likeness != _NOTHING)

_MET = select(import_clients.c.client_id).where(
    import_clients.c.workspace_id == IN_WORKSPACE,
    import_clients.c.import_id == _OF_IMPORT,
    among(import_clients.c.client_id, "of_clients"),
)
# By the rank, with which indices begin that have all that is asked for.
_ACTIVE = (
    clients.c.workspace_id == IN_WORKSPACE,
    clients.c.status_rank == STATUS_RANK[ClientStatus.ACTIVE],
)
_COUNT_ACTIVE = select(func.count()).select_from(clients).where(*_ACTIVE)
_COUNT_MISSING = _COUNT_ACTIVE.where(~IS_MET)
_MISSING = (
    select(clients.c.id)
    .where(*_ACTIVE, ~IS_MET, clients.c.id > bindparam("after"))
    .order_by(clients.c.id)
    .limit(_MOST)
)

_REJECTS = (
    select(import_rejects.c.number, import_rejects.c.file, import_rejects.c.line, import_rejects.c.document)
    .where(import_rejects.c.workspace_id == IN_WORKSPACE, import_rejects.c.import_id == _OF_IMPORT)
    .order_by(import_rejects.c.file, import_rejects.c.line, import_rejects.c.number)
    .limit(_MOST)
)
_LATER_REJECTS = _REJECTS.where(
    tuple_(import_rejects.c.file, import_rejects.c.line, import_rejects.c.number)
    > tuple_(
        bindparam("after_file", type_=import_rejects.c.file.type),
        bindparam("after_line", type_=import_rejects.c.line.type),
        bindparam("after_number", type_=import_rejects.c.number.type),
    )
)


_CLEARINGS = tuple(
    Clearing(table, table.c.import_id) for table in (import_rows, import_clients, import_rejects)
)

_STAGED = ("import_id", "kind", "number", "file", "line", "document", "own_key", "likeness")


class SqlImports:
    """`bot.services.ports.Imports` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def open_ones(self) -> tuple[ImportRecord, ...]:
        """Return the imports that something is kept of yet, the oldest first."""
        return tuple(map(_record_from, await self._connection.rows(_ALL_RECORDS)))

    async def get(self, import_id: str) -> ImportRecord | None:
        """Return an import, or None."""
        row = await self._connection.row(_ONE_RECORD, of_import=import_id)
        return None if row is None else _record_from(row)

    async def begin(self, record: ImportRecord) -> None:
        """Store a new import."""
        row = {"id": record.id, "begun_at": record.begun_at, "begun_by": record.begun_by}
        await self._connection.insert(imports, {**row, "runner": record.runner, **_progress(record)})

    async def advance(self, record: ImportRecord) -> bool:
        """Store how far an import has come, if it still belongs to this run of the program."""
        met = await self._connection.change(
            _ADVANCE.values(_progress(record)), of_import=record.id, of_runner=record.runner
        )
        return met == 1

    async def take_over(self, import_id: str, runner: str) -> None:
        """Have an import belong to another run of the program from now on."""
        await self._connection.change(_THIS.values(runner=runner), of_import=import_id)

    async def stage(self, import_id: str, rows: Sequence[StagedRow], *, first: int) -> None:
        """Keep rows until they are taken in, numbered from `first` on in their order."""
        values = [
            (
                *(import_id, row.kind.value, number, row.file, row.line),
                *(row.document, row.own_key, row.likeness),
            )
            for number, row in enumerate(rows, start=first)
        ]
        await self._connection.insert_tuples(import_rows, _STAGED, values)

    async def staged(self, import_id: str, kind: RowKind, *, after: int, limit: int) -> tuple[StagedRow, ...]:
        """Return the first rows of a kind behind a number, in their order."""
        rows = await self._connection.rows(
            _NEXT_ROWS, of_import=import_id, of_kind=kind.value, after=after, most=limit
        )
        return tuple(map(_staged_from, rows))

    async def staged_like(
        self, import_id: str, *, own_keys: Collection[str] = (), likenesses: Collection[str] = ()
    ) -> tuple[StagedRow, ...]:
        """Return the rows of clients that have one of these own ids or likenesses, in their order."""
        found: dict[int, StagedRow] = {}
        for statement, keys in ((_ROWS_WITH_OWN_KEY, own_keys), (_ROWS_WITH_LIKENESS, likenesses)):
            if wanted := set(keys) - {""}:
                rows = await self._connection.rows(statement, of_import=import_id, keys=key_list(wanted))
                found |= {row[0]: _staged_from(row) for row in rows}
        return tuple(found[number] for number in sorted(found))

    async def meet(self, import_id: str, client_ids: Collection[ClientId]) -> None:
        """Note that the files name these clients."""
        rows = [(import_id, each) for each in sorted(client_ids)]
        await self._connection.insert_tuples(import_clients, ("import_id", "client_id"), rows)

    async def met(self, import_id: str, client_ids: Collection[ClientId]) -> frozenset[ClientId]:
        """Return those of the clients whom earlier rows were about."""
        if not client_ids:
            return frozenset()
        rows = await self._connection.rows(_MET, of_import=import_id, of_clients=key_list(client_ids))
        return frozenset(ClientId(row[0]) for row in rows)

    async def count_active(self) -> int:
        """Return how many active clients there are."""
        return _only(await self._connection.row(_COUNT_ACTIVE))

    async def count_missing(self, import_id: str) -> int:
        """Return how many of them no row was about."""
        return _only(await self._connection.row(_COUNT_MISSING, of_import=import_id))

    async def missing(self, import_id: str, *, after: ClientId | None, limit: int) -> tuple[ClientId, ...]:
        """Return the next active clients by id whom no row was about."""
        rows = await self._connection.rows(_MISSING, of_import=import_id, after=after or "", most=limit)
        return tuple(ClientId(row[0]) for row in rows)

    async def reject(self, import_id: str, rows: Sequence[RejectedRow]) -> None:
        """Keep what was left out."""
        await self._connection.insert(
            import_rejects,
            *(
                {
                    "import_id": import_id,
                    "file": row.file,
                    "line": row.line,
                    "number": row.number,
                    "document": row.document,
                }
                for row in rows
            ),
        )

    async def rejected(
        self, import_id: str, *, after: tuple[str, int, int] | None, limit: int
    ) -> tuple[RejectedRow, ...]:
        """Return what was left out by file, line and number, behind a place in that order."""
        if after is None:
            rows = await self._connection.rows(_REJECTS, of_import=import_id, most=limit)
        else:
            file, line, number = after
            rows = await self._connection.rows(
                _LATER_REJECTS,
                of_import=import_id,
                most=limit,
                after_file=file,
                after_line=line,
                after_number=number,
            )
        return tuple(
            RejectedRow(number=number, file=file, line=line, document=document)
            for number, file, line, document in rows
        )

    async def clear(self, import_id: str, *, limit: int) -> int:
        """Delete some of what is kept of an import besides its record, and return how much that was."""
        deleted = 0
        for clearing in _CLEARINGS:
            if deleted < limit:
                deleted += await clearing.some(self._connection, import_id, most=limit - deleted)
        return deleted

    async def forget(self, import_id: str) -> None:
        """Delete the record of an import of which nothing else is kept any more."""
        await self._connection.change(_FORGET, of_import=import_id)


def _only(row: Sequence[Any] | None) -> int:
    return int(row[0]) if row else 0


def _progress(record: ImportRecord) -> dict[str, object]:
    return {
        "step": record.step.value,
        "plan": record.plan,
        "tally": record.tally,
        "kind": record.kind.value,
        "mark": record.mark,
    }


def _record_from(values: Sequence[Any]) -> ImportRecord:
    import_id, runner, step, begun_at, begun_by, plan, tally, kind, mark = values
    return ImportRecord(
        id=import_id,
        runner=runner,
        step=ImportStep(step),
        begun_at=begun_at,
        begun_by=begun_by,
        plan=plan,
        tally=tally,
        kind=RowKind(kind),
        mark=mark,
    )


def _staged_from(values: Sequence[Any]) -> StagedRow:
    number, kind, file, line, document, own_key, likeness = values
    return StagedRow(
        number=number,
        kind=RowKind(kind),
        file=file,
        line=line,
        document=document,
        own_key=own_key,
        likeness=likeness,
    )
