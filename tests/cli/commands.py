"""Running `kinward` as a process of its own."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT, Nursery, Process

KINWARD = (str(Path(sys.executable).with_name("kinward")),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a process left behind."""

    code: int
    out: str
    err: str


class Commands:
    """Starts the command, and ends at last whatever has not ended by itself."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._started: list[Process] = []

    async def start(
        self,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        program: Sequence[str] | None = None,
        stdin: int = asyncio.subprocess.DEVNULL,
    ) -> Process:
        """Start the command with these settings in its environment and none of this machine's own.

        It is forked from a process that has read it already, unless it is said which program to start.
        """
        environment = {**os.environ, "COLUMNS": "200", **(settings or {})}
        if program is None:
            process: Process = await self._nursery.start(
                "bot", *arguments, environment=environment, stdin=stdin
            )
        else:
            process = await asyncio.create_subprocess_exec(
                *program,
                *arguments,
                cwd=ROOT,
                env=environment,
                stdin=stdin,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        self._started.append(process)
        return process

    async def run(
        self,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        program: Sequence[str] | None = None,
    ) -> Finished:
        """Start the command and wait until it is over."""
        return await finished(await self.start(*arguments, settings=settings, program=program))

    async def end(self) -> None:
        """End what is still running: a test that failed may have left it."""
        for process in self._started:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def finished(process: Process) -> Finished:
    """Wait until it is over."""
    out, err = await process.communicate()
    assert process.returncode is not None
    return Finished(code=process.returncode, out=out.decode(), err=err.decode())


async def says(process: Process, words: str) -> str:
    """Read what the process prints until it says this; return the line."""
    assert process.stdout is not None
    read = []
    while line := (await process.stdout.readline()).decode():
        read.append(line)
        if words in line:
            return line
    err = (await process.stderr.read()).decode() if process.stderr else ""
    raise AssertionError(f"it never said {words!r} but: {''.join(read)}\n{err}")
