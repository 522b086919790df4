"""Every relationship and role has its code, both ways; HL7's older and narrower codes come in too."""

import pytest

from bot.adapters.roster.fhir_codes import CODE_OF_ROLE, LABEL_OF_CODE, concepts_of, meaning_of
from bot.adapters.roster.fhir_names import (
    CONTACT_ROLE,
    KINSHIP,
    NULL_FLAVOR,
    RELATIONSHIP,
    ROLE_CLASS,
    ROLE_CODE,
)
from bot.domain.kinship import CODE_OF_KINSHIP, CODE_OF_WORD, Kinship, Label, Word
from bot.domain.roles import Role

LABELS = [
    *(Label(kinship=kinship) for kinship in Kinship if kinship is not Kinship.OTHER),
    *(Label.of_word(word) for word in Word),
    Label.in_own_words("coach"),
    Label.in_own_words("mother"),
]
SHARED = {"EXT"}
"""An aunt or uncle and a wider relative have one code in HL7; ours beside it tells them apart."""


def codes_of(concept: dict[str, object]) -> list[tuple[str, str]]:
    coding = concept["coding"]
    assert isinstance(coding, list)
    return [(each["system"], each["code"]) for each in coding]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.own_words or label.word or label.kinship)
def test_every_relationship_comes_back_as_it_went(label: Label) -> None:
    meaning = meaning_of(
        (codes_of(each), str(each["text"])) for each in concepts_of(label, [], is_emergency=False)
    )
    assert meaning.label == (None if label.kinship is Kinship.NOT_STATED else label)
    assert (meaning.roles, meaning.is_emergency) == ((), False)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.own_words or label.word or label.kinship)
def test_what_hl7_has_a_code_for_is_known_by_that_code_alone(label: Label) -> None:
    code = CODE_OF_WORD[label.word] if label.word else CODE_OF_KINSHIP.get(label.kinship)
    if code is None:
        return
    (concept,) = concepts_of(label, [], is_emergency=False)
    assert (ROLE_CODE, code) in codes_of(concept)
    if code not in SHARED:
        assert meaning_of([([(ROLE_CODE, code)], "")]).label == label


@pytest.mark.parametrize("role", Role)
def test_every_role_comes_back_as_it_went(role: Role) -> None:
    concepts = concepts_of(Label(), [role], is_emergency=True)
    meaning = meaning_of((codes_of(each), "") for each in concepts)
    assert (meaning.label, meaning.roles, meaning.is_emergency) == (None, (role,), True)


TABLE = {
    "PRN": Kinship.PARENT,
    "CHILD": Kinship.CHILD,
    "NPRN": Kinship.NATURAL_PARENT,
    "NCHILD": Kinship.NATURAL_CHILD,
    "ADOPTP": Kinship.ADOPTIVE_PARENT,
    "CHLDADOPT": Kinship.ADOPTED_CHILD,
    "STPPRN": Kinship.STEP_PARENT,
    "STPCHLD": Kinship.STEP_CHILD,
    "PRNFOST": Kinship.FOSTER_PARENT,
    "CHLDFOST": Kinship.FOSTER_CHILD,
    "GRPRN": Kinship.GRANDPARENT,
    "GRNDCHILD": Kinship.GRANDCHILD,
    "SIB": Kinship.SIBLING,
    "NIENEPH": Kinship.NIECE_NEPHEW,
    "COUSN": Kinship.COUSIN,
    "SPS": Kinship.SPOUSE,
    "DOMPART": Kinship.DOMESTIC_PARTNER,
    "SIGOTHR": Kinship.SIGNIFICANT_OTHER,
    "FMRSPS": Kinship.FORMER_SPOUSE,
    "PRNINLAW": Kinship.PARENT_IN_LAW,
    "CHLDINLAW": Kinship.CHILD_IN_LAW,
    "SIBINLAW": Kinship.SIBLING_IN_LAW,
    "FAMMEMB": Kinship.OTHER_FAMILY,
    "EXT": Kinship.OTHER_FAMILY,
    "FRND": Kinship.FRIEND,
    "NBOR": Kinship.NEIGHBOR,
    "ROOM": Kinship.ROOMMATE,
    "DAUADOPT": Kinship.ADOPTED_CHILD,
    "GRNDSON": Kinship.GRANDCHILD,
    "SISINLAW": Kinship.SIBLING_IN_LAW,
}


@pytest.mark.parametrize(("code", "kinship"), TABLE.items())
def test_hl7s_codes_are_understood(code: str, kinship: Kinship) -> None:
    assert meaning_of([([(ROLE_CODE, code)], "whatever")]).label == Label(kinship=kinship)


WORDS = {"MTH": Word.MOTHER, "HSIS": Word.HALF_SIBLING, "MAUNT": Word.AUNT, "PGRFTH": Word.GRANDFATHER}


@pytest.mark.parametrize(("code", "word"), WORDS.items())
def test_hl7s_gendered_codes_are_words(code: str, word: Word) -> None:
    assert meaning_of([([(ROLE_CODE, code)], "")]).label == Label.of_word(word)


ROLES = {
    (ROLE_CODE, "GUARD"): Role.LEGAL_GUARDIAN,
    (ROLE_CODE, "GUADLTM"): Role.GUARDIAN_AD_LITEM,
    (ROLE_CODE, "HPOWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "POWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "DPOWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CODE, "SPOWATT"): Role.HEALTHCARE_PROXY,
    (ROLE_CLASS, "CAREGIVER"): Role.CAREGIVER,
    (CONTACT_ROLE, "N"): Role.NEXT_OF_KIN,
    (ROLE_CLASS, "NOK"): Role.NEXT_OF_KIN,
    (CONTACT_ROLE, "BP"): Role.PAYER,
    (ROLE_CODE, "BILL"): Role.PAYER,
    (RELATIONSHIP, "GRD"): Role.LEGAL_GUARDIAN,
}


@pytest.mark.parametrize(("code", "role"), ROLES.items())
def test_hl7s_roles_are_roles_and_no_relationship(code: tuple[str, str], role: Role) -> None:
    meaning = meaning_of([([code], "Guardian")])
    assert (meaning.label, meaning.roles, meaning.is_emergency) == (None, (role,), False)


@pytest.mark.parametrize("code", [(CONTACT_ROLE, "C"), (CONTACT_ROLE, "EP"), (ROLE_CLASS, "ECON")])
def test_emergency_contacts_are_known(code: tuple[str, str]) -> None:
    meaning = meaning_of([([code], "Emergency Contact")])
    assert (meaning.label, meaning.roles, meaning.is_emergency) == (None, (), True)


@pytest.mark.parametrize("code", ["CP", "E", "I", "F", "S", "U"])
def test_a_contact_in_general_says_nothing(code: str) -> None:
    meaning = meaning_of([([(CONTACT_ROLE, code)], "Contact person")])
    assert (meaning.label, meaning.roles, meaning.is_emergency) == (None, (), False)


def test_the_narrow_counts_before_the_vague() -> None:
    family = [(ROLE_CODE, "FAMMEMB")], ""
    parent = [(ROLE_CODE, "PRN")], ""
    mother = [(ROLE_CODE, "MTH"), (ROLE_CODE, "PRN")], ""
    assert meaning_of([family, parent, mother]).label == Label.of_word(Word.MOTHER)
    assert meaning_of([family, parent]).label == Label(kinship=Kinship.PARENT)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Mother", Label.of_word(Word.MOTHER)),
        ("STEP-FATHER", Label.of_word(Word.STEP_FATHER)),
        ("Case worker at the school", Label.in_own_words("Case worker at the school")),
        ("x" * 70, Label.in_own_words("x" * 60)),
        ("  ", None),
    ],
)
def test_without_a_code_the_text_counts(text: str, label: Label | None) -> None:
    assert meaning_of([([("http://hospital.example.org/codes", "7")], text)]).label == label


def test_texts_of_roles_are_roles() -> None:
    meaning = meaning_of([([], "Legal Guardian"), ([], "Emergency contact"), ([], "Guarantor")])
    assert meaning.roles == (Role.LEGAL_GUARDIAN, Role.PAYER)
    assert (meaning.label, meaning.is_emergency) == (None, True)


def test_every_kind_and_word_has_a_code_of_ours_and_other_is_hl7s_too() -> None:
    ours = {code for system, code in LABEL_OF_CODE if system == KINSHIP}
    assert ours == {*Kinship, *Word} - {Kinship.OTHER}
    (concept,) = concepts_of(Label.in_own_words("coach"), [], is_emergency=False)
    assert codes_of(concept) == [(NULL_FLAVOR, "OTH"), (KINSHIP, "other")]
    assert set(CODE_OF_ROLE) == set(Role)
