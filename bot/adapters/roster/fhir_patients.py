"""A FHIR Patient as a client, with the people in `Patient.contact` as contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fhir.resources.R4B.patient import Patient, PatientContact

from bot.adapters.roster.fhir_names import RELATED_PERSON
from bot.adapters.roster.fhir_values import (
    email_of,
    extension_of,
    meaning_of_concepts,
    names_of,
    names_of_identifiers,
    own_id_of,
    phones_of,
    relative_reference,
    whole_day,
)
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.person import PersonDetails
from bot.domain.relationship import RelationKind
from bot.domain.roles import RoleHeld
from bot.services.roster.rows import LAST_PLACE, ClientRow, Place, RelatedSide, RelationRow

Original = Mapping[str, str]

_STATED = frozenset(
    {
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.PREFERRED_NAME,
        Field.OWN_ID,
        Field.EMAIL,
        Field.PHONE,
        Field.STATUS,
        Field.DECEASED_ON,
    }
)
"""What a Patient always says, if only by leaving it out; a birth date may be known only in part."""


def client_row(
    patient: Patient, place: Place, *, full_url: str, system: str, original: Original
) -> ClientRow:
    """Return the client that a Patient is."""
    names = names_of(patient.name)
    phones, unlabelled = phones_of(patient.telecom)
    born, died = whole_day(patient.birthDate), whole_day(patient.deceasedDateTime)
    is_deceased = bool(patient.deceasedBoolean) or patient.deceasedDateTime is not None
    status = ClientStatus.ARCHIVED if patient.active is False else ClientStatus.ACTIVE
    details = ClientDetails(
        first_name=names.first,
        last_name=names.last,
        preferred_name=names.preferred,
        own_id=_own_id(patient, system),
        birth_date=born,
        email=email_of(patient.telecom),
        phones=phones,
        status=ClientStatus.DECEASED if is_deceased else status,
        deceased_on=died if is_deceased else None,
    )
    is_partly_known = patient.birthDate is not None and born is None
    return ClientRow(
        place=place,
        details=details,
        references=tuple(_references(patient, full_url, system)),
        stated=_STATED if is_partly_known else _STATED | {Field.BIRTH_DATE},
        unlabelled=unlabelled,
        original=original,
    )


def contact_rows(patient: Patient, place: Place, *, system: str, original: Original) -> Iterator[RelationRow]:
    """Yield the people of `Patient.contact`; those who are a RelatedPerson too are read there."""
    for contact in patient.contact or ():
        if contact.name is None and contact.organization is not None:
            continue
        if extension_of(contact.extension, RELATED_PERSON) is None:
            row = _contact_row(patient, contact, place, system)
            yield replace(row, original=original)


def _contact_row(patient: Patient, contact: PatientContact, place: Place, system: str) -> RelationRow:
    names = names_of([contact.name] if contact.name is not None else None)
    phones, _ = phones_of(contact.telecom)
    meaning = meaning_of_concepts(contact.relationship)
    period = contact.period
    return RelationRow(
        place=place,
        kind=RelationKind.CONTACT,
        client_own_id=_own_id(patient, system),
        client_references=(f"Patient/{patient.id}",),
        person=PersonDetails(
            first_name=names.first, last_name=names.last, email=email_of(contact.telecom), phones=phones
        ),
        side=RelatedSide(
            label=meaning.label,
            roles=tuple(RoleHeld(role=role) for role in meaning.roles) or None,
            emergency_position=LAST_PLACE if meaning.is_emergency else None,
        ),
        since=whole_day(period.start) if period is not None else None,
        ends_on=whole_day(period.end) if period is not None else None,
    )


def _own_id(patient: Patient, system: str) -> str:
    chosen = own_id_of(patient.identifier, system)
    return str(chosen.value) if chosen is not None else ""


def _references(patient: Patient, full_url: str, system: str) -> Iterator[str]:
    if patient.id:
        yield f"Patient/{patient.id}"
    if full_url:
        yield full_url
    chosen = own_id_of(patient.identifier, system)
    if chosen is not None:
        yield from names_of_identifiers([chosen])
    for link in patient.link or ():
        # They say that another resource is about the same person: so whoever relates to it relates to them.
        reference = link.other.reference
        if link.type == "seealso" and reference and "RelatedPerson/" in reference:
            yield relative_reference(reference)
