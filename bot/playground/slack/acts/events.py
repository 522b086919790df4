"""Sending an event to the app, again where it is not acked, as Slack does."""

import asyncio

from bot.playground.slack.acks import NotAnsweredError
from bot.playground.slack.hub import Hub
from bot.playground.slack.wire import Json


async def tell(hub: Hub, payload: Json) -> None:
    """Send an event; without an ack it is sent again, in the background, as Slack does."""
    try:
        await hub.deliveries.deliver(
            "events_api", payload, accepts=False, extra={"retry_attempt": 0, "retry_reason": ""}
        )
    except NotAnsweredError as missing:
        if not missing.is_final:
            hub.start(_tell_again(hub, payload))


async def _tell_again(hub: Hub, payload: Json) -> None:
    for attempt, wait in enumerate(hub.event_retry_seconds, start=1):
        await asyncio.sleep(wait)
        try:
            await hub.deliveries.deliver(
                "events_api",
                payload,
                accepts=False,
                extra={"retry_attempt": attempt, "retry_reason": "timeout"},
            )
        except NotAnsweredError as missing:
            if missing.is_final:
                return
        else:
            return
