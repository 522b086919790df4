"""How many mails a minute: servers refuse whoever sends faster than they allow."""

import asyncio
import time

_BURST_SECONDS = 1.0


class MailPace:
    """Lets mails go in an even stream; after a rest a second's worth of them may go at once."""

    def __init__(self, a_minute: int | None) -> None:
        """Set the limit; None is no limit."""
        self._interval = None if a_minute is None else 60 / a_minute
        self._next = time.monotonic()

    async def turn(self) -> None:
        """Wait until the next mail may go."""
        if self._interval is None:
            return
        now = time.monotonic()
        # The clock that only goes forward: setting the other one back stops no mail.
        self._next = max(self._next, now - _BURST_SECONDS) + self._interval
        if self._next > now:
            await asyncio.sleep(self._next - now)
