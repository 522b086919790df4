"""From the start of the process until it is connected, against the import of its libraries alone."""

import asyncio
import sys
from time import perf_counter

from tests.benchmarks import subjects
from tests.benchmarks.figures import Finding, Target, compared
from tests.benchmarks.stand_in import StandIn

START_TO_READY = Target(most=1.15)
LIBRARIES = (
    "aiohttp",
    "aiosqlite",
    "asyncpg",
    "email_validator",
    "phonenumbers",
    "platformdirs",
    "pydantic_settings",
    "rich.console",
    "slack_bolt.adapter.socket_mode.aiohttp",
    "slack_bolt.async_app",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
    "structlog",
    "typer",
    "ulid",
    "uvicorn",
    "uvloop",
)
"""What `kinward run` imports at the top of its modules."""

_ROUNDS = 3


async def starting(slack: StandIn, *, url: str) -> list[Finding]:
    """Start the bot on a database that is there already, several times."""
    ready, bare = [], []
    for turn in range(_ROUNDS + 1):
        imported = await _bare_import()
        async with subjects.bot(slack, f"start{turn}", "socket", url) as bot:
            if turn:
                bare.append(imported)
                ready.append((bot.seconds_to_ready, bot.core_seconds_to_ready))
    return [
        compared(
            what,
            [each[place] for each in ready],
            [each[place] for each in bare],
            unit="s",
            against="its libraries' import",
            target=START_TO_READY,
        )
        for place, what in enumerate(("from start to ready", "the same, of a core"))
    ]


async def _bare_import() -> tuple[float, float]:
    """Return how long it takes, by the clock and of a core."""
    script = f"import {', '.join(LIBRARIES)}, time; print(time.process_time(), flush=True)"
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, env=subjects.own_environment(), stdout=asyncio.subprocess.PIPE
    )
    if process.stdout is None:
        raise RuntimeError("its output was not asked for")
    line = await process.stdout.readline()
    took = perf_counter() - began
    if await process.wait() or not line:
        raise RuntimeError("a library cannot be imported")
    return took, float(line)
