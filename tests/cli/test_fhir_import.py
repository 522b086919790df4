"""`kinward clients import` of what a hospital's system gives out: bulk files of FHIR R4, invented people."""

import json
from pathlib import Path

import pytest

from bot.cli.import_sentences import SENTENCES
from bot.views.sentences import say
from tests.cli.exchange_desk import ExchangeDesk

HOSPITAL = Path(__file__).parents[1] / "data" / "hospital"
PATIENTS, RELATED = HOSPITAL / "Patient.ndjson", HOSPITAL / "RelatedPerson.ndjson"
SAID = (
    "Clients: 5 added, 0 changed, 0 as they were.\n"
    "Links and contacts: 6 added, 0 changed, 1 as they were, 1 ended ones passed over.\n"
    "Left out: 6 rows.\n"
)
MARISOL = "E4001"


def test_a_hospitals_bulk_export_comes_in(exchange_desk: ExchangeDesk) -> None:
    foreseen = exchange_desk.imports(PATIENTS, RELATED, dry=True)
    done = exchange_desk.imports(PATIENTS, RELATED)

    assert (foreseen.code, done.code) == (1, 1)
    assert foreseen.out.partition("\n")[2] == SAID
    assert done.out.startswith(SAID)
    clients = exchange_desk.clients()
    assert clients[MARISOL] == {
        "own_id": "E4001",
        "first_name": "Marisol Inês",
        "last_name": "Okonkwo",
        "preferred_name": "Mari",
        "birth_date": "1984-06-30",
        "email": "marisol.okonkwo@example.com",
        "phones": "mobile: +12125550141; home: +12125550140",
        "status": "active",
    }
    assert {own_id: row["status"] for own_id, row in clients.items()} == {
        "E4001": "active",
        "E4002": "active",
        "E4003": "active",
        "E4004": "deceased",
        "E4007": "archived",
    }
    assert clients["E4004"]["deceased_on"] == "2025-12-24"
    assert (clients["E4004"]["first_name"], clients["E4004"]["last_name"]) == ("Rosalind", "Achterberg")


def test_relatives_become_links_where_they_are_clients_and_contacts_else(exchange_desk: ExchangeDesk) -> None:
    exchange_desk.imports(PATIENTS, RELATED)

    found = {
        (row["client_id"], row.get("related_client_id") or row["first_name"]): row
        for row in exchange_desk.families()
    }

    assert set(found) == {
        ("E4001", "Tomás"),
        ("E4002", "E4003"),
        ("E4002", "E4001"),
        ("E4002", "Odete"),
        ("E4001", "Odete"),
        ("E4004", "Chike"),
    }
    father, mother = found["E4002", "E4003"], found["E4002", "E4001"]
    assert (father["relationship"], father["emergency"]) == ("father", "1")
    assert (mother["relationship"], mother["reverse_relationship"]) == ("mother", "daughter")
    assert (mother["roles"], mother["emergency"], mother["since"]) == ("legal_guardian", "no", "2017-09-02")
    assert {row["shared_emails"] for row in found.values()} == {"none"}
    nana, same = found["E4002", "Odete"], found["E4001", "Odete"]
    assert nana["person"] == same["person"]
    assert (nana["relationship"], nana["roles"], nana["language"]) == (
        "grandmother",
        "next_of_kin",
        "Portuguese",
    )
    assert same["relationship"] == "mother"
    brother = found["E4001", "Tomás"]
    assert (brother["relationship"], brother["emergency"], brother["phones"]) == (
        "brother",
        "1",
        "mobile: +12125550144",
    )
    # He has the name of a client, and is nobody's link for that.
    assert found["E4004", "Chike"]["relationship"] == "other: Ferry captain"


def test_what_is_wrong_is_told_with_its_line_and_path_and_can_be_corrected(
    exchange_desk: ExchangeDesk,
) -> None:
    left = exchange_desk.imports(PATIENTS, RELATED)

    told = [line.replace(f"{HOSPITAL}/", "") for line in left.err.splitlines() if str(HOSPITAL) in line]
    assert [tuple(each.split(": ", 1)) for each in told] == [
        ("Patient.ndjson", "Only Patient and RelatedPerson are read; left aside were: Practitioner (1)."),
        (
            "Patient.ndjson",
            "Patients of whom only the year or month of birth is known come in without: 1.",
        ),
        (
            "Patient.ndjson, line 5, Patient.birthDate “1999-13-01”",
            "This is not as FHIR R4 has it: this is no date as in 1984-03-31.",
        ),
        (
            "Patient.ndjson, line 6, Patient.name",
            "This is not as FHIR R4 has it: Input should be a valid list.",
        ),
        ("Patient.ndjson, line 7", "This is no JSON."),
        (
            "RelatedPerson.ndjson, line 7, patient “Patient/nobody-we-know”",
            SENTENCES["relation.client_unknown"],
        ),
        (
            "RelatedPerson.ndjson, line 8, telecom",
            say("emergency.needs_phone", name="Quinn Quiet"),
        ),
        ("RelatedPerson.ndjson, line 9, RelatedPerson", SENTENCES["fhir.modified"]),
    ]
    assert "Import relatives together with the file of their patients" in left.out
    rejects = exchange_desk.folder / "Patient.rejects.ndjson"
    corrected = rejects.read_text("utf-8").replace("1999-13-01", "1999-10-01")
    assert len(corrected.splitlines()) == 3
    again = exchange_desk.imports(exchange_desk.file("corrected.ndjson", corrected))
    assert "Import relatives" not in again.out
    assert again.out.startswith("Clients: 1 added, 0 changed, 0 as they were.\n")
    assert exchange_desk.clients()["E4005"]["birth_date"] == "1999-10-01"


def test_the_same_again_changes_nothing(exchange_desk: ExchangeDesk) -> None:
    exchange_desk.imports(PATIENTS, RELATED)
    before = exchange_desk.clients(), exchange_desk.families()

    left = exchange_desk.imports(PATIENTS, RELATED)

    assert left.out.startswith(
        "Clients: 0 added, 0 changed, 5 as they were.\n"
        "Links and contacts: 0 added, 0 changed, 7 as they were, 1 ended ones passed over.\n"
    )
    assert (exchange_desk.clients(), exchange_desk.families()) == before


@pytest.mark.parametrize("indent", [None, 2])
def test_a_bundle_is_the_same_as_lines(exchange_desk: ExchangeDesk, indent: int | None) -> None:
    entries = []
    for path in (RELATED, PATIENTS):
        for line in path.read_text("utf-8").splitlines():
            if not line.endswith("Cut"):
                resource = json.loads(line)
                entries.append({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})
    text = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=indent)
    text = text.replace("Patient/eCDef2", "urn:uuid:eCDef2")

    left = exchange_desk.imports(exchange_desk.file("bundle.json", text))

    assert left.out.startswith(SAID.replace("6 rows", "5 rows"))
    assert "bundle.json, entry 15, Patient.birthDate “1999-13-01”" in left.err
    assert len(exchange_desk.families()) == 6


def test_a_bundle_that_breaks_off_loses_only_its_end(exchange_desk: ExchangeDesk) -> None:
    patient = PATIENTS.read_text("utf-8").splitlines()[1]
    text = (
        '{"resourceType":"Bundle","type":"collection","entry":[{"resource":' + patient + '},{"resource":{"a'
    )

    left = exchange_desk.imports(exchange_desk.file("bundle.json", text))

    assert left.out.startswith("Clients: 1 added")
    assert "bundle.json, entry 2: The file breaks off" in left.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"resourceType":"Bundle","type":"collection"}',
            "No resource was found in it. A Bundle is read, and resources that stand one a line.",
        ),
        ('{"resourceType":', "This is no JSON."),
    ],
)
def test_a_file_without_a_resource_is_one_sentence(exchange_desk: ExchangeDesk, text: str, said: str) -> None:
    path = exchange_desk.file("a.json", text)
    assert exchange_desk.imports(path).err.endswith(f"{path}: {said}\n")


@pytest.mark.parametrize(("system", "own_id"), [("", "A-1"), ("urn:b", "B-1"), ("urn:c", "")])
def test_own_ids_are_of_the_system_that_is_asked_for(
    exchange_desk: ExchangeDesk, system: str, own_id: str
) -> None:
    identifiers = [
        {"system": "urn:b", "value": "B-1"},
        {"system": "urn:a", "value": "A-1", "type": {"coding": [{"code": "MR"}]}},
        {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "900-00-0001"},
    ]
    patient = {"resourceType": "Patient", "identifier": identifiers, "name": [{"family": "Quill"}]}
    path = exchange_desk.file("a.ndjson", json.dumps(patient))
    left = exchange_desk.runs("clients", "import", str(path), "--identifier-system", system)
    assert left.code == 0
    (client,) = exchange_desk.clients().values()
    assert client.get("own_id", "") == own_id
