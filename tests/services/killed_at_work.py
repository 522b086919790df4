"""One submission after the other, each sent again and again to a process that is killed one step later.

    python -m tests.services.killed_at_work DATABASE_URL

A step is a statement that writes, the commit, and the answer. Each process is a child of this one, which
has no thread, and no connection of its own that a child would use. It has done everything once itself, in
workspaces of their own, so that no child has to compile a statement anew. Whatever is not as it should be
ends it with a traceback; at the end it prints how often each act was cut short.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExecutionContext

from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.compiled_once import compile_once
from tests.services.deeds import DEEDS, Scene, furnish
from tests.services.practice import Practice
from tests.services.stored import check_everything, everything
from tests.services.stored_rows import StoredRows

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


async def prepare(url: str, workspace_id: WorkspaceId) -> dict[str, str | int]:
    """Lay out the scene in a workspace of its own."""
    database = Database.open(url)
    try:
        await database.ensure_workspace(workspace_id, "A practice")
        scene = await furnish(Practice(database, workspace_id))
    finally:
        await database.close()
    return asdict(scene)


async def rehearse(url: str) -> None:
    """Do everything once, to the end and where nobody looks."""
    for name, (deed, _) in DEEDS.items():
        workspace_id = WorkspaceId(f"T rehearsed {name}")
        scene = Scene(**await prepare(url, workspace_id))  # type: ignore[arg-type] # as it goes through JSON
        database = Database.open(url)
        try:
            practice = Practice(database, workspace_id)
            for _ in range(_IDS_A_PROCESS):
                practice.new_id()
            for _ in range(2):
                await deed(practice, scene, "the one that is rehearsed")
            families, entries = await everything(practice)
            await check_everything(practice, families, entries)
        finally:
            await database.close()


async def attempt(url: str, name: str, scene: Scene, *, is_stored: bool, number: int) -> bool:
    """Send the submission, and be killed at the step of that number.

    Where an attempt before this one has stored something, all of it has to be there. This one finds so, does
    nothing more, and returns.
    """
    deed, acts = DEEDS[name]
    workspace_id = WorkspaceId(f"T {name}")
    database = Database.open(url)
    try:
        practice = Practice(database, workspace_id)
        for _ in range(number * _IDS_A_PROCESS):
            practice.new_id()
        key = f"the one of {name}"
        if not is_stored:
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


def cut_short(url: str, rows: StoredRows, name: str) -> int:
    """Have one act killed at each of its steps; return how often that was."""
    workspace_id = WorkspaceId(f"T {name}")
    scene = Scene(**in_child(partial(prepare, url, workspace_id)))
    before = stored = rows.fingerprint(workspace_id)
    number = 1
    while not in_child(partial(attempt, url, name, scene, is_stored=stored != before, number=number)):
        stored = rows.fingerprint(workspace_id)
        number += 1
    assert rows.fingerprint(workspace_id) == stored
    return number - 1


if __name__ == "__main__":
    compile_once()
    asyncio.run(rehearse(sys.argv[1]))
    # What is there already is never looked at again by a child, and so stays in memory once.
    gc.freeze()
    with StoredRows(sys.argv[1]) as stored_rows:
        killed = {name: cut_short(sys.argv[1], stored_rows, name) for name in DEEDS}
    sys.stdout.write(json.dumps(killed))
