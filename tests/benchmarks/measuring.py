"""Rounds: so many people, each with one request at a time, at one subject after the other."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from tests.benchmarks.callers import Send
from tests.benchmarks.figures import Round
from tests.benchmarks.payloads import Request
from tests.benchmarks.stand_in import Shown, StandIn
from tests.benchmarks.subjects import Subject

Make = Callable[[str], Request]
"""Makes the next request of a person."""

MOST_PEOPLE = 64
_BETWEEN_SECONDS = 0.005
"""How long one person alone waits before the next act: what still has to be done after the last one, such as
reading Slack's answer, is over by then, at the bot as at the references."""

_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked of a subject."""

    subject: Subject
    make: Make
    requests: int
    """How many in a round."""
    answers: str = ""
    """What its ack says, so that nothing is measured but the real thing."""
    shows: Shown | None = None
    """What follows the ack, which the person waits for before going on."""
    waits: bool = True
    """Whether they do wait for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The rounds of one case."""

    acks: list[Round] = field(default_factory=list)
    shown: list[Round] = field(default_factory=list)
    """Until what follows has arrived."""


async def measured(slack: StandIn, *cases: Case, people: int, rounds: int) -> tuple[Measured, ...]:
    """Measure the cases in turn in every round, so that all meet the same machine.

    One round before those that count warms up everything, and has everybody known to the subject.
    """
    found = tuple(Measured() for _ in cases)
    for case in cases:
        await _round(slack, case, people=MOST_PEOPLE, requests=MOST_PEOPLE)
    for _ in range(rounds):
        for case, kept in zip(cases, found, strict=True):
            acks, shown = await _round(slack, case, people=people, requests=case.requests)
            kept.acks.append(acks)
            if shown is not None:
                kept.shown.append(shown)
    return found


async def _round(slack: StandIn, case: Case, *, people: int, requests: int) -> tuple[Round, Round | None]:
    ready = list(_prepared(slack, case, people=people, requests=requests))
    answers: list[tuple[float, str]] = []
    shown: list[float] = []

    async def person(mine: Sequence[tuple[Send, asyncio.Future[float] | None]]) -> None:
        for send, arrival in mine:
            began = perf_counter()
            answer = await send()
            answers.append(((perf_counter() - began) * 1000, answer))
            if arrival is not None and case.waits:
                shown.append((await arrival - began) * 1000)
            if people == 1:
                await asyncio.sleep(_BETWEEN_SECONDS)

    began, core_before = perf_counter(), case.subject.core_seconds
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await asyncio.gather(*(person(ready[number::people]) for number in range(people)))
        seconds = perf_counter() - began
        await asyncio.gather(*(arrival for _, arrival in ready if arrival is not None))
    await asyncio.sleep(_BETWEEN_SECONDS)
    core_seconds = case.subject.core_seconds - core_before
    for _, answer in answers:
        if case.answers not in answer:
            raise RuntimeError(f"it was to answer {case.answers!r}, and answered: {answer[:2000]}")
    acks = Round(milliseconds=tuple(took for took, _ in answers), seconds=seconds, core_seconds=core_seconds)
    return acks, replace(acks, milliseconds=tuple(shown)) if shown else None


def _prepared(
    slack: StandIn, case: Case, *, people: int, requests: int
) -> Iterator[tuple[Send, asyncio.Future[float] | None]]:
    for number in range(requests):
        request = case.make(f"U0PERSON{number % people:02d}")
        send = case.subject.caller.prepared(request)
        yield send, slack.shown(request.trigger, case.shows) if case.shows else None
