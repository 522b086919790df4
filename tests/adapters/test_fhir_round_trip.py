"""What goes out as FHIR comes in as the same families, and is FHIR by the models of `fhir.resources`."""

import io
import json
from collections.abc import Iterable

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.relatedperson import RelatedPerson

from bot.adapters.roster.fhir_reading import read_fhir
from bot.adapters.roster.fhir_writing import Resource, resources_of
from bot.services.roster.reading import ReadingChoices
from tests.services.exchanged_families import families_of, seen, take_in, with_many_plans
from tests.services.practice import Practice

VALID = {"Patient": Patient.model_validate, "RelatedPerson": RelatedPerson.model_validate}


def file_of(resources: Iterable[Resource]) -> io.BufferedReader:
    lines = "".join(f"{json.dumps(each)}\n" for each in resources)
    return io.BufferedReader(io.BytesIO(lines.encode()))


def check(resource: Resource) -> None:
    """Check what FHIR, US Core and the meaning of `Patient.link` ask for."""
    VALID[str(resource["resourceType"])](resource)
    assert "link" not in resource
    if resource["resourceType"] == "RelatedPerson":
        assert resource.get("name") or resource.get("relationship")
        assert isinstance(resource["active"], bool)


def test_what_goes_out_as_fhir_comes_in_as_the_same_families(database_url: str) -> None:
    with_many_plans(database_url, exchange)


async def exchange(old: Practice, new: Practice) -> None:
    resources = [each for family in await families_of(old) for each in resources_of(family)]
    for each in resources:
        check(each)
    entries = [{"resource": each} for each in resources]
    Bundle.model_validate({"resourceType": "Bundle", "type": "collection", "entry": entries})
    for _ in range(2):
        await take_in(new, read_fhir(file_of(resources), "all.ndjson", ReadingChoices()))
        assert await seen(new) == await seen(old)
