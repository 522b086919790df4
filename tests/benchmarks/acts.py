"""What people do: each makes the next request of a person."""

from itertools import count, cycle

from tests.benchmarks.captured import Captured
from tests.benchmarks.measuring import Make
from tests.benchmarks.payloads import Request
from tests.benchmarks.practice import FIRST_NAMES, LAST_NAMES, client_id


class Acts:
    """The acts in a practice with so many clients; no two link the same clients."""

    def __init__(self, payloads: Captured, *, clients: int) -> None:
        self._payloads = payloads
        self.form = payloads.form
        """What `link_form` opens, as JSON."""
        self._clients = clients
        self._numbers = count()
        self._pairs = count()
        self._typed = cycle(f"{last[:3]} {first[:2]}" for last in LAST_NAMES for first in FIRST_NAMES)

    def help(self, user: str) -> Request:
        """Type `/family help`, whose answer is a message."""
        return self._payloads.command.made("help", user=user)

    def link_form(self, user: str) -> Request:
        """Type `/family link` and a client's own id, which opens the form."""
        return self._payloads.command.made(f"link K-{next(self._numbers) % self._clients}", user=user)

    def card(self, size: int) -> Make:
        """Type `/family show` and the own id of a client with so many relations."""
        return lambda user: self._payloads.command.made(f"show F-{size}", user=user)

    def type_ahead(self, user: str) -> Request:
        """Type parts of two names in the picker of the form."""
        return self._payloads.suggestion.made(next(self._typed), client_id(0), user=user)

    def submit_link(self, user: str) -> Request:
        """Send the form, with two clients who are not linked yet."""
        number = next(self._pairs)
        one, distance = number % self._clients, number // self._clients + 1
        other = (one + distance) % self._clients
        return self._payloads.submission.made(
            f"V0LINK{number:07d}", client_id(one), client_id(other), user=user
        )
