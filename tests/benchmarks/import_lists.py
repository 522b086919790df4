"""Made-up lists to import: clients as CSV and as FHIR, and the links and contacts between them."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.practice import FIRST_NAMES, LAST_NAMES

_RECORD_NUMBER = {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}
_ROLE_CODES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"


class Kind(StrEnum):
    """What is imported."""

    CLIENTS = "clients"
    """A list of clients as CSV."""
    FHIR = "fhir"
    """As many Patients, one a line."""
    FAMILIES = "families"
    """A list of links and contacts between clients who are here already, as CSV."""
    RELATED = "related"
    """The same as RelatedPersons, each with the Patient, half of the lines either."""


class _Made(NamedTuple):
    own_id: str
    first: str
    last: str
    born: date
    email: str
    mobile: str
    home: str


def write_clients(path: Path, rows: int, *, salt: str = "") -> None:
    """Write a list of clients as a practice has it."""
    with path.open("w") as file:
        file.write(
            "MRN,First Name,Last Name,Preferred Name,Date of Birth,Email,Mobile Phone,Home Phone,Status\n"
        )
        for made in _made(rows, salt):
            who = f"{made.own_id},{made.first},{made.last},,{made.born}"
            file.write(f"{who},{made.email},{made.mobile},{made.home},active\n")


def write_patients(path: Path, rows: int, *, salt: str = "") -> None:
    """Write Patients as a bulk export has them."""
    with path.open("w") as file:
        for made in _made(rows, salt):
            file.write(f"{json.dumps(_patient(made))}\n")


def write_families(path: Path, rows: int, *, salt: str = "") -> None:
    """Write a link or a contact of each client: two of three rows are contacts."""
    with path.open("w") as file:
        file.write("client,related client,relationship,first name,last name,phone,emergency contact\n")
        for number, made in enumerate(_made(rows, salt)):
            if number % 3 == 0:
                file.write(f"{made.own_id},M-{(number + 1) % rows},sibling,,,,\n")
            else:
                file.write(f"{made.own_id},,mother,{made.first}a,{made.last},{made.mobile},yes\n")


def write_related(path: Path, rows: int, *, salt: str = "") -> None:
    """Write Patients, each with a RelatedPerson behind."""
    with path.open("w") as file:
        for made in _made(rows // 2, salt):
            file.write(f"{json.dumps(_patient(made))}\n{json.dumps(_related(made))}\n")


WRITERS = {
    Kind.CLIENTS: write_clients,
    Kind.FHIR: write_patients,
    Kind.FAMILIES: write_families,
    Kind.RELATED: write_related,
}


def _made(rows: int, salt: str) -> Iterator[_Made]:
    for number in range(rows):
        first = FIRST_NAMES[number % len(FIRST_NAMES)]
        last = f"{LAST_NAMES[number // 16 % len(LAST_NAMES)]}{LAST_NAMES[number // 400 % 25].lower()}"
        yield _Made(
            own_id=f"M-{number}",
            first=f"{first}{salt}",
            last=last,
            born=date(1950, 1, 1) + timedelta(days=number * 7 % 25_000),
            email=f"{first}.{last}.{number}@example.org".lower(),
            mobile=f"(212) {200 + number // 10_000 % 800}-{number % 10_000:04d}",
            home=f"646-555-{number % 10_000:04d}" if number % 2 else "",
        )


def _patient(made: _Made) -> dict[str, object]:
    phones = [
        {"system": "phone", "value": number, "use": use}
        for number, use in ((made.mobile, "mobile"), (made.home, "home"))
        if number
    ]
    return {
        "resourceType": "Patient",
        "id": made.own_id,
        "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
        "identifier": [
            {
                "use": "usual",
                "type": {"coding": [_RECORD_NUMBER]},
                "system": "urn:oid:1.2.36.146.595.217.0.1",
                "value": made.own_id,
            }
        ],
        "active": True,
        "name": [{"use": "official", "family": made.last, "given": [made.first]}],
        "telecom": [*phones, {"system": "email", "value": made.email}],
        "gender": "unknown",
        "birthDate": made.born.isoformat(),
        "address": [{"use": "home", "line": ["1 Main Street"], "city": "Springfield", "state": "NY"}],
    }


def _related(made: _Made) -> dict[str, object]:
    return {
        "resourceType": "RelatedPerson",
        "id": f"r-{made.own_id}",
        "active": True,
        "patient": {"reference": f"Patient/{made.own_id}"},
        "relationship": [{"coding": [{"system": _ROLE_CODES, "code": "MTH"}]}],
        "name": [{"family": made.last, "given": [f"{made.first}a"]}],
        "telecom": [{"system": "phone", "value": made.mobile, "use": "mobile"}],
    }
