"""Running `kinward` as a process of its own."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINWARD = (str(Path(sys.executable).with_name("kinward")),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a process left behind."""

    code: int
    out: str
    err: str


class Commands:
    """Starts the command, and ends at last whatever has not ended by itself."""

    def __init__(self) -> None:
        self._started: list[asyncio.subprocess.Process] = []

    async def start(
        self,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        program: Sequence[str] = KINWARD,
        stdin: int = asyncio.subprocess.DEVNULL,
    ) -> asyncio.subprocess.Process:
        """Start the command with these settings in its environment and none of this machine's own."""
        process = await asyncio.create_subprocess_exec(
            *program,
            *arguments,
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "200", **(settings or {})},
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
        program: Sequence[str] = KINWARD,
    ) -> Finished:
        """Start the command and wait until it is over."""
        return await finished(await self.start(*arguments, settings=settings, program=program))

    async def end(self) -> None:
        """End what is still running: a test that failed may have left it."""
        for process in self._started:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def finished(process: asyncio.subprocess.Process) -> Finished:
    """Wait until it is over."""
    out, err = await process.communicate()
    assert process.returncode is not None
    return Finished(code=process.returncode, out=out.decode(), err=err.decode())


async def says(process: asyncio.subprocess.Process, words: str) -> str:
    """Read what the process prints until it says this; return the line."""
    assert process.stdout is not None
    read = []
    while line := (await process.stdout.readline()).decode():
        read.append(line)
        if words in line:
            return line
    err = (await process.stderr.read()).decode() if process.stderr else ""
    raise AssertionError(f"it never said {words!r} but: {''.join(read)}\n{err}")
