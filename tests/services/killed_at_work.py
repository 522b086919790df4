"""One submission after the other, each sent again and again to a process that is killed one step later.

    python -m tests.services.killed_at_work DATABASE_URL

A step is a statement that writes, the commit, and the answer. Each process is a child of this one, which
has no thread and no connection of its own to hand on. Whatever is not as it should be ends it with a
traceback; at the end it prints how often each act was cut short.
"""

import asyncio
import gc
import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import ExecutionContext

from bot.domain.ids import WorkspaceId
from storage.address import DatabaseAddress
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from storage.tables import metadata
from storage.workspace_scope import WORKSPACE_COLUMN
from tests.services.deeds import DEEDS, Scene, furnish
from tests.services.practice import Practice
from tests.services.stored import check_everything, everything

_IDS_A_PROCESS = 50
"""Ids are counted, and each process begins where no other one has been."""


class Deadline:
    """Kills this process at a certain step."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def listen(self) -> None:
        """Count the steps from now on."""
        event.listen(Engine, "after_cursor_execute", self._after_statement)
        event.listen(Engine, "commit", self._before_commit)

    def step(self) -> None:
        """Count one step; at the last there is no time to tidy up."""
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def _after_statement(
        self,
        _connection: Connection,
        _cursor: object,
        _sql: str,
        _values: object,
        context: ExecutionContext,
        *_: object,
    ) -> None:
        if context.isinsert or context.isupdate or context.isdelete:  # type: ignore[attr-defined] # the default context has them
            self.step()

    def _before_commit(self, _connection: Connection) -> None:
        self.step()


async def rows_of(url: str, workspace_id: WorkspaceId) -> str:
    """Return a fingerprint of every row that is stored of a workspace."""
    engine = open_engine(DatabaseAddress.parse(url), PATIENCE)
    found = []
    try:
        async with engine.connect() as connection:
            for name, table in sorted(metadata.tables.items()):
                if WORKSPACE_COLUMN not in table.c:
                    continue
                rows = await connection.execute(
                    text(f"SELECT * FROM {name} WHERE {WORKSPACE_COLUMN} = :workspace"),  # noqa: S608 - the names are our own
                    {"workspace": workspace_id},
                )
                found.append((name, sorted(map(repr, rows.fetchall()))))
    finally:
        await engine.dispose()
    return hashlib.sha256(repr(found).encode()).hexdigest()


async def prepare(url: str, workspace_id: WorkspaceId) -> tuple[dict[str, str | int], str]:
    """Lay out the scene in a workspace of its own; return it with the fingerprint of its rows."""
    database = Database.open(url)
    try:
        await database.ensure_workspace(workspace_id, "A practice")
        scene = await furnish(Practice(database, workspace_id))
    finally:
        await database.close()
    return asdict(scene), await rows_of(url, workspace_id)


async def attempt(url: str, name: str, scene: Scene, *, before: str, number: int) -> bool:
    """Send the submission, and be killed at the step of that number; nothing may be stored until then.

    Where an attempt before this one has saved it, all of it has to be there. This one finds so, does nothing
    more, and returns.
    """
    deed, acts = DEEDS[name]
    workspace_id = WorkspaceId(f"T {name}")
    stored = await rows_of(url, workspace_id)
    database = Database.open(url)
    try:
        practice = Practice(database, workspace_id)
        for _ in range(number * _IDS_A_PROCESS):
            practice.new_id()
        key = f"the one of {name}"
        if stored == before:
            deadline = Deadline(number)
            deadline.listen()
            await deed(practice, scene, key)
            deadline.step()
            raise AssertionError(f"there is no step {number}, and yet nothing was saved before")
        families, entries = await everything(practice)
        await check_everything(practice, families, entries)
        assert tuple(entry.act for entry in entries if entry.number > scene.removal) == acts
        outcome = await deed(practice, scene, key)
        assert (outcome.repeated, outcome.changed) == (True, False)
    finally:
        await database.close()
    assert await rows_of(url, workspace_id) == stored
    return True


def in_child(work: Callable[[], Coroutine[Any, Any, object]]) -> Any:  # noqa: ANN401 - any JSON
    """Do work in a child; return what it returned, or None where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(reading)
            os.write(writing, json.dumps(asyncio.run(work())).encode())
            code = 0
        except BaseException:  # noqa: BLE001 - a child that went on would be a second parent
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == -signal.SIGKILL:
        return None
    if code:
        raise SystemExit(1)
    return json.loads(said)


def cut_short(url: str, name: str) -> int:
    """Have one act killed at each of its steps; return how often that was."""
    laid_out, before = in_child(partial(prepare, url, WorkspaceId(f"T {name}")))
    scene = Scene(**laid_out)
    number = 1
    while not in_child(partial(attempt, url, name, scene, before=before, number=number)):
        number += 1
    return number - 1


if __name__ == "__main__":
    # What is there already is never looked at again by a child, and so stays in memory once.
    gc.freeze()
    sys.stdout.write(json.dumps({name: cut_short(sys.argv[1], name) for name in DEEDS}))
