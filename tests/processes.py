"""Processes of a test: forked from one that has read the program already, or started from nothing."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self, TypeAlias

from tests.nursery import STREAMS

ROOT = Path(__file__).parents[1]


class Line:
    """One of the lines to a process, which closes when the other end does."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def over(cls, stream: socket.socket) -> Self:
        """Take a connected socket."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        transport, protocol = await loop.create_connection(lambda: _UntilTheEnd(reader), sock=stream)
        return cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    async def ended(self) -> None:
        """Wait until the other end has closed it."""
        with suppress(ConnectionError):
            await self.writer.wait_closed()


class _UntilTheEnd(asyncio.StreamReaderProtocol):
    def eof_received(self) -> bool:
        super().eof_received()
        return False


class Forked:
    """A process out of the nursery, as far as a test has to do with one like asyncio's own."""

    def __init__(self, lines: Sequence[Line], *, pid: int) -> None:
        self._lines = lines
        self._told, typed, out, err = lines
        self.pid = pid
        self.stdin = typed.writer
        self.stdout = out.reader
        self.stderr = err.reader
        self.returncode: int | None = None

    async def wait(self) -> int:
        """Wait until it is over; return its exit code, or the negative number of the signal that ended it."""
        if self.returncode is None:
            self.returncode = int(await self._told.reader.readline())
            self.stdin.close()
            for line in self._lines:
                await line.ended()
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait until it is over; return what it wrote."""
        self.stdin.close()
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, err

    def send_signal(self, which: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, which)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


Process: TypeAlias = asyncio.subprocess.Process | Forked


class Nursery:
    """Where processes are forked that have read the program already."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def run(
        self, module: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Run a module as by `python -m`; return its exit code and what it wrote."""
        process = await self.start(module, *arguments, environment=environment)
        out, err = await process.communicate()
        return await process.wait(), out.decode(), err.decode()

    async def start(
        self,
        module: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        stdin: int = asyncio.subprocess.DEVNULL,
    ) -> Forked:
        """Start a module as by `python -m`; its output comes by pipes.

        Args:
            module: its name.
            arguments: what follows it.
            environment: all of it; this process's own unless given.
            stdin: asyncio's DEVNULL or PIPE.
        """
        asked = {
            "module": module,
            "arguments": arguments,
            "environment": dict(os.environ if environment is None else environment),
        }
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self._path))
        ours, theirs = zip(*(socket.socketpair() for _ in range(STREAMS)), strict=True)
        with ExitStack() as handed_over:
            streams = [handed_over.enter_context(each).fileno() for each in theirs]
            socket.send_fds(connection, [b"\0"], streams)
            connection.sendall(json.dumps(asked).encode() + b"\n")
        lines = [await Line.over(each) for each in (connection, *ours)]
        process = Forked(lines, pid=int(await lines[0].reader.readline()))
        if stdin == asyncio.subprocess.DEVNULL:
            process.stdin.close()
        return process


@contextmanager
def running_nursery() -> Iterator[Nursery]:
    """Start a nursery, and end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="kinward-") as folder:
        path = Path(folder) / "nursery"
        command = (sys.executable, "-m", "tests.nursery", str(path))
        with subprocess.Popen(  # noqa: S603 - our own interpreter
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield Nursery(path)
            # At the end of its standard input, which is closed here, it ends.
