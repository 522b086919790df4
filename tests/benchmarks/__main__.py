"""The one command: `python -m tests.benchmarks`; some four minutes, and it leaves nothing behind."""

import argparse
import asyncio
import gc
import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

from rich.console import Console

from bot.cli.serving import quick_loop
from storage.database import Database
from tests.benchmarks import family_cards, interactions, trail
from tests.benchmarks.acts import Acts
from tests.benchmarks.among_many import ENGINES, run_among
from tests.benchmarks.busy_writer import busy_writing
from tests.benchmarks.captured import captured
from tests.benchmarks.figures import Finding, compared
from tests.benchmarks.interactions import Place
from tests.benchmarks.practice import fill
from tests.benchmarks.sending import sending
from tests.benchmarks.stand_in import standing_in
from tests.benchmarks.starting import starting
from tests.benchmarks.table import print_table
from tests.databases import copied_sqlite_url, migrated_sqlite_file, running_postgres

CLIENTS = 2_000
ROUNDS = 3
TRANSPORTS = {"socket": "Socket Mode", "http": "Signed HTTP"}
PEOPLE = {1: "one person", 64: "64 people at once"}


class Benchmarks:
    """The parts of a run, each printed when it is there."""

    def __init__(self, console: Console, directory: Path) -> None:
        self._console = console
        self._directory = directory
        self._empty = migrated_sqlite_file(directory)
        self._filled = directory / "filled.sqlite3"

    async def run(self) -> None:
        """Run all of it."""
        shutil.copyfile(self._empty, self._filled)
        await self._families()
        await self._mails()
        async with standing_in() as slack:
            payloads = await captured(copied_sqlite_url(self._empty, self._directory), origin=slack.origin)
            self._print("Starting", await starting(slack, url=f"sqlite:///{self._filled}"))
            for transport, spoken in TRANSPORTS.items():
                path = shutil.copyfile(self._filled, self._directory / f"{transport}.sqlite3")
                acts = Acts(payloads, clients=CLIENTS)
                async with AsyncExitStack() as stack:
                    place = await interactions.place(stack, slack, acts, transport, url=f"sqlite:///{path}")
                    await self._interactions(place, spoken)
                    if transport == "socket":
                        async with busy_writing(f"sqlite:///{path}"):
                            await self._beside_a_writer(place, spoken)

    async def _families(self) -> None:
        database = Database.open(f"sqlite:///{self._filled}")
        await fill(database, clients=CLIENTS)
        findings = await family_cards.on_sqlite(database)
        await database.close()
        # Of its own: what is chained to a key is opened nowhere else without it.
        database = Database.open(copied_sqlite_url(self._filled, self._directory))
        recorded = await trail.looks(database)
        await database.close()
        with running_postgres() as server:
            async with server.migrated_url() as url:
                database = Database.open(url)
                await fill(database, clients=0)
                findings += await family_cards.on_postgresql(database, url)
                await database.close()
        self._print("A family, read from the database", findings)
        self._print("The record of a look", recorded)

    async def _mails(self) -> None:
        database = Database.open(copied_sqlite_url(self._empty, self._directory))
        findings = await sending(database, on="SQLite")
        await database.close()
        with running_postgres() as server:
            async with server.migrated_url() as url:
                database = Database.open(url)
                findings += await sending(database, on="PostgreSQL")
                await database.close()
        self._print("Mails, from the outbox to a mail server", findings)

    async def _interactions(self, place: Place, transport: str) -> None:
        bot, noop = place.bot.megabytes, place.noop.megabytes
        memory = [compared("in memory when ready", [bot], [noop], unit="MB", against="no-op")]
        for people, spoken in PEOPLE.items():
            findings = [
                *await interactions.told(place, people=people, rounds=ROUNDS),
                *await interactions.forms(place, people=people, rounds=ROUNDS),
                *await interactions.acks(place, people=people, rounds=ROUNDS),
                *await interactions.suggestions(place, people=people, rounds=ROUNDS),
                *await interactions.cards(place, people=people, rounds=ROUNDS),
                *await interactions.submissions(place, people=people, rounds=ROUNDS),
            ]
            self._print(f"{transport}, {spoken}", findings)
        after = [place.bot.megabytes], [place.noop.megabytes]
        memory.append(compared("in memory after all this", *after, unit="MB", against="no-op"))
        self._print(f"{transport}, memory", memory)

    async def _beside_a_writer(self, place: Place, transport: str) -> None:
        for people, spoken in PEOPLE.items():
            findings = [
                *await interactions.forms(place, people=people, rounds=ROUNDS),
                *await interactions.submissions(place, people=people, rounds=ROUNDS),
            ]
            self._print(f"{transport}, {spoken}, while another process writes", findings)

    def _print(self, title: str, findings: list[Finding]) -> None:
        print_table(self._console, title, findings)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("part", nargs="?", choices=["finding"], help="only the search, among many clients")
    parser.add_argument("--clients", type=int, default=100_000, help="how many, with finding")
    parser.add_argument(
        "--on", choices=ENGINES, action="append", help="the database, with finding; else both"
    )
    return parser.parse_args()


def main() -> None:
    """Run the benchmarks in a directory of their own."""
    console = Console()
    # As the bot does when it has started: else a look for garbage stops what is measured now and then.
    gc.freeze()
    began = perf_counter()
    asked = _asked()
    if asked.part == "finding":
        run_among(asked.clients, asked.on, console)
        console.print(f"{perf_counter() - began:.0f} seconds")
        return
    with (
        tempfile.TemporaryDirectory(prefix="kinward-benchmarks-") as directory,
        asyncio.Runner(loop_factory=quick_loop) as runner,
    ):
        runner.run(Benchmarks(console, Path(directory)).run())
    console.print(f"{perf_counter() - began:.0f} seconds")


if __name__ == "__main__":
    main()
