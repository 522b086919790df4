"""Finding a client among many through the whole bot: each kind of what people type, on its own."""

import gc
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from random import Random
from time import process_time

from bot.adapters.ulids import new_ulid
from bot.domain.client import ClientDetails
from bot.domain.settings import ChosenSettings, Plan
from bot.domain.sought import Sought
from bot.playground.practice.crowd import FIRST_BATCH, crowd, let_in
from storage.database import Database
from tests.benchmarks import subjects
from tests.benchmarks.captured import Captured
from tests.benchmarks.figures import Finding, Round, Target, compared, compared_rounds, of_a_core, p50, p99
from tests.benchmarks.measuring import Case, Make, Measured, measured
from tests.benchmarks.practice import client_id
from tests.benchmarks.stand_in import StandIn
from tests.benchmarks.subjects import Subject
from tests.databases import WORKSPACE, WORKSPACE_NAME

PREFIXES_P99 = Target(most=3)
FLAT = Target(most=2)
FEW = 1_000
_SEARCHES = 100
_ROUNDS = 3
_REQUESTS = 150
_SEED = 20_260_314


def _last(details: ClientDetails) -> str:
    return details.last_name.lower()


def _first(details: ClientDetails) -> str:
    return details.first_name.lower()


def _mistyped(details: ClientDetails) -> str:
    """Return the last name with two letters swapped."""
    name = _last(details)
    return name[0] + name[2:3] + name[1:2] + name[3:]


KINDS: Mapping[str, Callable[[ClientDetails], str]] = {
    "1 letter": lambda details: _last(details)[:1],
    "2 letters": lambda details: _first(details)[:2],
    "3 letters": lambda details: _last(details)[:3],
    "6 letters": lambda details: _last(details)[:6],
    '"first la"': lambda details: f"{_first(details)} {_last(details)[:2]}",
    '"last, fi"': lambda details: f"{_last(details)}, {_first(details)[:2]}",
    '"la fi"': lambda details: f"{_last(details)[:2]} {_first(details)[:2]}",
    "e-mail": lambda details: (details.email or "")[:12],
    "phone": lambda details: details.phones[0].number,
    "own id": lambda details: details.own_id.lower(),
    "birth date": lambda details: str(details.birth_date),
    "a typing error": _mistyped,
    "two words, an error": lambda details: f"{_first(details)} {_mistyped(details)}",
}
_PREFIXES = ("1 letter", "2 letters", "3 letters", "6 letters")


async def finding(
    bot: Subject, noop: Subject, slack: StandIn, payloads: Captured, *, clients: int
) -> list[Finding]:
    """Measure every kind among so many clients against an answer that is always the same."""
    details = [client.details for client in crowd(min(clients, FIRST_BATCH), new_ulid)]
    Random(_SEED).shuffle(details)  # noqa: S311 - made-up people
    found = []

    async def rounds_of(typed: Callable[[ClientDetails], str]) -> tuple[Measured, ...]:
        make = _typing(payloads, cycle(map(typed, details)))
        mine = Case(subject=bot, make=make, requests=_REQUESTS, answers="option")
        theirs = Case(subject=noop, make=make, requests=_REQUESTS, answers="option")
        return await measured(slack, mine, theirs, people=1, rounds=_ROUNDS)

    # While it answers these, the bot has its statements planned, as it does at its start.
    await rounds_of(_last)
    for kind, typed in KINDS.items():
        mine, theirs = await rounds_of(typed)
        target = PREFIXES_P99 if kind in _PREFIXES else None
        found.append(compared_rounds(f"{kind}, p50", p50, mine.acks, theirs.acks))
        found.append(compared_rounds(f"{kind}, p99", p99, mine.acks, theirs.acks, target=target))
        found.append(compared_rounds(f"{kind}, of a core", of_a_core, mine.acks, theirs.acks))
    return found


async def searches_of_a_core(url: str, few_url: str, *, clients: int) -> list[Finding]:
    """Measure what the storage layer takes of a core, on SQLite: that is the same however busy the machine.

    Compared is a database with a thousand of the clients.
    """
    many, few = await _core_milliseconds(url, clients), await _core_milliseconds(few_url, FEW)
    found = []
    for kind in KINDS:
        for by, what in ((p50, "p50"), (p99, "p99")):
            target = FLAT if kind in _PREFIXES and by is p99 else None
            mine, theirs = [by(many[kind])], [by(few[kind])]
            found.append(
                compared(
                    f"{kind}, {what}", mine, theirs, unit="ms", against=f"{FEW:,} clients", target=target
                )
            )
    return found


async def _core_milliseconds(url: str, clients: int) -> Mapping[str, Round]:
    details = [client.details for client in crowd(min(clients, FIRST_BATCH), new_ulid)]
    Random(_SEED).shuffle(details)  # noqa: S311 - made-up people
    database = Database.open(url)
    rounds = {}
    for kind, typed in KINDS.items():
        texts = list(map(typed, details[:_SEARCHES]))
        for text in texts:
            # The first of each shape makes the statement.
            await _searched(database, text)
        # As the bot does when it is ready: else Python looks through all of that for what could go.
        gc.collect()
        gc.freeze()
        took = tuple([await _searched(database, text) for text in texts])
        rounds[kind] = Round(milliseconds=took, seconds=sum(took) / 1000)
    await database.close()
    return rounds


async def _searched(database: Database, text: str) -> float:
    began = process_time()
    sought = Sought.read(text)
    await database.finding.search(WORKSPACE, sought, limit=20, with_numbers=sought.has_number)
    return (process_time() - began) * 1000


def _typing(payloads: Captured, texts: Iterator[str]) -> Make:
    return lambda user: payloads.suggestion.made(next(texts), client_id(0), user=user)


async def filled(url: str, *, clients: int) -> None:
    """Let a crowd into an empty database."""
    database = Database.open(url)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    await let_in(database, WORKSPACE, clients, new_ulid)
    async with database.writing(WORKSPACE) as unit:
        # Without an answer to the first question there would be initials instead of names.
        await unit.settings.choose(ChosenSettings(plan=Plan.CONFIRMED, version=1), expected_version=0)
    await database.close()


async def memory(slack: StandIn, empty_url: str, bot: Subject) -> Finding:
    """Compare what the bot has in memory after all that with one on an empty database."""
    async with subjects.bot(slack, "botempty", "socket", empty_url) as empty:
        return compared("in memory", [bot.megabytes], [empty.megabytes], unit="MB", against="empty bot")
