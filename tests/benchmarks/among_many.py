"""`python -m tests.benchmarks finding --clients 1000000`: the search and the import, on both databases."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console

from bot.cli.serving import quick_loop
from tests.benchmarks import finding, subjects, taking_in
from tests.benchmarks.busy_writer import busy_writing
from tests.benchmarks.captured import Captured, captured
from tests.benchmarks.stand_in import StandIn, standing_in
from tests.benchmarks.table import print_table
from tests.databases import copied_sqlite_url, migrated_sqlite_file, running_postgres

IMPORT_AT_ONCE = 250
ENGINES = ("sqlite", "postgresql")


def run_among(clients: int, engines: Sequence[str] | None, console: Console) -> None:
    """Measure among so many clients on some databases, or both, in a directory of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="kinward-benchmarks-") as directory,
        asyncio.Runner(loop_factory=quick_loop) as runner,
    ):
        runner.run(_run(clients, engines or ENGINES, console, Path(directory)))


async def _run(clients: int, engines: Sequence[str], console: Console, directory: Path) -> None:
    empty = migrated_sqlite_file(directory)
    places = [directory / name for name in ("captured", "filled", "empty", "few")]
    for place in places:
        place.mkdir()
    of_traffic, filled, blank, few = (copied_sqlite_url(empty, place) for place in places)
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(standing_in())
        payloads = await captured(of_traffic, origin=slack.origin)
        server = stack.enter_context(running_postgres())
        urls = {"sqlite": filled, "postgresql": await stack.enter_async_context(server.migrated_url())}
        for engine in engines:
            url = urls[engine]
            await finding.filled(url, clients=clients)
            await _measure(slack, payloads, (engine, url, blank), clients, console)
        if "sqlite" in engines:
            await finding.filled(few, clients=finding.FEW)
            found = await finding.searches_of_a_core(filled, few, clients=clients)
            print_table(console, f"{clients:,} clients, sqlite, of a core", found)
        (taking := directory / "taking-in").mkdir()
        print_table(console, taking_in.TITLE, await taking_in.on_both(taking, server))


async def _measure(
    slack: StandIn, payloads: Captured, place: tuple[str, str, str], clients: int, console: Console
) -> None:
    engine, url, blank = place
    title = f"{clients:,} clients, {engine}"
    async with (
        subjects.bot(slack, f"bot{engine}", "socket", url) as bot,
        subjects.reference(slack, f"noop{engine}", "socket", "noop") as noop,
    ):
        found = await finding.finding(bot, noop, slack, payloads, clients=clients)
        print_table(console, title, found)
        print_table(console, f"{title}, memory", [await finding.memory(slack, blank, bot)])
        async with busy_writing(url, at_once=IMPORT_AT_ONCE):
            found = await finding.finding(bot, noop, slack, payloads, clients=clients)
        print_table(console, f"{title}, beside an import", found)
