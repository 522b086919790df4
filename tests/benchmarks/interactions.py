"""What people do in Slack: the bot against Bolt apps that do nothing, in the same rounds."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.benchmarks import subjects
from tests.benchmarks.acts import Acts
from tests.benchmarks.figures import Finding, Target, compared_rounds, each_second, of_a_core, p50, p99
from tests.benchmarks.measuring import Case, Measured, measured
from tests.benchmarks.practice import LARGE_FAMILY, SMALL_FAMILY
from tests.benchmarks.stand_in import Shown, StandIn
from tests.benchmarks.subjects import Subject

ACK_OF_A_FORM = Target(most=1.5)
FORM_HAS_ARRIVED = Target(most=4)
FORM_AGAINST_DEFAULTS = Target(most=0.2)
REQUESTS_A_SECOND = Target(least=0.6)
TYPE_AHEAD_P99 = Target(most=3)

_DEFAULTS = "Bolt's defaults"
_OPENING = "the bare call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The bot and its references behind one transport."""

    slack: StandIn
    acts: Acts
    bot: Subject
    noop: Subject
    opening: Subject
    """Does nothing but open a form, so that the rest is the bot's own."""
    defaults: Subject


async def place(stack: AsyncExitStack, slack: StandIn, acts: Acts, transport: str, *, url: str) -> Place:
    """Start the bot on a database, and its references."""
    return Place(
        slack=slack,
        acts=acts,
        bot=await stack.enter_async_context(subjects.bot(slack, f"bot{transport}", transport, url)),
        noop=await stack.enter_async_context(
            subjects.reference(slack, f"noop{transport}", transport, "noop")
        ),
        opening=await stack.enter_async_context(
            subjects.reference(slack, f"opening{transport}", transport, "opening", form=acts.form)
        ),
        defaults=await stack.enter_async_context(
            subjects.reference(slack, f"defaults{transport}", transport, "defaults")
        ),
    )


async def forms(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure `/family link K-1`, which opens a form."""
    make = place.acts.link_form
    many = 128 if people == 1 else 256
    bot, noop, opening, defaults = await measured(
        place.slack,
        Case(subject=place.bot, make=make, requests=many, shows=Shown.WINDOW),
        Case(subject=place.noop, make=make, requests=many * 2),
        Case(subject=place.opening, make=make, requests=many, shows=Shown.WINDOW),
        Case(subject=place.defaults, make=make, requests=many // 4),
        people=people,
        rounds=rounds,
    )
    alone = people == 1
    return [
        compared_rounds(
            "command that opens a form: its ack, p50",
            p50,
            bot.acks,
            noop.acks,
            target=ACK_OF_A_FORM if alone else None,
        ),
        compared_rounds("the same, p99", p99, bot.acks, noop.acks),
        compared_rounds(
            "until the form has arrived, p50",
            p50,
            bot.shown,
            noop.acks,
            target=FORM_HAS_ARRIVED if alone else None,
        ),
        compared_rounds(
            "the same, against an ack",
            p50,
            bot.shown,
            defaults.acks,
            against=_DEFAULTS,
            target=FORM_AGAINST_DEFAULTS if alone else None,
        ),
        compared_rounds("the same, against opening it", p50, bot.shown, opening.shown, against=_OPENING),
        compared_rounds("until the form has arrived, p99", p99, bot.shown, noop.acks),
        compared_rounds("what a form takes of a core", of_a_core, bot.shown, opening.shown, against=_OPENING),
        compared_rounds("forms opened a second", each_second, bot.shown, opening.shown, against=_OPENING),
    ]


async def acks(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure how many commands are acked a second while the forms of those before are on their way."""
    if people == 1:
        return []
    make = place.acts.link_form
    bot, noop = await measured(
        place.slack,
        Case(subject=place.bot, make=make, requests=512, shows=Shown.WINDOW, waits=False),
        Case(subject=place.noop, make=make, requests=512),
        people=people,
        rounds=rounds,
    )
    return [*_each_second("commands acked a second, forms behind", bot, noop, people)]


async def cards(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure `/family show`, which opens the card of a client with few and with many relations."""
    findings = []
    for size in (SMALL_FAMILY, LARGE_FAMILY):
        many = 64
        make = place.acts.card(size)
        bot, noop = await measured(
            place.slack,
            Case(subject=place.bot, make=make, requests=many, shows=Shown.WINDOW),
            Case(subject=place.noop, make=make, requests=256),
            people=people,
            rounds=rounds,
        )
        what = f"until the card of {size} relations has arrived"
        findings += [
            compared_rounds(f"{what}, p50", p50, bot.shown, noop.acks),
            compared_rounds("the same, p99", p99, bot.shown, noop.acks),
        ]
    return findings


async def submissions(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure the sending of a link form: saved in the database, and answered with the card.

    Where saving takes longer than the bot lets people wait, the answer is the window that says so.
    """
    many = 64 if people == 1 else 128
    make = place.acts.submit_link
    bot, noop = await measured(
        place.slack,
        Case(subject=place.bot, make=make, requests=many, answers='"update"'),
        Case(subject=place.noop, make=make, requests=many * 2),
        people=people,
        rounds=rounds,
    )
    return [
        compared_rounds("sending a form that links two clients, p50", p50, bot.acks, noop.acks),
        compared_rounds("the same, p99", p99, bot.acks, noop.acks),
        *_each_second("such forms answered a second", bot, noop, people),
    ]


async def suggestions(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure typing ahead: at most twenty clients, against twenty that are always the same."""
    many = 128 if people == 1 else 256
    make = place.acts.type_ahead
    bot, noop = await measured(
        place.slack,
        Case(subject=place.bot, make=make, requests=many, answers="options"),
        Case(subject=place.noop, make=make, requests=many, answers="options"),
        people=people,
        rounds=rounds,
    )
    return [
        compared_rounds("typing ahead, p50", p50, bot.acks, noop.acks),
        compared_rounds(
            "typing ahead, p99", p99, bot.acks, noop.acks, target=TYPE_AHEAD_P99 if people == 1 else None
        ),
        *_each_second("type-ahead answers a second", bot, noop, people),
    ]


async def told(place: Place, *, people: int, rounds: int) -> list[Finding]:
    """Measure `/family help`: the whole way through the bot and back, without reading anything."""
    many = 256 if people == 1 else 1024
    make = place.acts.help
    bot, noop = await measured(
        place.slack,
        Case(subject=place.bot, make=make, requests=many, shows=Shown.MESSAGE),
        Case(subject=place.noop, make=make, requests=many),
        people=people,
        rounds=rounds,
    )
    return [
        compared_rounds("help after its command, p50", p50, bot.shown, noop.acks),
        compared_rounds("the same, p99", p99, bot.shown, noop.acks),
        *_each_second("commands answered a second", bot, noop, people),
    ]


def _each_second(what: str, bot: Measured, noop: Measured, people: int) -> Iterator[Finding]:
    if people > 1:
        yield compared_rounds(what, each_second, bot.acks, noop.acks, target=REQUESTS_A_SECOND)
