"""Families as FHIR R4: a Patient for each client, a RelatedPerson for each relative, as US Core wants them.

A link is two RelatedPersons, one for each of the two Patients, and never a `Patient.link`, which says that
two resources are about one individual. What FHIR has no place for stands in extensions of our own.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.adapters.roster import fhir_names
from bot.adapters.roster.fhir_codes import concepts_of
from bot.domain.client import Client, ClientStatus
from bot.domain.ids import ClientId
from bot.domain.person import Person
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact, Relation, Side
from bot.domain.roles import RoleHeld
from bot.domain.sharing import Sharing
from bot.services.roster.exporting import ExportedFamily, ExportedMember

Resource = dict[str, object]


def resources_of(family: ExportedFamily) -> Iterator[Resource]:
    """Yield the Patient of a client, and a RelatedPerson for each half of a relation that is told here."""
    yield _patient(family)
    for member in family.members:
        if member.is_first_half:
            yield _related_person(member, family.client.id, member.side, member.related)
            if member.reverse is not None and isinstance(member.related, Client):
                yield _related_person(member, member.related.id, member.reverse, family.client)


def _patient(family: ExportedFamily) -> Resource:
    client, details = family.client, family.client.details
    resource: Resource = {"resourceType": "Patient", "id": client.id}
    if details.own_id:
        resource["identifier"] = [_identifier(client)]
    resource["active"] = details.status is not ClientStatus.ARCHIVED
    resource["name"] = _names(client)
    resource |= _filled(telecom=_telecom(client.phones, client.email))
    resource |= _filled(birthDate=_day(details.birth_date))
    if details.status is ClientStatus.DECEASED:
        died = _day(details.deceased_on)
        resource |= {"deceasedDateTime": died} if died else {"deceasedBoolean": True}
    # Whoever is no relative any more is not somebody to call.
    called = [each for each in family.members if isinstance(each.related, Person) and not each.has_ended]
    return resource | _filled(contact=[_contact(each) for each in called])


def _contact(member: ExportedMember) -> Resource:
    """Return an element of `Patient.contact`, which every system shows; it refers to the RelatedPerson."""
    person = member.related
    (name, *_) = _names(person)
    reference = {"reference": f"RelatedPerson/{_id(member.relation, member.side.client_id)}"}
    return {
        "extension": [{"url": fhir_names.RELATED_PERSON, "valueReference": reference}],
        **_filled(relationship=_concepts(member.side)),
        "name": name,
        **_filled(telecom=_telecom(person.phones, person.email)),
        **_filled(period=_period(member)),
    }


def _related_person(
    member: ExportedMember, patient_id: ClientId, side: Side, related: Client | Person
) -> Resource:
    relation = member.relation
    resource: Resource = {
        "resourceType": "RelatedPerson",
        "id": _id(relation, patient_id),
        "extension": _extensions(member, side, related),
    }
    if isinstance(related, Client) and related.details.own_id:
        resource["identifier"] = [_identifier(related)]
    resource["active"] = not member.has_ended
    resource["patient"] = {"reference": f"Patient/{patient_id}"}
    resource |= _filled(relationship=_concepts(side))
    resource["name"] = _names(related)
    resource |= _filled(telecom=_telecom(related.phones, related.email))
    if isinstance(related, Client):
        resource |= _filled(birthDate=_day(related.details.birth_date))
    resource |= _filled(period=_period(member))
    if isinstance(related, Person) and related.details.language:
        resource["communication"] = [{"language": {"text": related.details.language}}]
    return resource


def _extensions(member: ExportedMember, side: Side, related: Client | Person) -> list[Resource]:
    relation = member.relation
    found: list[Resource]
    if isinstance(related, Client):
        reference = {"reference": f"Patient/{related.id}"}
        found = [
            {"url": fhir_names.CLIENT, "valueReference": reference},
            {"url": fhir_names.LINK, "valueString": relation.id},
        ]
    else:
        found = [{"url": fhir_names.PERSON, "valueString": related.id}]
    if relation.removal is None and relation.ends_on is not None:
        found.append({"url": fhir_names.LAST_DAY, "valueDate": relation.ends_on.isoformat()})
    if side.emergency_position is not None:
        found.append({"url": fhir_names.PLACE, "valuePositiveInt": side.emergency_position})
        if not related.phones:
            found.append({"url": fhir_names.NO_PHONE, "valueBoolean": True})
    found += [_paper(held) for held in side.roles if held.document or held.valid_from or held.valid_until]
    return found if side.sharing is None else [*found, _sharing(side.sharing)]


def _paper(held: RoleHeld) -> Resource:
    parts: list[Resource] = [{"url": "role", "valueCode": held.role.value}]
    if held.document:
        parts.append({"url": "document", "valueString": held.document})
    if held.valid_from:
        parts.append({"url": "from", "valueDate": held.valid_from.isoformat()})
    if held.valid_until:
        parts.append({"url": "until", "valueDate": held.valid_until.isoformat()})
    return {"url": fhir_names.ROLE, "extension": parts}


def _sharing(sharing: Sharing) -> Resource:
    parts: list[Resource] = [
        {"url": "category", "valueCode": category.value} for category in sorted(sharing.categories)
    ]
    if sharing.basis:
        parts.append({"url": "basis", "valueCode": sharing.basis.value})
    if sharing.expires_on:
        parts.append({"url": "expires", "valueDate": sharing.expires_on.isoformat()})
    return {"url": fhir_names.SHARING, "extension": parts}


def _id(relation: Relation, patient_id: ClientId) -> str:
    """Return the id of a RelatedPerson: the relation's own, with the half of a link that it is."""
    if isinstance(relation, Contact):
        return relation.id
    return f"{relation.id}.{1 if relation.added_from == patient_id else 2}"


def _identifier(client: Client) -> Resource:
    coding = {"system": fhir_names.IDENTIFIER_TYPE, "code": "MR"}
    return {
        "use": "usual",
        "type": {"coding": [coding]},
        "system": fhir_names.OWN_ID,
        "value": client.details.own_id,
    }


def _names(person: Client | Person) -> list[Resource]:
    details = person.details
    family = _filled(family=details.last_name)
    first: Sequence[str] = [details.first_name] if details.first_name else []
    names: list[Resource] = [{"use": "official", **family, **_filled(given=first)}]
    if isinstance(person, Client) and person.details.preferred_name:
        names.append({"use": "usual", **family, "given": [person.details.preferred_name]})
    return names


def _telecom(phones: Sequence[Phone], email: str | None) -> list[Resource]:
    points = [_phone(phone, rank) for rank, phone in enumerate(phones, start=1)]
    return [*points, {"system": "email", "value": email}] if email else points


def _phone(phone: Phone, rank: int) -> Resource:
    point: Resource = {"system": "phone", "value": phone.number, "rank": rank}
    if phone.label is PhoneLabel.OTHER:
        return {"extension": [{"url": fhir_names.PHONE_LABEL, "valueCode": phone.label.value}], **point}
    return {**point, "use": phone.label.value}


def _concepts(side: Side) -> list[dict[str, object]]:
    roles = [held.role for held in side.roles]
    return concepts_of(side.label, roles, is_emergency=side.emergency_position is not None)


def _period(member: ExportedMember) -> Resource:
    relation = member.relation
    since = relation.active_from.date()
    end = relation.removal.at.date() if relation.removal is not None else relation.ends_on
    if end is not None and end < since:
        # A period that ends before it begins is none (R4, per-1).
        return {"end": end.isoformat()}
    return {"start": since.isoformat(), **_filled(end=_day(end))}


def _filled(**element: object) -> Resource:
    """Return an element, or nothing where it would be empty, which FHIR does not allow."""
    return {name: value for name, value in element.items() if value}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
