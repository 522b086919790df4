"""What stands in a cell that says nothing: people and programs seldom leave one empty."""

import re
from collections.abc import Collection, Sequence

_SIGNS = frozenset(("-", "--", "---", "?", "??", ".", "/", "\N{EN DASH}", "\N{EM DASH}"))
_NOT_KNOWN = frozenset(
    (
        *(
            "n/a",
            "#n/a",
            "n.a.",
            "n. a.",
            "(blank)",
            "[blank]",
            "(none)",
            "(empty)",
            "null",
            "nan",
            "undefined",
        ),
        *("not provided", "not given", "not available", "not applicable", "not known", "not on file"),
        *("none", "none given", "none provided", "nil", "unknown", "unk", "tbd", "tba", "blank"),
        *("keine", "keine angabe", "k.a.", "k. a.", "unbekannt", "inconnu", "inconnue", "aucun", "aucune"),
        *("desconocido", "desconocida", "ninguno", "ninguna"),
    )
)
NOTHING = _SIGNS | _NOT_KNOWN
"""In a cell for a number, an address, a date or an id."""
NO_NAME = _SIGNS | {"n/a", "#n/a", "n.a.", "(blank)", "[blank]", "(none)", "(empty)"}
"""In a cell for a name: there are people whose name is Null, None or Nil."""
_ZEROS_AND_SIGNS = "0 ().+/\\-\t"
"""What dates and numbers consist of that some programs put where there is none, such as 00/00/0000."""

_MOST_CELLS = 2
_TOTAL = re.compile(
    r"(?:grand |sub)?total\b.*|(?:number|count|sum) of\b.*|(?:count|sum|summe|gesamt|anzahl)\s*:.*"
    r"|\d[\d,.]* (?:clients?|patients?|records?|rows?|results?)\b.*|end of (?:list|report|file)\b.*"
    r"|page \d.*|(?:printed|exported|generated|created|report)\b.*\d.*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d.,\s]+", re.ASCII)


def said_in(cell: str, nothing: Collection[str] = NOTHING) -> str:
    """Return what a cell says, trimmed; nothing where it only says that there is nothing."""
    said = cell.strip()
    return "" if said.lower() in nothing else said


def is_only_zeros(cell: str) -> bool:
    """Say whether a date or a number is nothing but zeros."""
    return not cell.strip(_ZEROS_AND_SIGNS) and "0" in cell


def total_in(cells: Sequence[str]) -> str:
    """Return what a row says that is about the whole list, such as "Total: 214"; nothing of any other row."""
    if len(cells) - cells.count("") > _MOST_CELLS:
        return ""
    first, *others = [cell.strip() for cell in cells if cell.strip()] or [""]
    is_total = _TOTAL.fullmatch(first) and all(map(_FIGURE.fullmatch, others))
    return " ".join((first, *others)) if is_total else ""
