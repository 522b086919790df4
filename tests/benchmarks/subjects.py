"""The processes that are measured: the bot as it is run, and the references."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.callers import Caller, HttpCaller, SocketCaller
from tests.benchmarks.payloads import SECRET
from tests.benchmarks.stand_in import StandIn

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"http://\S+/slack/events")
_KILOBYTES = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A running process and how it is reached."""

    pid: int
    caller: Caller
    seconds_to_ready: float
    core_seconds_to_ready: float

    @property
    def megabytes(self) -> float:
        """What it has in memory, where the system tells."""
        status = Path(f"/proc/{self.pid}/status")
        found = _KILOBYTES.search(status.read_text("ascii")) if status.exists() else None
        return int(found.group(1)) / 1024 if found else float("nan")

    @property
    def core_seconds(self) -> float:
        """How long it has had a core so far, where the system tells."""
        return _core_seconds(self.pid)


def _core_seconds(pid: int) -> float:
    """Return how long all threads of a process together have had a core."""
    threads = Path(f"/proc/{pid}/task")
    if not threads.exists():
        return float("nan")
    spent = (each / "schedstat" for each in threads.iterdir())
    return sum(int(each.read_text("ascii").split()[0]) for each in spent) / 1e9


def own_environment() -> dict[str, str]:
    """Return the environment without settings, in which modules are compiled once, as anywhere else."""
    left_out = ("SLACK_", "KINWARD_", "PYTHONDONTWRITEBYTECODE")
    return {key: value for key, value in os.environ.items() if not key.startswith(left_out)}


@asynccontextmanager
async def bot(slack: StandIn, name: str, transport: str, database_url: str) -> AsyncIterator[Subject]:
    """Run the bot as a practice does."""
    arguments = ("-m", "bot", "run", *(("--http", "--host", "127.0.0.1") if transport == "http" else ()))
    more = {"DATABASE_URL": database_url, "KINWARD_LOG_FORMAT": "json"}
    async with _running(slack, name, arguments, **more) as subject:
        yield subject


@asynccontextmanager
async def reference(
    slack: StandIn, name: str, transport: str, kind: str, *, form: str = ""
) -> AsyncIterator[Subject]:
    """Run a Bolt app that does nothing: `noop` on the bot's own server, `defaults` as Bolt is by itself.

    One of the kind `opening` is like `noop`, and opens a form that is always the same.
    """
    arguments = ("-m", "tests.benchmarks.reference_app", kind, transport, name)
    async with _running(slack, name, arguments, BENCHMARK_FORM=form) as subject:
        yield subject


@asynccontextmanager
async def _running(
    slack: StandIn, name: str, arguments: tuple[str, ...], **more: str
) -> AsyncIterator[Subject]:
    environment = {
        **own_environment(),
        "SLACK_BOT_TOKEN": f"xoxb-{name}",
        "SLACK_APP_TOKEN": f"xapp-{name}",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.origin}/api/",
        "PORT": "0",
        **more,
    }
    if arguments[1] == "tests.benchmarks.reference_app":
        # Bolt takes a token out of the environment as a second one, and warns.
        del environment["SLACK_BOT_TOKEN"]
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        address = await _ready(process)
        seconds, core_seconds = perf_counter() - began, _core_seconds(process.pid)
        caller = HttpCaller(address) if address else SocketCaller(slack.app(name))
        if not address:
            await slack.app(name).connected.wait()
        yield Subject(
            pid=process.pid, caller=caller, seconds_to_ready=seconds, core_seconds_to_ready=core_seconds
        )
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _ready(process: asyncio.subprocess.Process) -> str:
    """Return the address it listens on, or nothing where it is connected to a socket."""
    if process.stdout is None:
        raise RuntimeError("its output was not asked for")
    address = ""
    while line := (await process.stdout.readline()).decode():
        if found := _ADDRESS.search(line):
            address = found.group(0)
        if line.startswith("Connected") or (address and "Listening on" in line):
            return address
    raise RuntimeError(f"{process.pid} has ended before it was ready")
