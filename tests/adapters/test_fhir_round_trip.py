"""What goes out as FHIR comes in as the same families, and is FHIR by the models of `fhir.resources`."""

import asyncio
import io
import json
from collections.abc import Iterable

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.relatedperson import RelatedPerson
from hypothesis import HealthCheck, Phase, given, settings

from bot.adapters.roster.fhir_reading import read_fhir
from bot.adapters.roster.fhir_writing import Resource, resources_of
from bot.services.roster.reading import ReadingChoices
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from tests.services.bench import Bench
from tests.services.exchanged_families import Plan, families_of, furnish, plans, seen, take_in

EXAMPLES = {Engine.SQLITE: 15, Engine.POSTGRESQL: 4}
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
    engine = DatabaseAddress.parse(database_url).engine
    with asyncio.Runner() as runner:
        database = Database.open(database_url)
        bench = Bench(runner, database)

        @settings(
            max_examples=EXAMPLES[engine],
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # A plan takes minutes to shrink, and can be read as it was drawn.
            phases=(Phase.reuse, Phase.generate),
        )
        @given(plan=plans)
        def comes_in_as_it_went_out(plan: Plan) -> None:
            runner.run(exchange(bench, plan))

        try:
            comes_in_as_it_went_out()
        finally:
            runner.run(database.close())


async def exchange(bench: Bench, plan: Plan) -> None:
    old, new = await bench.new_practice(), await bench.new_practice()
    await furnish(old, plan)
    resources = [each for family in await families_of(old) for each in resources_of(family)]
    for each in resources:
        check(each)
    Bundle.model_validate(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}
    )
    await take_in(new, read_fhir(file_of(resources), "all.ndjson", ReadingChoices()))
    assert await seen(new) == await seen(old)
    before = await seen(new)
    again = read_fhir(file_of(resources), "all.ndjson", ReadingChoices())
    await take_in(new, again)
    assert await seen(new) == before
