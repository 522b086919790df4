"""A FHIR RelatedPerson as a contact of their patient, or as a link where they are a client too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fhir.resources.R4B.extension import Extension
from fhir.resources.R4B.relatedperson import RelatedPerson

from bot.adapters.roster import fhir_names
from bot.adapters.roster.fhir_values import (
    day_of,
    email_of,
    extension_of,
    extensions_of,
    key_of,
    meaning_of_concepts,
    names_of,
    names_of_identifiers,
    phones_of,
    relative_reference,
    text_of,
    whole_day,
)
from bot.domain.person import PersonDetails
from bot.domain.relationship import RelationKind
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import NOT_SHARED, Basis, Category, SharingChoice
from bot.services.roster.rows import LAST_PLACE, Place, RelatedSide, RelationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRelated:
    """A row, and the name that both halves of a link have in our own export."""

    row: RelationRow
    link: str


def read_related(related: RelatedPerson, place: Place, original: Mapping[str, str]) -> ReadRelated:
    """Return the row of a RelatedPerson.

    Everybody may be a client too: by our own reference, by the very identifier that is a Patient's own id, or
    because a Patient links to this resource; never by a name. Whoever is not is a contact.

    Raises:
        ValueError: something in an extension of ours is not ours.
    """
    extensions = related.extension
    client = _reference(extension_of(extensions, fhir_names.CLIENT))
    names = names_of(related.name)
    phones, _ = phones_of(related.telecom)
    spoken = related.communication or ()
    details = PersonDetails(
        first_name=names.first,
        last_name=names.last,
        email=email_of(related.telecom),
        phones=phones,
        language=next((each.language.text for each in spoken if each.language.text), ""),
    )
    period = related.period
    last_day = day_of(extensions, fhir_names.LAST_DAY)
    ends_on = last_day or (whole_day(period.end) if period is not None else None)
    row = RelationRow(
        place=place,
        kind=RelationKind.LINKED_CLIENT,
        client_own_id="",
        client_references=tuple(_patient(related)),
        other_references=tuple(_itself(related, client)),
        side=_side(related),
        person=None if client else details,
        person_key=_person_key(related),
        since=whole_day(period.start) if period is not None else None,
        ends_on=ends_on,
        is_ended=related.active is False and last_day is None,
        original=original,
    )
    return ReadRelated(row=row, link=text_of(extensions, fhir_names.LINK))


def pair(first: ReadRelated, second: ReadRelated) -> RelationRow:
    """Return the one row of a link whose halves our own export has side by side."""
    return replace(first.row, reverse=second.row.side)


def _patient(related: RelatedPerson) -> Iterator[str]:
    if related.patient.reference:
        yield relative_reference(related.patient.reference)
        yield related.patient.reference
    if related.patient.identifier is not None:
        yield from names_of_identifiers([related.patient.identifier])


def _itself(related: RelatedPerson, client: str) -> Iterator[str]:
    if client:
        yield relative_reference(client)
        return
    if related.id:
        yield f"RelatedPerson/{related.id}"
    yield from names_of_identifiers(related.identifier)


def _person_key(related: RelatedPerson) -> str:
    """Return what the RelatedPersons of one person have in common, each with a patient of their own."""
    ours = text_of(related.extension, fhir_names.PERSON)
    return ours or key_of(related.identifier) or f"RelatedPerson/{related.id or ''}"


def _side(related: RelatedPerson) -> RelatedSide:
    """Return what is said of the side; what an export of our own leaves out is said not to be so."""
    is_ours = any(text_of(related.extension, url) for url in (fhir_names.LINK, fhir_names.PERSON))
    meaning = meaning_of_concepts(related.relationship)
    place = extension_of(related.extension, fhir_names.PLACE)
    no_phone = extension_of(related.extension, fhir_names.NO_PHONE)
    nothing = 0 if is_ours else None
    position = LAST_PLACE if meaning.is_emergency else nothing
    if place is not None and place.valuePositiveInt:
        position = int(place.valuePositiveInt)
    papers = {held.role: held for held in map(_role, extensions_of(related.extension, fhir_names.ROLE))}
    roles = tuple(papers.get(role, RoleHeld(role=role)) for role in meaning.roles)
    sharing = _sharing(extension_of(related.extension, fhir_names.SHARING))
    return RelatedSide(
        label=meaning.label,
        roles=roles if roles or is_ours else None,
        emergency_position=position,
        has_no_phone=bool(no_phone is not None and no_phone.valueBoolean),
        sharing=NOT_SHARED if sharing is None and is_ours else sharing,
    )


def _role(extension: Extension) -> RoleHeld:
    parts = extension.extension
    return RoleHeld(
        role=Role(text_of(parts, "role")),
        document=text_of(parts, "document"),
        valid_from=day_of(parts, "from"),
        valid_until=day_of(parts, "until"),
    )


def _sharing(extension: Extension | None) -> SharingChoice | None:
    if extension is None:
        return None
    parts: Sequence[Extension] = extension.extension or ()
    basis = text_of(parts, "basis")
    return SharingChoice(
        categories=frozenset(
            Category(str(each.valueCode)) for each in extensions_of(parts, "category") if each.valueCode
        ),
        basis=Basis(basis) if basis else None,
        expires_on=day_of(parts, "expires"),
    )


def _reference(extension: Extension | None) -> str:
    found = extension.valueReference if extension is not None else None
    return "" if found is None else str(found.reference or "")
