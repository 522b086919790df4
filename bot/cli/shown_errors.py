"""Which of the errors of an import are printed: some of each kind, so that one kind hides no other."""

from collections import Counter
from collections.abc import Iterator

from bot.cli.import_sentences import reason_of
from bot.services.roster.rows import RowError

MOST_PRINTED = 20
MOST_OF_A_KIND = 5
"""So many rows show what is meant; a list may have the same in thousands."""
_MOST_KINDS_COUNTED = 10


class ShownErrors:
    """Chooses among errors as they come, and counts the others."""

    def __init__(self) -> None:
        self._of_kind: Counter[tuple[str, str, str]] = Counter()
        self._left: Counter[tuple[str, str, str]] = Counter()
        self._reason: dict[tuple[str, str, str], str] = {}
        self._printed = 0

    def takes(self, error: RowError) -> bool:
        """Say whether this one is printed."""
        kind = error.place.file, error.column, error.key
        self._of_kind[kind] += 1
        if self._of_kind[kind] <= MOST_OF_A_KIND and self._printed < MOST_PRINTED:
            self._printed += 1
            return True
        self._left[kind] += 1
        if kind not in self._reason:
            # Of another row: what it says of that row alone would be wrong of the others.
            self._reason[kind] = "" if error.values else reason_of(error)
        return False

    def rest(self) -> Iterator[str]:
        """Yield what is to be said of those that are not printed: how many of each kind."""
        kinds = self._left.most_common()
        for kind, count in kinds[:_MOST_KINDS_COUNTED]:
            _, column, _ = kind
            where = f" in {column}" if column else ""
            reason = self._reason[kind]
            yield f"... and {count:,} more{where}{f': {reason}' if reason else '.'}"
        if others := sum(count for _, count in kinds[_MOST_KINDS_COUNTED:]):
            yield f"... and {others:,} others."
