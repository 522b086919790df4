"""Reading clients and their relatives from FHIR R4: Patient and RelatedPerson, as systems export them.

Each resource is validated by the models of `fhir.resources`; one that is not valid is told with its path, and
the others come in.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.relatedperson import RelatedPerson
from pydantic import ValidationError

from bot.adapters.roster.encodings import HEAD_BYTES, is_damaged, mended
from bot.adapters.roster.fhir_patients import client_row, contact_rows
from bot.adapters.roster.fhir_related import ReadRelated, pair, read_related
from bot.adapters.roster.fhir_resources import (
    BrokenOff,
    Found,
    Json,
    is_page,
    resources,
    without_nulls,
)
from bot.services.roster.reading import BadRow, FileNotice, FileShape, Read, ReadingChoices
from bot.services.roster.rows import Place, RowError

MOST_REASONS = 5
"""Reasons told of one resource: with more, it is of another kind altogether."""

_UNREAD = frozenset(
    (
        *("text", "meta", "contained", "address", "photo", "gender", "maritalStatus", "generalPractitioner"),
        *("managingOrganization", "multipleBirthBoolean", "multipleBirthInteger", "language"),
    )
)
"""Elements that we have no use for. They are not looked at: half of the time would go into them, and nobody
is left out because of a photograph."""

_ELEMENTS = {
    "own_id": "identifier",
    "first_name": "name.given",
    "last_name": "name.family",
    "preferred_name": "name.given",
    "email": "telecom",
    "phone": "telecom",
    "birth_date": "birthDate",
    "deceased_on": "deceasedDateTime",
    "language": "communication",
    "client": "patient",
    "relation": "identifier",
    "own_words": "relationship.text",
    "roles": "relationship",
}
"""Where in a resource the fields stand, as errors tell of them."""


def read_fhir(file: BinaryIO, name: str, choices: ReadingChoices) -> Iterator[Read]:
    """Yield the clients and relations of a file as they are read, its shape first.

    Args:
        file: opened for bytes, at its beginning.
        name: how the file is named to whoever imports.
        choices: what they say about it.

    Raises:
        UnreadableFile: there is no resource in it.
    """
    yield FileShape(file=name, headers=_ELEMENTS)
    if is_page(file.peek(HEAD_BYTES) if hasattr(file, "peek") else b""):
        yield FileNotice(file=name, key="fhir.page")
    reading = _Reading(name, choices.identifier_system)
    try:
        for found in resources(file):
            yield from reading.read(found)
    except BrokenOff as broken:
        yield from reading.rest()
        place = Place(file=name, line=broken.entries + 1, is_entry=True)
        yield RowError(place=place, column="", value="", key="fhir.broken_off")
    yield from reading.rest()
    yield from reading.notices()


class _Reading:
    """Reads the resources of one file; it holds back at most one half of a link, until the other comes."""

    def __init__(self, name: str, system: str) -> None:
        self._name = name
        self._system = system
        self._half: ReadRelated | None = None
        self._others: Counter[str] = Counter()
        self._partly_born = 0

    def read(self, found: Found) -> Iterator[Read]:
        """Yield what a resource comes to."""
        place = Place(file=self._name, line=found.place, is_entry=found.is_entry)
        resource = found.resource
        if resource is None:
            yield _bad(place, found, [("", "", "fhir.not_json", "")])
            return
        if is_damaged(found.text) or ("\\ud" in found.text.casefold() and _has_half_letters(resource)):
            yield _bad(place, found, [("", "", "fhir.letters", "")])
            return
        if "null" in found.text:
            resource = without_nulls(resource)
        kind = resource.get("resourceType")
        try:
            if kind not in ("Patient", "RelatedPerson"):
                self._others[str(kind or "?")] += 1
            elif "modifierExtension" in resource or "implicitRules" in resource:
                # FHIR has whoever does not know what these say leave the resource alone (R4, 2.4.1.1).
                yield _bad(place, found, [(str(kind), "", "fhir.modified", "")])
            elif kind == "Patient":
                read = {name: value for name, value in resource.items() if name not in _UNREAD}
                # Languages of a patient, and what extensions say of them, are not read either.
                read.pop("communication", None)
                read.pop("extension", None)
                yield from self._patient(Patient.model_validate(read), place, found)
            else:
                read = {name: value for name, value in resource.items() if name not in _UNREAD}
                yield from self._related(RelatedPerson.model_validate(read), place, found)
        except ValidationError as error:
            yield _bad(place, found, _reasons(error, str(kind)))
        except ValueError as error:
            yield _bad(place, found, [(str(kind), "", "fhir.invalid", str(error))])

    def rest(self) -> Iterator[Read]:
        """Yield the half that was held back."""
        if self._half is not None:
            yield self._half.row
            self._half = None

    def notices(self) -> Iterator[FileNotice]:
        """Yield what is to be said once about the file."""
        if self._others:
            told = ", ".join(f"{kind} ({count})" for kind, count in sorted(self._others.items()))
            yield FileNotice(file=self._name, key="fhir.left_aside", values={"kinds": told})
        if self._partly_born:
            values = {"count": self._partly_born}
            yield FileNotice(file=self._name, key="fhir.birth_date_in_part", values=values)

    def _patient(self, patient: Patient, place: Place, found: Found) -> Iterator[Read]:
        original = {"resource": found.text}
        row = client_row(patient, place, full_url=found.full_url, system=self._system, original=original)
        yield row
        self._partly_born += patient.birthDate is not None and row.details.birth_date is None
        yield from contact_rows(patient, place, system=self._system, original=original)

    def _related(self, related: RelatedPerson, place: Place, found: Found) -> Iterator[Read]:
        read = read_related(related, place, original={"resource": found.text})
        held, self._half = self._half, None
        if held is not None:
            if held.link == read.link:
                yield pair(held, read)
                return
            yield held.row
        if read.link:
            self._half = read
        else:
            yield read.row


def _has_half_letters(resource: Json) -> bool:
    """Say whether some text has half of a letter of two parts (RFC 8259, 8.2), which nobody can store."""
    return is_damaged(json.dumps(resource, ensure_ascii=False))


_PLAINLY = {
    "Date value string does not match spec regex": "this is no date as in 1984-03-31",
    "Field required": "this is missing",
    "Extra inputs are not permitted": "it has no such element",
}
"""What the models say most, in words for people."""

_Reason = tuple[str, str, str, str]
"""Path, value, key of the sentence, and what the models say."""


def _reasons(error: ValidationError, kind: str) -> list[_Reason]:
    found = []
    for each in error.errors(include_url=False, include_context=False)[:MOST_REASONS]:
        path = ".".join((kind, *map(str, each["loc"])))
        value = each["input"] if isinstance(each["input"], str | int | float | bool) else ""
        said = each["msg"].removeprefix("Value error, ").rstrip(".")
        found.append((path, str(value), "fhir.invalid", _PLAINLY.get(said, said)))
    return found


def _bad(place: Place, found: Found, reasons: Iterable[_Reason]) -> BadRow:
    return BadRow(
        errors=tuple(
            RowError(
                place=place,
                column=path,
                value=value,
                key=key,
                values={"reason": reason} if reason else {},
                original={"resource": mended(found.text)},
            )
            for path, value, key, reason in reasons
        )
    )
