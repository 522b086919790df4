"""What goes wrong while somebody is at work."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from bot.playground.slack.faults import Fault, FaultKind
from tests.app.waits import Waits
from tests.impatience import impatient
from tests.journeys.faults.stories import STORIES
from tests.office import Office

Befalls = Callable[[Office, str], AbstractAsyncContextManager[None]]
ALWAYS = 1_000
EVERY_STORY = frozenset(story.name for story in STORIES)
A_FEW = frozenset({"link", "stop sharing", "summary", "type-ahead"})
"""One of each kind of payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that goes wrong from the moment that counts until the person has been answered.

    Attributes:
        name: what it is called.
        befalls: lets it happen for as long as the block lasts.
        is_survived: whether the person needs to do nothing about it.
        passes: whether it is over as soon as they read that it takes longer.
        stories: which stories are told under it, where not all.
    """

    name: str
    befalls: Befalls
    is_survived: bool = False
    passes: bool = False
    stories: frozenset[str] = EVERY_STORY


def of_slack(*faults: Fault) -> Befalls:
    """Return faults of Slack's, which are over at the end."""

    @asynccontextmanager
    async def befall(office: Office, _url: str) -> AsyncIterator[None]:
        for fault in faults:
            office.slack.faults.order(fault)
        try:
            yield
        finally:
            office.slack.faults.clear()

    return befall


@asynccontextmanager
async def cut_socket(office: Office, url: str) -> AsyncIterator[None]:
    """Cut the connection behind a payload, whose ack Slack then does not wait for long."""
    with impatient(office.slack):
        async with of_slack(_calls(FaultKind.CUT_SOCKET))(office, url):
            yield
    await office.slack.app_connected()


@asynccontextmanager
async def no_socket(office: Office, _url: str) -> AsyncIterator[None]:
    """Cut the connection, and let Slack refuse the first try to come back."""
    office.slack.fail_next("apps.connections.open", "internal_error")
    office.slack.cut_sockets()
    yield
    await office.slack.app_connected()


def locked_database(waits: Waits) -> Befalls:
    """Let somebody else hold the database."""
    return lambda _office, url: waits.locked(url)


def _calls(kind: FaultKind, *, times: int = 1, on: str = "*", carried_out: bool = False) -> Fault:
    return Fault(kind=kind, on=on, times=times, carried_out=carried_out, retry_after=0, seconds=0.1)


VIEWS = ("views.open", "views.push", "views.update")
WRONG_WITH_SLACK = (
    Wrong(
        name="not so quick, once",
        befalls=of_slack(_calls(FaultKind.RATE_LIMITED)),
        is_survived=True,
    ),
    Wrong(
        name="not so quick for half a minute",
        befalls=of_slack(
            *(Fault(kind=FaultKind.RATE_LIMITED, on=on, times=ALWAYS, retry_after=30) for on in VIEWS)
        ),
    ),
    Wrong(
        name="a gateway's error, once",
        befalls=of_slack(*(_calls(FaultKind.SERVER_ERROR, on=on) for on in VIEWS)),
        is_survived=True,
    ),
    Wrong(name="down for eight calls", befalls=of_slack(_calls(FaultKind.SERVER_ERROR, times=8))),
    Wrong(name="slow", befalls=of_slack(_calls(FaultKind.SLOW, times=ALWAYS)), is_survived=True),
    Wrong(
        name="no window is answered",
        befalls=of_slack(*(_calls(FaultKind.NO_ANSWER, on=on, times=ALWAYS) for on in VIEWS)),
    ),
    Wrong(
        name="an answer is lost, and it was done",
        befalls=of_slack(_calls(FaultKind.CUT, on="chat.postMessage", carried_out=True, times=ALWAYS)),
    ),
    Wrong(
        name="the answers of windows are lost, and they were done",
        befalls=of_slack(*(_calls(FaultKind.CUT, on=on, carried_out=True) for on in VIEWS)),
        is_survived=True,
    ),
    Wrong(
        name="the line of windows is cut",
        befalls=of_slack(*(_calls(FaultKind.CUT, on=on, times=ALWAYS) for on in VIEWS)),
    ),
    Wrong(
        name="no trigger is good any more", befalls=of_slack(_calls(FaultKind.EXPIRED_TRIGGER, times=ALWAYS))
    ),
)
WRONG_ON_THE_WAY = (
    Wrong(name="the socket is cut behind it", befalls=cut_socket, stories=A_FEW),
    Wrong(name="no socket", befalls=no_socket, stories=A_FEW),
    Wrong(name="the same envelope twice", befalls=of_slack(_calls(FaultKind.REPEATED)), is_survived=True),
    Wrong(name="delivered twice", befalls=of_slack(_calls(FaultKind.REDELIVERED)), is_survived=True),
    Wrong(name="late", befalls=of_slack(_calls(FaultKind.LATE)), is_survived=True),
)
