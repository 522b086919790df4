"""Somebody orders a fault from the page, looks at what is ordered, or takes it back."""

from bot.playground.slack.acts.outcome import DONE, NotPossibleError
from bot.playground.slack.faults import ANY, OF_DELIVERIES, Fault, FaultKind, Ordered
from bot.playground.slack.hub import Hub
from bot.playground.slack.web_api.dispatch import METHODS
from bot.playground.slack.wire import Json

MOST_TIMES = 1000
LONGEST_SECONDS = 300
PAYLOADS = ("slash_commands", "block_actions", "block_suggestion", "view_submission", "view_closed")
CUT_SOCKETS = "cut_sockets"
"""Not a fault that waits: it happens at once, as do the disconnect frames."""


async def faults(hub: Hub, _asked: Json) -> Json:
    """Tell what can be ordered, for what, and what is waiting to happen."""
    return {
        "calls": sorted((*METHODS, "response_url")),
        "payloads": [*PAYLOADS, *sorted(hub.workspace.manifest.events)],
        "kinds": [{"kind": kind, "of": "payload" if kind in OF_DELIVERIES else "call"} for kind in FaultKind],
        "waiting": [_waiting(ordered) for ordered in hub.faults.waiting],
    }


async def order_fault(hub: Hub, asked: Json) -> Json:
    """Order a fault for what comes next, or do at once what is done to connections."""
    kind = asked.get("kind")
    if kind == CUT_SOCKETS:
        hub.socket.cut()
    elif kind in ("warning", "refresh_requested"):
        await hub.socket.send_away(kind)
    elif kind in set(FaultKind):
        return {"ok": True, "number": hub.faults.order(_fault(FaultKind(kind), asked)).number}
    else:
        raise NotPossibleError(f"There is no fault of the kind {kind!r}.")
    return DONE


async def clear_faults(hub: Hub, asked: Json) -> Json:
    """Take back the fault with a number, or without one all of them."""
    number = asked.get("number")
    hub.faults.clear(number if isinstance(number, int) else None)
    return DONE


def _fault(kind: FaultKind, asked: Json) -> Fault:
    known = Fault(kind=kind)
    retry_after = _number(asked, "retry_after", 1, least=0, most=LONGEST_SECONDS)
    return Fault(
        kind=kind,
        on=str(asked.get("on") or ANY),
        times=int(_number(asked, "times", 1, least=1, most=MOST_TIMES)),
        error=str(asked.get("error") or known.error),
        status=int(_number(asked, "status", _usual_status(kind), least=200, most=599)),
        retry_after=int(retry_after) if kind is FaultKind.RATE_LIMITED else None,
        seconds=_number(asked, "seconds", known.seconds, least=0, most=LONGEST_SECONDS),
        carried_out=asked.get("carried_out") is True,
    )


def _usual_status(kind: FaultKind) -> int:
    return 200 if kind is FaultKind.REFUSED else 503


def _number(asked: Json, name: str, usual: float, *, least: float, most: float) -> float:
    value = asked.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise NotPossibleError(f"`{name}` must be a number from {least} to {most}.")
    return value


def _waiting(ordered: Ordered) -> Json:
    fault = ordered.fault
    return {
        "number": ordered.number,
        "kind": fault.kind,
        "on": fault.on,
        "left": ordered.left,
        "seconds": fault.seconds,
        "status": fault.status,
        "retry_after": fault.retry_after,
        "error": fault.error,
        "carried_out": fault.carried_out,
    }
