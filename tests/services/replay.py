"""The entries of the history, one after the other, and what they come to."""

from bot.domain.history import HistoryEntry
from tests.services.made_again import Kept, client_from, person_from, relation_from


class Replay:
    """Applies entries, and checks that each begins where the one before it ended."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.orders: dict[str, list[str]] = {}
        self.entries = 0

    def apply(self, entry: HistoryEntry) -> None:
        """Apply the next entry."""
        assert entry.after is not None
        before, after = dict(entry.before or {}), dict(entry.after)
        orders_before, orders_after = before.pop("emergency_orders", {}), after.pop("emergency_orders", {})
        known = self.kept.get(entry.subject_id, {})
        # What becomes of a person stands on the accounts that have them, not where the contact was removed.
        assert _followed(before, known) == _followed(known, known)
        # An entry stands for a change; a version alone is none.
        assert without_versions(before) != without_versions(after) or orders_before != orders_after
        assert isinstance(orders_before, dict)
        assert isinstance(orders_after, dict)
        for client_id, order in orders_before.items():
            assert order == self.orders.get(client_id, [])
        for client_id, order in orders_after.items():
            assert isinstance(order, list)
            self.orders[client_id] = [str(relation_id) for relation_id in order]
        self.kept[entry.subject_id] = after
        self.entries += 1

    def state(self) -> dict[str, object]:
        """Return clients, and relations with the person of an active contact, as they should be stored."""
        return {subject_id: self._made_again(kept) for subject_id, kept in self.kept.items()}

    def _made_again(self, kept: Kept) -> object:
        if "sides" not in kept:
            return client_from(kept)
        person = person_from(kept["person"]) if "person" in kept and not kept["removal"] else None
        return relation_from(kept, self.orders), person


def without_versions(kept: Kept) -> dict[str, object]:
    """Return what is kept of something, all but how often it was written."""
    person = kept.get("person")
    bare = {key: value for key, value in kept.items() if key != "version"}
    return bare | {"person": without_versions(person)} if person else bare


def _followed(kept: Kept, known: Kept) -> Kept:
    """Return what the history follows of something: all of it, but not the person of a removed contact."""
    if not known.get("removal"):
        return kept
    return {key: value for key, value in kept.items() if key != "person"}
