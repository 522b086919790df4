"""How an act went, in the words of the page's interface."""

from bot.playground.slack.acks import Ack, NotAnsweredError
from bot.playground.slack.hub import Hub
from bot.playground.slack.people import Person
from bot.playground.slack.traffic import Entry, Refusal
from bot.playground.slack.wire import Json

DONE: Json = {"ok": True}
TROUBLE = "We had some trouble connecting. Try again?"
NO_ANSWER = "\N{WARNING SIGN} The app did not answer in time."
NOT_CONNECTED = "\N{WARNING SIGN} The app is not connected."


class NotPossibleError(Exception):
    """An act nobody could do in Slack; the message says why not."""


def failed(message: str) -> Json:
    """Say what the person would see."""
    return {"ok": False, "message": message}


def person_of(hub: Hub, user: str) -> Person:
    """Find who acts.

    Raises:
        NotPossibleError: nobody has this id.
    """
    person = hub.workspace.people.get(user)
    if person is None:
        raise NotPossibleError(f"There is nobody with the id {user}.")
    return person


async def interact(hub: Hub, payload: Json, *, accepts: bool) -> Ack:
    """Send an interactive payload; an ack that carries what Slack would not read is logged as refused.

    Raises:
        NotAnsweredError: there was no ack in time.
    """
    ack = await hub.deliveries.deliver("interactive", payload, accepts=accepts)
    if not accepts and ack.payload is not None:
        refuse_ack(hub, payload["type"], "response_payload_not_accepted", ack.payload)
    return ack


def refuse_ack(hub: Hub, kind: str, error: str, sent: Json, *details: str) -> None:
    """Log an ack whose content Slack refuses."""
    hub.traffic.refuse(Refusal(name=f"ack {kind}", error=error, messages=details, sent=sent))
    hub.traffic.add(
        Entry(
            at_ms=hub.traffic.now_ms(),
            kind="refusal",
            name=kind,
            sent=sent,
            answer={"ok": False, "error": error, "messages": list(details)},
        )
    )


def unanswered(missing: NotAnsweredError) -> Json:
    """Say what a person sees beside the element they used."""
    return failed(NO_ANSWER if missing.connected else NOT_CONNECTED)
