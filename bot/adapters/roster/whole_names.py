"""First and last name out of a whole one, as lists have it in one column."""

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"))
"""What stands behind a last name and is none."""
_PARTICLES = frozenset(
    (
        *("de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "des", "le", "y", "e"),
        *(
            "van",
            "von",
            "der",
            "den",
            "ten",
            "ter",
            "te",
            "zu",
            "zum",
            "zur",
            "af",
            "av",
            "bin",
            "ibn",
            "el",
            "al",
        ),
    )
)
"""What a last name begins with where it is written small: "Juan de la Cruz"."""


def name_in(cell: str) -> tuple[str, str]:
    """Return first and last name: "Last, First", or the last word and what belongs to it as the last name."""
    last, comma, first = (part.strip() for part in cell.partition(","))
    if comma and not _is_generation(first):
        before, comma, behind = (part.strip() for part in first.rpartition(","))
        # "King, Martin, Jr."
        return (before, f"{last} {behind}") if comma and _is_generation(behind) else (first, last)
    words = [*last.split(), *first.split()]
    at = len(words) - 1
    while at > 1 and _is_generation(words[at]):
        at -= 1
    while at > 0 and words[at - 1] in _PARTICLES:
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if len(words) > 1 else (" ".join(words), "")


def _is_generation(word: str) -> bool:
    return word.replace(".", "").casefold() in _GENERATIONS
