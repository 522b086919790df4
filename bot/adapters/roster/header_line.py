"""Where the headers of a list stand: mostly in its first line, and else below a title."""

from collections.abc import Callable, Sequence

from bot.adapters.roster.csv_dialect import delimiter_of, records
from bot.domain.folding import fold

MOST_ABOVE = 20
"""Lines that may stand above the headers: a title, who made the list and when, an empty line."""
_ENOUGH = 2
"""What so many headers of a first line are known for is a list."""

_SAYS_WHAT_SOMEBODY_IS = frozenset(("client", "clients", "patient", "patients", "contact", "relative"))

Known = Callable[[Sequence[str]], int]
"""Says how many different things the cells of a line name as headers; none where nobody has a name there."""


def headers_at(lines: Sequence[str], known: Known, *, stated: str = "") -> int:
    """Return which of the first lines of a file has the headers; the first one unless another clearly does.

    Args:
        lines: the first of them, which is not blank, and some more.
        known: says for how many things the cells of a line would be headers.
        stated: the sign that parts the cells, where the file states one.
    """
    at_first = _known(lines, 0, known, stated)
    if at_first >= _ENOUGH:
        return 0
    wanted = at_first + _ENOUGH
    places = range(1, min(len(lines), MOST_ABOVE + 1))
    return next((at for at in places if lines[at].strip() and _known(lines, at, known, stated) >= wanted), 0)


def _known(lines: Sequence[str], at: int, known: Known, stated: str) -> int:
    record = next(records(lines[at:], stated or delimiter_of(lines[at])), None)
    # Blank lines are passed over, and what comes behind them has a line of its own.
    if record is None or record.line != 1 or not record.cells:
        return 0
    # Below the first line such a word is rather what somebody is: "Maria Lopez, Client, Active, E-mail".
    return known([cell for cell in record.cells if not at or fold(cell) not in _SAYS_WHAT_SOMEBODY_IS])
