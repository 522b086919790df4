"""What stands in single cells of a list: several numbers, words for where a client stands."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.domain.client import ClientStatus
from bot.domain.folding import fold
from bot.domain.phone import Phone, PhoneLabel

_SEVERAL = re.compile(
    r"(\\[\\;|,/ ])|[;|\n]|,(?=\s*(?:[+(\d]|[a-z]+\s*:))|\s/\s"
    r"|(?<=\d\d\d)\s+(?:(?:or|and|&)\s+(?=[+(\d])|(?=[a-z]+\s*:))",
    re.IGNORECASE,
)
"""What parts numbers; what is found in the brackets parts nothing, and is passed over in one piece."""
_ONE_NUMBER = re.compile(r"[+(]?[\d(). -]*\d", re.ASCII)
"""A cell that is nothing but one number: as most are."""
_AS_FIGURE = re.compile(r"(\d{7,})\.0", re.ASCII)
"""A number that some program took for a figure."""
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)
"""What spreadsheets make of a long number in a narrow column: its last digits are lost."""
_PARTING = re.compile(r"([\\;|,/]|(?<=\d) (?=(?:or|and|&) |[a-z]+\s*:))", re.IGNORECASE)
_NOT_PARTING = re.compile(r"\\([\\;|,/ ])")
"""A backslash in front of a sign says that it parts nothing; our own export writes it so."""
_ESCAPED = r"\\\1"
_LABEL_WORDS = {
    **dict.fromkeys(
        ("mobile", "mob", "m", "cell", "cellphone", "cellular", "c", "handy", "mobil"), PhoneLabel.MOBILE
    ),
    **dict.fromkeys(("home", "h", "private", "landline", "privat"), PhoneLabel.HOME),
    **dict.fromkeys(("work", "w", "office", "business", "bus", "job"), PhoneLabel.WORK),
    **dict.fromkeys(("other", "o", "alternate", "alt", "fax"), PhoneLabel.OTHER),
}
_LABELLED_BEFORE = re.compile(
    r"\s*([a-z]+)(?:\s+phone)?\s*(?::|\.:|\s-\s|\s(?=[+(\d]))\s*(.+)", re.IGNORECASE
)
_LABELLED_BEHIND = re.compile(r"\s*(.*\d[^(]*?)\s*[(\[]\s*([a-z]+)(?:\s+phone)?\s*[)\]]\s*", re.IGNORECASE)

_ACTIVE_WORDS = frozenset(
    (
        *("active", "a", "act", "current", "open", "enrolled", "aktiv", "activo", "activa", "actif"),
        *("new", "intake", "pending", "prospective", "prospect", "potential", "lead", "inquiry", "referral"),
        *("waitlist", "waitlisted", "waiting list", "wait list", "waiting", "on hold", "hold", "paused"),
        *("ongoing", "in treatment", "registered", "scheduled", "established", "laufend", "neu", "en cours"),
    )
)
_ARCHIVED_WORDS = frozenset(
    (
        *("archived", "archive", "inactive", "i", "ina", "closed", "discharged", "former", "past"),
        *("inaktiv", "archiviert", "inactivo", "inactiva", "inactif", "terminated"),
        *("transferred", "completed", "complete", "graduated", "withdrawn", "dropped out", "suspended"),
        *("deactivated", "disabled", "dormant", "lapsed", "ended", "not active", "moved away", "old"),
        *("ehemalig", "ehemalige", "beendet", "abgeschlossen", "entlassen", "ancien", "ancienne", "clos"),
    )
)
_DECEASED_WORDS = frozenset(
    (
        "deceased",
        "dead",
        "died",
        "passed away",
        "passed",
        "verstorben",
        "fallecido",
        "fallecida",
        "decede",
        "decedee",
    )
)
_WHOSE_STATUS = re.compile(r" (?:clients?|patients?|members?)$")
_ASIDE = re.compile(r"\s*(?:[-\N{EN DASH}\N{EM DASH}:(/,;]\s*)")
"""What begins a remark behind a status: "Active - weekly"."""
_WORDS_REMEMBERED = 256
"""A list says the same few words in every row."""
_YES = frozenset(("yes", "y", "true", "t", "1", "x", "ja", "si", "oui"))
_NO = frozenset(("no", "n", "false", "f", "0", "nein", "non"))


def phones_in(cell: str, label: PhoneLabel | None) -> list[tuple[Phone, bool]]:
    """Return the numbers in a cell, each with whether it is said what it is for.

    Args:
        cell: one number or several, perhaps with words such as "mobile: ..." or "... (work)".
        label: what the column says.
    """
    if not cell:
        return []
    if cell.endswith(".0") and (figure := _AS_FIGURE.fullmatch(cell)):
        cell = figure[1]
    if _ONE_NUMBER.fullmatch(cell):
        return [(Phone(number=cell, label=label or PhoneLabel.MOBILE), label is not None)]
    found = []
    for part in _parts(cell):
        number, said = _labelled(_NOT_PARTING.sub(r"\1", part))
        if number:
            known = said or label
            found.append((Phone(number=number, label=known or PhoneLabel.MOBILE), known is not None))
    return found


def is_shortened(cell: str) -> bool:
    """Say whether a spreadsheet has left the last digits of a number out, as in 2.12556E+09."""
    return "E" in cell.upper() and _SHORTENED.fullmatch(cell) is not None


def _parts(cell: str) -> Iterator[str]:
    begins = 0
    for found in _SEVERAL.finditer(cell):
        if not found[1]:
            yield cell[begins : found.start()]
            begins = found.end()
    yield cell[begins:]


def phones_cell(phones: Iterable[Phone]) -> str:
    """Return the cell of some numbers, each with what it is for, so that `phones_in` gives back these."""
    return "; ".join(f"{phone.label.value}: {_PARTING.sub(_ESCAPED, phone.number)}" for phone in phones)


def label_of(word: str) -> PhoneLabel | None:
    """Return what a word says a number is for, or None."""
    return _LABEL_WORDS.get(word.casefold())


def _labelled(part: str) -> tuple[str, PhoneLabel | None]:
    number = part.strip()
    if not number or (number[-1].isdigit() and not number[0].isalpha()):
        return number, None
    if found := _LABELLED_BEFORE.fullmatch(number):
        said = label_of(found[1])
        if said is not None:
            return found[2].strip(), said
    if found := _LABELLED_BEHIND.fullmatch(number):
        said = label_of(found[2])
        if said is not None:
            return found[1].strip(), said
    return number, None


@lru_cache(maxsize=_WORDS_REMEMBERED)
def status_in(cell: str) -> ClientStatus | None:
    """Return the status that a word says, perhaps with a remark behind it; None where it says none."""
    return _status_of(fold(cell)) or _status_of(fold(_ASIDE.split(cell.strip(), maxsplit=1)[0]))


def _status_of(folded: str) -> ClientStatus | None:
    word = _WHOSE_STATUS.sub("", folded)
    if word in _ACTIVE_WORDS or word in _YES:
        return ClientStatus.ACTIVE
    if word in _ARCHIVED_WORDS or word in _NO:
        return ClientStatus.ARCHIVED
    return ClientStatus.DECEASED if word in _DECEASED_WORDS else None


@lru_cache(maxsize=_WORDS_REMEMBERED)
def yes_or_no(cell: str) -> bool | None:
    """Return what a word says to a question, or None for one that does not say."""
    word = fold(cell)
    if word in _YES:
        return True
    return False if word in _NO else None
