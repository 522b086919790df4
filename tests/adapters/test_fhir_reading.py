"""Patients and relatives as systems of all kinds write them, and files without end."""

import io
import json
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.roster.fhir_names import CLIENT, LAST_DAY, LINK, ROLE, SHARING
from bot.adapters.roster.fhir_reading import read_fhir
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.phone import Phone, PhoneLabel
from bot.services.roster.reading import BadRow, FileNotice, FileShape, Read, ReadingChoices
from bot.services.roster.rows import LAST_PLACE, ClientRow, RelationRow

Json = dict[str, Any]
PATIENT: Json = {"resourceType": "Patient", "id": "p1", "name": [{"family": "Quill"}]}
RELATED: Json = {
    "resourceType": "RelatedPerson",
    "id": "r1",
    "patient": {"reference": "Patient/p1"},
    "name": [{"family": "Vega"}],
}


def read(*resources: Json) -> list[Read]:
    text = "".join(f"{json.dumps(each)}\n" for each in resources)
    shape, *found = read_fhir(io.BufferedReader(io.BytesIO(text.encode())), "a.ndjson", ReadingChoices())
    assert isinstance(shape, FileShape)
    return found


def patient(**elements: object) -> ClientRow:
    row = read({**PATIENT, **elements})[0]
    assert isinstance(row, ClientRow)
    return row


def related(**elements: object) -> RelationRow:
    (row,) = read({**RELATED, **elements})
    assert isinstance(row, RelationRow)
    return row


NAMES: list[tuple[list[Json], tuple[str, str, str]]] = [
    ([{"family": "Quill", "given": ["Ada", "May"]}], ("Ada May", "Quill", "")),
    ([{"text": "Ada May Quill"}], ("Ada May", "Quill", "")),
    ([{"use": "usual", "given": ["Addie"], "family": "Quill"}], ("Addie", "Quill", "")),
    (
        [{"use": "nickname", "given": ["Addie"]}, {"use": "official", "given": ["Ada"], "family": "Quill"}],
        ("Ada", "Quill", "Addie"),
    ),
    ([{"use": "maiden", "family": "Old"}, {"family": "New", "given": ["Ada"]}], ("Ada", "New", "")),
    ([{"use": "old", "family": "Old"}], ("", "Old", "")),
    (
        [{"family": "Past", "period": {"end": "2001-01-01"}}, {"family": "Now"}],
        ("", "Now", ""),
    ),
]


@pytest.mark.parametrize(("names", "expected"), NAMES)
def test_names(names: list[Json], expected: tuple[str, str, str]) -> None:
    details = patient(name=names).details
    assert (details.first_name, details.last_name, details.preferred_name) == expected


def test_how_to_reach_somebody() -> None:
    row = patient(
        telecom=[
            {"system": "phone", "value": "1", "use": "old"},
            {"system": "phone", "value": "2", "use": "home"},
            {"system": "sms", "value": "3", "rank": 1},
            {"system": "pager", "value": "4"},
            {"system": "phone", "value": "5", "use": "work", "period": {"end": "2001-01-01"}},
            {"system": "email", "value": "b@example.com", "rank": 2},
            {"system": "email", "value": "a@example.com", "rank": 1},
            {"system": "phone"},
        ]
    )
    assert row.details.phones == (Phone(number="3"), Phone(number="2", label=PhoneLabel.HOME))
    assert (row.details.email, row.unlabelled) == ("a@example.com", frozenset({"3"}))


def test_six_numbers_are_not_too_many() -> None:
    points = [{"system": "phone", "value": str(number)} for number in range(6)]
    assert len(patient(telecom=points).details.phones) == 5


MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
SSN = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "SS"}]}
IDENTIFIERS: list[tuple[list[Json], str]] = [
    ([{"value": "1"}], "1"),
    ([{"system": "a", "value": "1"}, {"system": "b", "value": "2", "type": MR}], "2"),
    ([{"system": "a", "value": "1", "use": "secondary"}, {"system": "a", "value": "2", "use": "usual"}], "2"),
    ([{"system": "a", "value": "1", "use": "old", "type": MR}], ""),
    ([{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "1"}], ""),
    ([{"system": "urn:oid:2.16.840.1.113883.4.1", "value": "1"}], ""),
    ([{"system": "x", "value": "1", "type": SSN}], ""),
    ([{"system": "x", "value": "1", "type": MR, "period": {"end": "2001-01-01"}}], ""),
]


@pytest.mark.parametrize(("identifiers", "own_id"), IDENTIFIERS)
def test_the_own_id_is_the_practices_and_never_a_number_of_the_state(
    identifiers: list[Json], own_id: str
) -> None:
    row = patient(identifier=identifiers)
    assert row.details.own_id == own_id
    assert all(reference.partition("|")[2] in ("", own_id) for reference in row.references)


STATUSES: list[tuple[Json, ClientStatus, str]] = [
    ({}, ClientStatus.ACTIVE, ""),
    ({"active": False}, ClientStatus.ARCHIVED, ""),
    ({"active": True, "deceasedBoolean": True}, ClientStatus.DECEASED, ""),
    ({"active": False, "deceasedDateTime": "2020-03-04"}, ClientStatus.DECEASED, "2020-03-04"),
    ({"deceasedDateTime": "2020-03"}, ClientStatus.DECEASED, ""),
    ({"deceasedBoolean": False}, ClientStatus.ACTIVE, ""),
]


@pytest.mark.parametrize(("elements", "status", "died"), STATUSES)
def test_where_somebody_stands(elements: Json, status: ClientStatus, died: str) -> None:
    details = patient(**elements).details
    assert (details.status, str(details.deceased_on or "")) == (status, died)


def test_a_birth_date_known_in_part_leaves_the_known_one_alone() -> None:
    row, notice = read({**PATIENT, "birthDate": "1980-05"})
    assert isinstance(row, ClientRow)
    assert row.details == ClientDetails(last_name="Quill")
    assert Field.BIRTH_DATE not in row.stated
    assert Field.BIRTH_DATE in patient(birthDate="1980-05-06").stated
    assert notice == FileNotice(file="a.ndjson", key="fhir.birth_date_in_part", values={"count": 1})


@pytest.mark.parametrize(
    "reference",
    ["Patient/p1", "https://a.example.org/fhir/Patient/p1", "https://a.example.org/Patient/p1/_history/2"],
)
def test_a_patient_is_meant_by_any_reference(reference: str) -> None:
    row = related(patient={"reference": reference})
    assert row.client_references[0] == "Patient/p1"


def test_a_patient_is_meant_by_an_identifier_within_its_system() -> None:
    row = related(patient={"identifier": {"system": "urn:a", "value": "7"}})
    assert row.client_references == ("urn:a|7",)
    assert "urn:a|7" in patient(identifier=[{"system": "urn:a", "value": "7"}]).references


def test_a_relative_who_is_a_patient_is_meant_by_link_or_identifier_and_never_by_name() -> None:
    other = {"other": {"reference": "RelatedPerson/r1"}, "type": "seealso"}
    same = {"other": {"reference": "Patient/p9"}, "type": "replaces"}
    assert patient(link=[other, same]).references == ("Patient/p1", "RelatedPerson/r1")
    row = related(identifier=[{"system": "urn:a", "value": "7"}, {"system": "us-ssn", "value": "1"}])
    assert row.other_references == ("RelatedPerson/r1", "urn:a|7")
    assert row.other_own_id == ""


def test_one_person_with_two_patients_has_one_key_that_nobody_can_read() -> None:
    identifier = [{"system": "us-ssn", "value": "900-00-0001"}]
    one = related(identifier=identifier).person_key
    assert one == related(id="r2", identifier=identifier).person_key
    assert "900" not in one
    assert related().person_key == "RelatedPerson/r1"


def test_since_when_and_until_when() -> None:
    row = related(period={"start": "2020-01-02T10:00:00Z", "end": "2021-03"}, active=False)
    assert (str(row.since), row.ends_on, row.is_ended) == ("2020-01-02", None, True)
    row = related(period={"end": "2021-03-04"})
    assert (row.since, str(row.ends_on), row.is_ended) == (None, "2021-03-04", False)


def test_contacts_of_a_patient() -> None:
    emergency = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0131", "code": "C"}]}
    _, row = read(
        {
            **PATIENT,
            "contact": [
                {"name": {"family": "Vega"}, "relationship": [emergency], "period": {"start": "2020-01-01"}},
                {"organization": {"display": "Harbor Ferries"}},
            ],
        }
    )
    assert isinstance(row, RelationRow)
    assert row.person is not None
    assert (row.person.last_name, row.side.emergency_position) == ("Vega", LAST_PLACE)
    assert (row.client_references, str(row.since)) == (("Patient/p1",), "2020-01-01")


@pytest.mark.parametrize(
    ("resource", "column"),
    [
        ({**PATIENT, "nmae": []}, "Patient.nmae"),
        ({**PATIENT, "telecom": [{"rank": 0}]}, "Patient.telecom.0.rank"),
        ({**RELATED, "patient": None}, "RelatedPerson.patient"),
        ({**PATIENT, "deceasedBoolean": True, "deceasedDateTime": "2020-01-01"}, "Patient"),
    ],
)
def test_what_is_not_valid_is_told_with_its_path(resource: Json, column: str) -> None:
    (row,) = read(resource)
    assert isinstance(row, BadRow)
    assert row.row is None
    assert row.errors[0].column == column
    assert row.errors[0].key == "fhir.invalid"
    assert json.loads(row.errors[0].original["resource"]) == resource


@pytest.mark.parametrize("bad", ["{", "[]", "null", "7", '"a"', '{"a":' * 3000])
def test_a_line_that_is_no_resource_costs_one_line(bad: str) -> None:
    text = f"{json.dumps(PATIENT)}\n{bad}\n\n{json.dumps(PATIENT)}\r\n"
    _, *found = read_fhir(io.BufferedReader(io.BytesIO(text.encode())), "a.ndjson", ReadingChoices())
    assert [type(each) for each in found] == [ClientRow, BadRow, ClientRow]
    assert isinstance(found[1], BadRow)
    assert (found[1].errors[0].place.line, found[1].errors[0].key) == (2, "fhir.not_json")


def test_half_a_letter_costs_one_resource_and_can_be_corrected() -> None:
    halved, whole = read(
        {"resourceType": "Patient", "name": [{"family": "\ud83d"}]},
        {"resourceType": "Patient", "name": [{"family": "\U0001f600"}]},
    )
    assert isinstance(halved, BadRow)
    assert [error.key for error in halved.errors] == ["fhir.letters"]
    assert "\\ud83d" in halved.errors[0].original["resource"]
    assert isinstance(whole, ClientRow)


def test_a_bad_first_line_is_one_line_too() -> None:
    text = f'{{"resourceType":"Patient",}}\n{json.dumps(PATIENT)}\n'
    _, *found = read_fhir(io.BufferedReader(io.BytesIO(text.encode())), "a.ndjson", ReadingChoices())
    assert [type(each) for each in found] == [BadRow, ClientRow]


class Endless(io.RawIOBase):
    """A Bundle on one line that never ends, and that nobody can hold in memory."""

    def __init__(self, piece: str) -> None:
        self._piece = piece.encode()
        self._rest = b'{"resourceType":"Bundle","entry":['

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever memory is given
        while len(self._rest) < len(buffer):
            self._rest += self._piece
        buffer[:] = self._rest[: len(buffer)]
        self._rest = self._rest[len(buffer) :]
        return len(buffer)


@pytest.mark.parametrize("parting", ["", "\n"])
def test_a_bundle_is_read_as_it_comes(parting: str) -> None:
    entry = json.dumps({"resource": PATIENT})
    endless = io.BufferedReader(Endless(f"{entry},{parting}"))
    found = list(islice(read_fhir(endless, "a.json", ReadingChoices()), 500))
    assert len([each for each in found if isinstance(each, ClientRow)]) == 499


HOSPITAL = Path(__file__).parents[1] / "data" / "hospital"
RESOURCES = [
    json.loads(line)
    for path in sorted(HOSPITAL.glob("*.ndjson"))
    for line in path.read_text("utf-8").splitlines()
    if line.endswith("}")
]
OURS = [
    {"url": LINK, "valueReference": {}},
    {"url": CLIENT, "valueString": "x"},
    {"url": ROLE, "extension": [{"url": "role", "valueCode": "captain"}]},
    {"url": SHARING, "extension": [{"url": "category", "valueCode": "newsletters"}]},
    {"url": LAST_DAY, "valueDate": "2020"},
]


def spoilt(value: object, chance: Random) -> object:
    """Return a value with parts left out, or with something else in their place."""
    if isinstance(value, dict):
        kept = {name: spoilt(each, chance) for name, each in value.items() if chance.random() > 0.03}
        return kept if chance.random() > 0.03 else {**kept, "extension": [chance.choice(OURS)]}
    if isinstance(value, list):
        return [spoilt(each, chance) for each in value] + ([None] if chance.random() < 0.02 else [])
    return chance.choice([None, 1, "x", [], {}, ""]) if chance.random() < 0.03 else value


@settings(max_examples=150, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_wrong_with_a_resource_the_next_one_comes_in(chance: Random) -> None:
    spoilt_one = spoilt(chance.choice(RESOURCES), chance)
    assert isinstance(spoilt_one, dict)
    *_, last = [each for each in read(spoilt_one, PATIENT) if not isinstance(each, FileNotice)]
    assert isinstance(last, ClientRow)
    assert last.details.last_name == "Quill"


@pytest.mark.parametrize(("relation", "told"), [("next", ["fhir.page"]), ("self", [])])
def test_one_page_of_several_is_called_so(relation: str, told: list[str]) -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "link": [{"relation": relation, "url": "https://fhir.example.org/Patient?page=2"}],
        "entry": [{"resource": {**PATIENT, "link": [{"relation": "next"}]}}],
    }
    for indent in (None, 2):
        file = io.BufferedReader(io.BytesIO(json.dumps(bundle, indent=indent).encode()))
        found = [*read_fhir(file, "a.json", ReadingChoices())]
        assert [each.key for each in found if isinstance(each, FileNotice)] == told
