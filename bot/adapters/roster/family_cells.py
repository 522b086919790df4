"""What stands in the cells of a list of links and contacts, both ways."""

import re
from collections.abc import Iterable
from datetime import date

from bot.adapters.roster.cells import yes_or_no
from bot.domain.folding import fold
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category
from bot.services.roster.rows import LAST_PLACE
from bot.views.sentences import say

NONE = "none"
_NOTHING = frozenset((NONE, "no", "off", "0", "nobody", "keine", "ninguno", "ninguna", "aucun", "aucune"))
_EVERYTHING = frozenset(
    ("all", "all emails", "all e mails", "every", "everything", "on", "alle", "todos", "tous")
)
_OTHER = re.compile(r"other\s*:\s*(.+)", re.IGNORECASE)
_PLACE = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?(?:\s*\(\s*no phone\s*\))?", re.IGNORECASE)
_ROLE = re.compile(r'\s*([^;("]+?)\s*(?:\(([^)]*)\))?\s*(?:"((?:[^"]|"")*)")?\s*(?:;|$)')
_LIST = re.compile(r"[;,|&]|\band\b", re.IGNORECASE)
_PLACES = {
    word: place
    for place, words in enumerate(("first primary main", "second secondary", "third tertiary"), start=1)
    for word in words.split()
}


def _label_words() -> dict[str, Label]:
    kinds = [kinship for kinship in Kinship if kinship is not Kinship.OTHER]
    found = {fold(kinship.value): Label(kinship=kinship) for kinship in kinds}
    found |= {fold(say(f"kinship.{kinship}")): Label(kinship=kinship) for kinship in kinds}
    found |= {fold(word.value): Label.of_word(word) for word in Word}
    return found | {fold(say(f"word.{word}")): Label.of_word(word) for word in Word}


_SAID_OTHERWISE = {
    **dict.fromkeys(("mom", "mum", "mommy", "mummy", "mama", "mutter"), Word.MOTHER),
    **dict.fromkeys(("dad", "daddy", "papa", "vater"), Word.FATHER),
    **dict.fromkeys(("grandma", "granny", "nana", "nan"), Word.GRANDMOTHER),
    **dict.fromkeys(("grandpa", "granddad", "grandad"), Word.GRANDFATHER),
    **dict.fromkeys(("stepmom", "step mom", "stepmother"), Word.STEP_MOTHER),
    **dict.fromkeys(("stepdad", "step dad", "stepfather"), Word.STEP_FATHER),
    **dict.fromkeys(("half brother", "half sister"), Word.HALF_SIBLING),
    **dict.fromkeys(("twin brother", "twin sister"), Word.TWIN),
    "tochter": Word.DAUGHTER,
    "sohn": Word.SON,
    "schwester": Word.SISTER,
    "bruder": Word.BROTHER,
    "ehefrau": Word.WIFE,
    "ehemann": Word.HUSBAND,
}
_KINSHIP_SAID_OTHERWISE = {
    **dict.fromkeys(
        ("ex wife", "exwife", "ex husband", "exhusband", "ex spouse", "ex"), Kinship.FORMER_SPOUSE
    ),
    **dict.fromkeys(("girlfriend", "boyfriend", "fiance", "fiancee"), Kinship.SIGNIFICANT_OTHER),
    "neighbour": Kinship.NEIGHBOR,
    "flatmate": Kinship.ROOMMATE,
}
_LABELS = {
    **{word: Label.of_word(each) for word, each in _SAID_OTHERWISE.items()},
    **{word: Label(kinship=each) for word, each in _KINSHIP_SAID_OTHERWISE.items()},
    **_label_words(),
}
_ROLES = {
    **{fold(role.value): role for role in Role},
    **{fold(say(f"role.{role}")): role for role in Role},
    "guardian": Role.LEGAL_GUARDIAN,
    "power of attorney": Role.HEALTHCARE_PROXY,
    "proxy": Role.HEALTHCARE_PROXY,
    "guarantor": Role.PAYER,
}
_CATEGORIES = {
    **dict.fromkeys(("appointment", "reminders", "appointment reminders"), Category.APPOINTMENTS),
    **dict.fromkeys(("billing", "receipts", "invoices", "statements", "bills"), Category.PAYMENTS),
    **dict.fromkeys(("forms", "documents"), Category.FORMS_DOCUMENTS),
    "superbill": Category.SUPERBILLS,
    **{fold(each.value): each for each in Category},
    **{fold(say(f"category.{each}")): each for each in Category},
}
_BASES = {
    **{fold(each.value): each for each in Basis},
    **{fold(say(f"basis.{each}")): each for each in Basis},
}


class UnreadableCell(ValueError):  # noqa: N818 - named for what is wrong
    """A cell says nothing that is known: the key of the sentence, and what would be."""

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        super().__init__(key)
        self.key = key
        self.known = ", ".join(known)


def label_in(cell: str) -> Label | None:
    """Return what the related person is: by key, by word, or in own words; None for an empty cell."""
    if not cell:
        return None
    if own := _OTHER.fullmatch(cell):
        return Label.in_own_words(own[1])
    return _LABELS.get(fold(cell)) or Label.in_own_words(cell)


def label_cell(label: Label) -> str:
    """Return the cell of a relationship; nothing where it is not stated."""
    if label.kinship is Kinship.OTHER:
        return f"other: {label.own_words}"
    if label.kinship is Kinship.NOT_STATED:
        return ""
    return label.word.value if label.word else label.kinship.value


def roles_in(cell: str) -> tuple[RoleHeld, ...] | None:
    """Return the roles in a cell, each perhaps with dates in brackets and a document in quotation marks."""
    if not cell:
        return None
    if fold(cell) in _NOTHING:
        return ()
    if '"' not in cell and "(" not in cell:
        # Without papers, in which they may stand too, the signs and words of any list part roles.
        cell = _LIST.sub(";", cell)
    held, at = [], 0
    while at < len(cell):
        found = _ROLE.match(cell, at)
        role = _ROLES.get(fold(found[1])) if found else None
        if found is None or role is None:
            raise UnreadableCell("role.unknown", Role)
        held.append(_held(role, found[2] or "", (found[3] or "").replace('""', '"')))
        at = found.end()
    return tuple(held)


def _held(role: Role, dates: str, document: str) -> RoleHeld:
    begins, _, ends = (part.strip() for part in dates.partition(" to ")) if dates else ("", "", "")
    try:
        return RoleHeld(
            role=role,
            document=document,
            valid_from=date.fromisoformat(begins) if begins else None,
            valid_until=date.fromisoformat(ends) if ends else None,
        )
    except ValueError as error:
        raise UnreadableCell("role.paper") from error


def roles_cell(roles: Iterable[RoleHeld]) -> str:
    """Return the cell of some roles."""
    return "; ".join(map(_role_cell, roles)) or NONE


def _role_cell(held: RoleHeld) -> str:
    cell = held.role.value
    if held.valid_from or held.valid_until:
        begins, ends = (day.isoformat() if day else "" for day in (held.valid_from, held.valid_until))
        cell += f" ({begins} to {ends})"
    quoted = held.document.replace('"', '""')
    return f'{cell} "{quoted}"' if held.document else cell


def emergency_in(cell: str) -> tuple[int | None, bool]:
    """Return the place among the emergency contacts, and whether it is known that they have no phone."""
    if not cell:
        return None, False
    if found := _PLACE.fullmatch(cell):
        return int(found[1]), "phone" in cell.casefold()
    if fold(cell) in _PLACES:
        return _PLACES[fold(cell)], False
    if fold(cell) in _NOTHING or yes_or_no(cell) is False:
        return 0, False
    if yes_or_no(cell):
        return LAST_PLACE, False
    raise UnreadableCell("emergency.unknown")


def emergency_cell(position: int | None, *, has_phone: bool) -> str:
    """Return the cell of a place among the emergency contacts."""
    if position is None:
        return "no"
    return str(position) if has_phone else f"{position} (no phone)"


def categories_in(cell: str) -> frozenset[Category] | None:
    """Return which e-mails are shared; None for an empty cell, which says nothing."""
    if not cell:
        return None
    word = fold(cell)
    if word in _NOTHING or yes_or_no(cell) is False:
        return frozenset()
    if word in _EVERYTHING or yes_or_no(cell):
        return EVERY_CATEGORY
    found = [_CATEGORIES.get(fold(part)) for part in _LIST.split(cell) if part.strip()]
    if None in found or not found:
        raise UnreadableCell("shared.unknown", (*Category, "all", NONE))
    return frozenset(each for each in found if each is not None)


def categories_cell(categories: Iterable[Category]) -> str:
    """Return the cell of what is shared."""
    shared = frozenset(categories)
    return "all" if shared == EVERY_CATEGORY else "; ".join(sorted(shared)) or NONE


def basis_in(cell: str) -> Basis | None:
    """Return who agreed; None where nobody said."""
    if not cell:
        return None
    basis = _BASES.get(fold(cell))
    if basis is None:
        raise UnreadableCell("basis.unknown", Basis)
    return basis
