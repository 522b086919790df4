"""What can be tried in the made-up practice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Something to try, and with whom.

    Attributes:
        key: what a test calls it.
        title: what it shows.
        told: what the situation is and what to do, in a sentence or two.
        own_ids: the clients it is about, the one to begin with first.
    """

    key: str
    title: str
    told: str
    own_ids: tuple[str, ...] = ()
