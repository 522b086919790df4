"""Codes of relationships and roles, both ways: ours to HL7's in an export, HL7's and older ones to ours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.adapters.roster.fhir_names import (
    CONTACT_ROLE,
    KINSHIP,
    NULL_FLAVOR,
    RELATIONSHIP,
    ROLE_CLASS,
    ROLE_CODE,
)
from bot.domain.folding import fold, tidy
from bot.domain.kinship import CODE_OF_KINSHIP, CODE_OF_WORD, MAX_OWN_WORD_LENGTH, Kinship, Label, Word
from bot.domain.roles import Role
from bot.views.sentences import say
from bot.views.wording import label_text, role_text

Coding = Mapping[str, str]
Code = tuple[str, str]
"""A code with the system it belongs to."""

EMERGENCY: Code = (CONTACT_ROLE, "C")

CODE_OF_ROLE: Mapping[Role, Code] = {
    Role.LEGAL_GUARDIAN: (ROLE_CODE, "GUARD"),
    Role.GUARDIAN_AD_LITEM: (ROLE_CODE, "GUADLTM"),
    Role.HEALTHCARE_PROXY: (ROLE_CODE, "HPOWATT"),
    Role.CAREGIVER: (ROLE_CLASS, "CAREGIVER"),
    Role.NEXT_OF_KIN: (CONTACT_ROLE, "N"),
    Role.PAYER: (CONTACT_ROLE, "BP"),
}

_EMERGENCY_CODES = {
    EMERGENCY,
    (CONTACT_ROLE, "EP"),
    (ROLE_CLASS, "ECON"),
    (ROLE_CODE, "ECON"),
    (RELATIONSHIP, "EMC"),
}

_ROLE_OF_CODE: Mapping[Code, Role] = {
    **{code: role for role, code in CODE_OF_ROLE.items()},
    (ROLE_CLASS, "GUARD"): Role.LEGAL_GUARDIAN,
    (RELATIONSHIP, "GRD"): Role.LEGAL_GUARDIAN,
    (ROLE_CODE, "POWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "DPOWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "SPOWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "CAREGIVER"): Role.CAREGIVER,
    (RELATIONSHIP, "CGV"): Role.CAREGIVER,
    (ROLE_CLASS, "NOK"): Role.NEXT_OF_KIN,
    (ROLE_CODE, "NOK"): Role.NEXT_OF_KIN,
    (ROLE_CODE, "BILL"): Role.PAYER,
    (ROLE_CLASS, "PAYOR"): Role.PAYER,
}

_NARROWER_WORDS: Mapping[str, Word] = {
    "NBRO": Word.BROTHER,
    "NSIS": Word.SISTER,
    "HBRO": Word.HALF_SIBLING,
    "HSIS": Word.HALF_SIBLING,
    "STPBRO": Word.STEP_SIBLING,
    "STPSIS": Word.STEP_SIBLING,
    "TWINBRO": Word.TWIN,
    "TWINSIS": Word.TWIN,
    "FTWIN": Word.TWIN,
    "FTWINBRO": Word.TWIN,
    "FTWINSIS": Word.TWIN,
    "ITWIN": Word.TWIN,
    "ITWINBRO": Word.TWIN,
    "ITWINSIS": Word.TWIN,
    "MAUNT": Word.AUNT,
    "PAUNT": Word.AUNT,
    "MUNCLE": Word.UNCLE,
    "PUNCLE": Word.UNCLE,
    "MGRMTH": Word.GRANDMOTHER,
    "PGRMTH": Word.GRANDMOTHER,
    "MGRFTH": Word.GRANDFATHER,
    "PGRFTH": Word.GRANDFATHER,
}
"""Codes that say more than we do."""

_NARROWER_KINSHIPS: Mapping[str, Kinship] = {
    "DAUADOPT": Kinship.ADOPTED_CHILD,
    "SONADOPT": Kinship.ADOPTED_CHILD,
    "STPDAU": Kinship.STEP_CHILD,
    "STPSON": Kinship.STEP_CHILD,
    "DAUFOST": Kinship.FOSTER_CHILD,
    "SONFOST": Kinship.FOSTER_CHILD,
    "GRNDDAU": Kinship.GRANDCHILD,
    "GRNDSON": Kinship.GRANDCHILD,
    "MGRPRN": Kinship.GRANDPARENT,
    "PGRPRN": Kinship.GRANDPARENT,
    "NSIB": Kinship.SIBLING,
    "MCOUSN": Kinship.COUSIN,
    "PCOUSN": Kinship.COUSIN,
    "BROINLAW": Kinship.SIBLING_IN_LAW,
    "SISINLAW": Kinship.SIBLING_IN_LAW,
    "GGRPRN": Kinship.OTHER_FAMILY,
    "GGRMTH": Kinship.OTHER_FAMILY,
    "GGRFTH": Kinship.OTHER_FAMILY,
    "INLAW": Kinship.OTHER_FAMILY,
    # It is what an aunt or uncle is exported under, who then has our own code too.
    "EXT": Kinship.OTHER_FAMILY,
}

_OLDER_LABELS: Mapping[str, Label] = {
    "SPO": Label(kinship=Kinship.SPOUSE),
    "DOM": Label(kinship=Kinship.DOMESTIC_PARTNER),
    "CHD": Label(kinship=Kinship.CHILD),
    "GCH": Label(kinship=Kinship.GRANDCHILD),
    "NCH": Label(kinship=Kinship.NATURAL_CHILD),
    "SCH": Label(kinship=Kinship.STEP_CHILD),
    "FCH": Label(kinship=Kinship.FOSTER_CHILD),
    "PAR": Label(kinship=Kinship.PARENT),
    "MTH": Label.of_word(Word.MOTHER),
    "FTH": Label.of_word(Word.FATHER),
    "GRP": Label(kinship=Kinship.GRANDPARENT),
    "EXF": Label(kinship=Kinship.OTHER_FAMILY),
    "SIB": Label(kinship=Kinship.SIBLING),
    "BRO": Label.of_word(Word.BROTHER),
    "SIS": Label.of_word(Word.SISTER),
    "FND": Label(kinship=Kinship.FRIEND),
}
"""HL7 v2's table 0063, which many systems still send."""

_VAGUE = frozenset({Kinship.OTHER_FAMILY, Kinship.OTHER})
"""What says less than any other relationship beside it."""


def _labels() -> dict[Code, Label]:
    labels = {(RELATIONSHIP, code): label for code, label in _OLDER_LABELS.items()}
    for code, kinship in _NARROWER_KINSHIPS.items():
        labels[ROLE_CODE, code] = Label(kinship=kinship)
    for kinship, code in CODE_OF_KINSHIP.items():
        labels.setdefault((ROLE_CODE, code), Label(kinship=kinship))
    for word, code in CODE_OF_WORD.items():
        labels[ROLE_CODE, code] = Label.of_word(word)
        labels[KINSHIP, word.value] = Label.of_word(word)
    for code, word in _NARROWER_WORDS.items():
        labels[ROLE_CODE, code] = Label.of_word(word)
    for kinship in Kinship:
        if kinship is not Kinship.OTHER:
            labels[KINSHIP, kinship.value] = Label(kinship=kinship)
    return labels


LABEL_OF_CODE: Mapping[Code, Label] = _labels()


_EMERGENCY_TEXTS = frozenset({"emergency contact", "emergency"})
_ROLE_OF_TEXT: Mapping[str, Role] = {
    **{fold(role_text(role)): role for role in Role},
    "guardian": Role.LEGAL_GUARDIAN,
    "power of attorney": Role.HEALTHCARE_PROXY,
    "healthcare proxy": Role.HEALTHCARE_PROXY,
    "health care proxy": Role.HEALTHCARE_PROXY,
    "guarantor": Role.PAYER,
}


def _words() -> dict[str, Label]:
    words = {fold(say(f"kinship.{kinship}")): Label(kinship=kinship) for kinship in CODE_OF_KINSHIP}
    return words | {fold(say(f"word.{word}")): Label.of_word(word) for word in Word}


_LABEL_OF_TEXT: Mapping[str, Label] = _words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the relationships of a resource mean; None and empty where they do not say."""

    label: Label | None = None
    roles: tuple[Role, ...] = ()
    is_emergency: bool = False


def meaning_of(concepts: Iterable[tuple[Sequence[Code], str]]) -> Meaning:
    """Return what a list of coded concepts means, each given by its codes and its text.

    Our own code counts before HL7's, a narrow one before a vague one; a text counts where no code is known,
    and in the words of whoever wrote it where it is not one of ours.
    """
    labels: list[Label] = []
    texts: list[str] = []
    roles: list[Role] = []
    is_emergency = False
    for codes, text in concepts:
        if (KINSHIP, Kinship.OTHER.value) in codes and tidy(text):
            labels.append(Label.in_own_words(text))
            continue
        found_roles = [_ROLE_OF_CODE[code] for code in codes if code in _ROLE_OF_CODE]
        is_call = any(code in _EMERGENCY_CODES for code in codes)
        ours = [code for code in codes if code[0] == KINSHIP]
        meant = [LABEL_OF_CODE[code] for code in ours or codes if code in LABEL_OF_CODE]
        if not (found_roles or is_call or meant or _OF_NO_USE.intersection(codes)):
            role = _ROLE_OF_TEXT.get(fold(text))
            found_roles = [role] if role else []
            is_call = fold(text) in _EMERGENCY_TEXTS
            texts += [] if role or is_call else [text]
        labels += meant
        roles += found_roles
        is_emergency = is_emergency or is_call
    return Meaning(
        label=_narrowest(labels) or _in_words(texts),
        roles=tuple(dict.fromkeys(roles)),
        is_emergency=is_emergency,
    )


_OF_NO_USE = frozenset((CONTACT_ROLE, code) for code in ("CP", "E", "F", "I", "S", "U", "O", "PR"))
"""A contact person in general, an employer, an agency, an insurer, unknown: nothing that we note."""


def codings_of_label(label: Label) -> list[dict[str, str]]:
    """Return the codings of a relationship: HL7's where there is one, and ours."""
    ours = {"system": KINSHIP, "code": label.word.value if label.word else label.kinship.value}
    if label.kinship is Kinship.OTHER:
        return [{"system": NULL_FLAVOR, "code": "OTH", "display": "other"}, ours]
    code = CODE_OF_WORD[label.word] if label.word else CODE_OF_KINSHIP.get(label.kinship)
    return [ours] if code is None else [{"system": ROLE_CODE, "code": code}, ours]


def concepts_of(label: Label, roles: Iterable[Role], *, is_emergency: bool) -> list[dict[str, object]]:
    """Return the `relationship` of a resource: what the person is, and which roles they have."""
    concepts: list[dict[str, object]] = []
    if label.kinship is not Kinship.NOT_STATED:
        concepts.append({"coding": codings_of_label(label), "text": label_text(label)})
    for role in roles:
        system, code = CODE_OF_ROLE[role]
        concepts.append({"coding": [{"system": system, "code": code}], "text": role_text(role)})
    if is_emergency:
        system, code = EMERGENCY
        concepts.append({"coding": [{"system": system, "code": code}], "text": say("role.emergency_contact")})
    return concepts


def _narrowest(labels: Iterable[Label]) -> Label | None:
    ranked = sorted(labels, key=lambda label: (label.kinship in _VAGUE, label.word is None))
    return ranked[0] if ranked else None


def _in_words(texts: Iterable[str]) -> Label | None:
    for text in map(tidy, texts):
        known = _LABEL_OF_TEXT.get(fold(text))
        if known is not None:
            return known
        if text:
            return Label.in_own_words(text[:MAX_OWN_WORD_LENGTH])
    return None
