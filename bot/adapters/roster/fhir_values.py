"""Names, numbers, days and identifiers as FHIR has them, as we know them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from fhir.resources.R4B.codeableconcept import CodeableConcept
from fhir.resources.R4B.contactpoint import ContactPoint
from fhir.resources.R4B.extension import Extension
from fhir.resources.R4B.humanname import HumanName
from fhir.resources.R4B.identifier import Identifier
from fhir.resources.R4B.period import Period

from bot.adapters.roster.fhir_codes import Code, Meaning, meaning_of
from bot.adapters.roster.fhir_names import IDENTIFIER_TYPE, OWN_ID, PHONE_LABEL
from bot.domain.phone import MAX_PHONES, Phone, PhoneLabel

_LABEL_OF_USE = {"mobile": PhoneLabel.MOBILE, "home": PhoneLabel.HOME, "work": PhoneLabel.WORK}
_CHOSEN_TYPES = ("MR", "PI", "PT", "AN")
"""Identifiers by which a practice knows somebody: medical record, internal, patient, account number."""
_NEVER_TYPES = frozenset(
    {"SS", "SSN", "DL", "PPN", "TAX", "MB", "MC", "MA", "SN", "CZ", "NI", "BRN", "MCN", "VS"}
)
"""Identifiers that say who somebody is to the state or an insurer: never shown to everybody at the desk."""
_NEVER_SYSTEMS = (
    "us-ssn",
    "us-mbi",
    "us-medicare",
    "passport",
    "2.16.840.1.113883.4.1",
    "2.16.840.1.113883.4.3",
)
_USES = ("usual", "official", None, "secondary", "temp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A name as we keep it."""

    first: str = ""
    last: str = ""
    preferred: str = ""


def names_of(names: Sequence[HumanName] | None) -> Names:
    """Return first and last name of the official name, and the preferred one of the usual one or nickname."""
    current = [
        each for each in names or () if each.use not in ("old", "maiden") and not _is_over(each.period)
    ]
    if not current:
        current = [*(names or ())]
    if not current:
        return Names()
    main = _of_use(current, "official") or _of_use(current, None) or _of_use(current, "usual") or current[0]
    called = _of_use(current, "nickname") or _of_use(current, "usual")
    first, last = _given(main), main.family or ""
    if not first and not last:
        # A name that was only ever written in one piece.
        first, _, last = (main.text or "").strip().rpartition(" ")
    preferred = _given(called) if called is not None and called is not main else ""
    return Names(first=first, last=last, preferred=preferred)


def email_of(points: Sequence[ContactPoint] | None) -> str | None:
    """Return the e-mail address to use first."""
    addresses = [each.value for each in _ranked(points, "email") if each.value]
    return addresses[0] if addresses else None


def phones_of(points: Sequence[ContactPoint] | None) -> tuple[tuple[Phone, ...], frozenset[str]]:
    """Return the numbers, the first to use first, and those of which it is not said what they are for."""
    phones: list[Phone] = []
    unlabelled: set[str] = set()
    for each in _ranked(points, "phone", "sms")[:MAX_PHONES]:
        number = each.value or ""
        ours = text_of(each.extension, PHONE_LABEL)
        label = PhoneLabel.OTHER if ours == PhoneLabel.OTHER else _LABEL_OF_USE.get(each.use or "")
        if label is None:
            unlabelled.add(number)
        phones.append(Phone(number=number, label=label or PhoneLabel.MOBILE))
    return tuple(phones), frozenset(unlabelled)


def own_id_of(identifiers: Sequence[Identifier] | None, system: str = "") -> Identifier | None:
    """Return the identifier by which the practice knows somebody, or None where there is none.

    Args:
        identifiers: of the resource.
        system: the one whose identifiers these are; unless given, medical record numbers and the like come
            before others, and numbers of the state or an insurer never.
    """
    usable = _usable(identifiers)
    ranked = sorted((each for each in usable if not system or each.system == system), key=_rank_of_identifier)
    return ranked[0] if ranked else None


def names_of_identifiers(identifiers: Sequence[Identifier] | None) -> list[str]:
    """Return how rows of one import name somebody by identifiers, each within its system."""
    return [f"{each.system}|{each.value}" for each in _usable(identifiers) if each.system]


def key_of(identifiers: Sequence[Identifier] | None) -> str:
    """Return what two resources about one person have in common, if anything; nobody can read it."""
    for each in identifiers or ():
        if each.system and each.value:
            return sha256(f"{each.system}|{each.value}".encode()).hexdigest()
    return ""


def meaning_of_concepts(concepts: Iterable[CodeableConcept] | None) -> Meaning:
    """Return what the relationships of a resource mean."""
    return meaning_of((_codes(each), each.text or _display(each)) for each in concepts or ())


def whole_day(value: object) -> date | None:
    """Return the day of a date that is not just a year or a month, as FHIR also allows."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def extension_of(extensions: Sequence[Extension] | None, url: str) -> Extension | None:
    """Return the extension of a name."""
    return next((each for each in extensions or () if each.url == url), None)


def extensions_of(extensions: Sequence[Extension] | None, url: str) -> list[Extension]:
    """Return the extensions of a name."""
    return [each for each in extensions or () if each.url == url]


def text_of(extensions: Sequence[Extension] | None, url: str) -> str:
    """Return the text or code of an extension, nothing where it is not there."""
    found = extension_of(extensions, url)
    return "" if found is None else str(found.valueString or found.valueCode or "")


def day_of(extensions: Sequence[Extension] | None, url: str) -> date | None:
    """Return the day of an extension."""
    found = extension_of(extensions, url)
    return None if found is None else whole_day(found.valueDate)


def relative_reference(reference: str) -> str:
    """Return a reference as `Patient/17`, whatever server and version it names; others as they are."""
    parts = reference.partition("/_history/")[0].split("/")
    return "/".join(parts[-2:]) if len(parts) > 2 and ":" in parts[0] else reference  # noqa: PLR2004 - type and id


def _of_use(names: Iterable[HumanName], use: str | None) -> HumanName | None:
    return next((each for each in names if each.use == use), None)


def _given(name: HumanName) -> str:
    return " ".join(each for each in name.given or () if each)


def _ranked(points: Sequence[ContactPoint] | None, *systems: str) -> list[ContactPoint]:
    usable = [
        each
        for each in points or ()
        if each.system in systems and each.value and each.use != "old" and not _is_over(each.period)
    ]
    # Without a rank they stand in their order, behind those that have one.
    return sorted(usable, key=lambda each: each.rank or len(usable) + 1_000)


def _is_over(period: Period | None) -> bool:
    end = whole_day(period.end) if period is not None else None
    return end is not None and end < date.today()  # noqa: DTZ011 - which day ends a name is no matter of hours


def _is_of_state(identifier: Identifier) -> bool:
    system = (identifier.system or "").casefold()
    return bool(_types(identifier) & _NEVER_TYPES) or any(each in system for each in _NEVER_SYSTEMS)


def _rank_of_identifier(identifier: Identifier) -> tuple[bool, int, int]:
    types = _types(identifier)
    kind = next((place for place, each in enumerate(_CHOSEN_TYPES) if each in types), len(_CHOSEN_TYPES))
    use = _USES.index(identifier.use) if identifier.use in _USES else len(_USES)
    return identifier.system != OWN_ID, kind, use


def _usable(identifiers: Sequence[Identifier] | None) -> list[Identifier]:
    return [
        each
        for each in identifiers or ()
        if each.value and each.use != "old" and not _is_over(each.period) and not _is_of_state(each)
    ]


def _types(identifier: Identifier) -> set[str]:
    coded = identifier.type.coding or () if identifier.type is not None else ()
    return {str(each.code) for each in coded if each.system in (IDENTIFIER_TYPE, None)}


def _codes(concept: CodeableConcept) -> list[Code]:
    return [(each.system or "", each.code) for each in concept.coding or () if each.code]


def _display(concept: CodeableConcept) -> str:
    return next((each.display for each in concept.coding or () if each.display), "")
