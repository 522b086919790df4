"""`kinward export`: private files, complete or not there at all, that come in again as they went out."""

import csv
import json
import sqlite3
import stat

import pytest
from fhir.resources.R4B.bundle import Bundle

from bot.adapters.roster.export_files import FILES, WrittenAs
from bot.cli.import_sentences import sentence_of_review
from tests.cli.exchange_desk import ExchangeDesk

CLIENTS = """own_id,first_name,last_name,birth_date,email,phones,status
K-1,Ada,"=HYPERLINK(""http://x.example"")",1980-02-03,ada@example.com,work: +1 212 555 0101,active
K-2,Bea,Quill,2015-06-07,,,active
K-3,Cleo,Other,,cleo@example.com,,archived
"""
FAMILIES = """Client ID,Related ID,Relationship,Roles,Emergency,Share e-mails,First name,Last name,Mobile
K-2,K-1,mother,"legal_guardian (2020-01-02 to ) ""Order 12""; payer",1,,,,
K-2,,grandmother,,yes,,Odete,Ferreira,212 555 0123
K-1,K-3,friend,,,appointments,,,
"""
PRIVATE = stat.S_IRUSR | stat.S_IWUSR


@pytest.fixture
def furnished(exchange_desk: ExchangeDesk) -> ExchangeDesk:
    """A practice with three clients, two links and a contact."""
    clients = exchange_desk.file("c.csv", CLIENTS)
    families = exchange_desk.file("f.csv", FAMILIES)
    left = exchange_desk.imports(clients, families)
    assert left.out == (
        "Clients: 3 added, 0 changed, 0 as they were.\n"
        f"Links and contacts: 3 added, 0 changed, 0 as they were.\n{sentence_of_review(1)}\n"
    )
    return exchange_desk


def told(desk: ExchangeDesk, kind: WrittenAs, *options: str) -> str:
    out = desk.folder / kind
    left = desk.runs("export", str(out), "--as", kind, *options)
    assert (left.code, left.err) == (0, "")
    files = " and ".join(str(out / name) for name in FILES[kind])
    assert left.out.endswith(f": {files}\n")
    return left.out.removesuffix(f": {files}\n")


def test_links_and_contacts_of_a_list_come_in(furnished: ExchangeDesk) -> None:
    mother, nana, friend = sorted(
        furnished.families(), key=lambda row: (row["client_id"] != "K-2", row["emergency"])
    )
    assert (mother["related_client_id"], mother["relationship"]) == ("K-1", "mother")
    assert mother["reverse_relationship"] == "child"
    assert mother["roles"] == 'legal_guardian (2020-01-02 to ) "Order 12"; payer'
    assert (mother["emergency"], nana["emergency"]) == ("1", "2")
    assert (nana["first_name"], nana["phones"]) == ("Odete", "mobile: +12125550123")
    assert (friend["shared_emails"], friend.get("shared_emails_basis")) == ("appointments", None)


@pytest.mark.parametrize("kind", WrittenAs)
def test_the_files_are_private_and_nothing_else_is_left(furnished: ExchangeDesk, kind: WrittenAs) -> None:
    assert told(furnished, kind) == "3 clients and 3 relations"
    folder = furnished.folder / kind
    assert {path.name for path in folder.iterdir()} == set(FILES[kind])
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {PRIVATE}
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU


@pytest.mark.parametrize("kind", WrittenAs)
def test_what_went_out_is_known_when_it_comes_in(furnished: ExchangeDesk, kind: WrittenAs) -> None:
    told(furnished, kind)
    left = furnished.imports(*(furnished.folder / kind / name for name in FILES[kind]))
    assert left.out == (
        "Clients: 0 added, 0 changed, 3 as they were.\n"
        f"Links and contacts: 0 added, 0 changed, 3 as they were.\n{sentence_of_review(1)}\n"
    )


def test_no_cell_is_a_formula(furnished: ExchangeDesk) -> None:
    told(furnished, WrittenAs.CSV)
    with (furnished.folder / "csv" / "clients.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (ada,) = [row for row in rows if row["own_id"] == "K-1"]
    assert ada["last_name"] == '\'=HYPERLINK("http://x.example")'


def test_a_bundle_is_valid_and_says_who_is_whose(furnished: ExchangeDesk) -> None:
    told(furnished, WrittenAs.BUNDLE)
    bundle = json.loads((furnished.folder / "bundle" / "families.json").read_text("utf-8"))
    Bundle.model_validate(bundle)
    resources = [entry["resource"] for entry in bundle["entry"]]
    patients = {each["id"]: each for each in resources if each["resourceType"] == "Patient"}
    related = [each for each in resources if each["resourceType"] == "RelatedPerson"]
    assert (len(patients), len(related)) == (3, 5)
    assert not [each for each in patients.values() if "link" in each]

    def own_id(reference: str) -> str:
        return str(patients[reference.removeprefix("Patient/")]["identifier"][0]["value"])

    halves = {
        (own_id(each["patient"]["reference"]), each["identifier"][0]["value"]): each
        for each in related
        if "identifier" in each
    }
    assert set(halves) == {("K-2", "K-1"), ("K-1", "K-2"), ("K-1", "K-3"), ("K-3", "K-1")}
    codes = [
        {coding["code"] for coding in concept["coding"]} for concept in halves["K-2", "K-1"]["relationship"]
    ]
    assert codes == [{"MTH", "mother"}, {"GUARD"}, {"BP"}, {"C"}]
    (child,) = halves["K-1", "K-2"]["relationship"]
    assert {coding["code"] for coding in child["coding"]} == {"CHILD", "child"}
    (bea,) = [each for each in patients.values() if each["identifier"][0]["value"] == "K-2"]
    (contact,) = bea["contact"]
    assert contact["name"] == {"use": "official", "family": "Ferreira", "given": ["Odete"]}


def test_one_clients_family_is_theirs_alone(furnished: ExchangeDesk) -> None:
    assert told(furnished, WrittenAs.CSV, "--client", "k-2") == "2 clients and 2 relations"
    with (furnished.folder / "csv" / "families.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["client_id"] for row in csv.DictReader(file)} == {"K-2"}

    left = furnished.runs("export", str(furnished.folder / "none"), "--client", "K-9")
    assert (left.code, left.err) == (1, "No client has the id K-9.\n")
    assert not (furnished.folder / "none").exists()


def test_nothing_is_overwritten_unasked(furnished: ExchangeDesk) -> None:
    told(furnished, WrittenAs.NDJSON)
    patients = furnished.folder / "ndjson" / "Patient.ndjson"
    patients.write_text("mine")

    left = furnished.runs("export", str(patients.parent), "--as", "ndjson")

    assert left.code == 1
    assert left.err == f"{patients} is there already: name another folder, or add --force.\n"
    assert patients.read_text() == "mine"
    assert told(furnished, WrittenAs.NDJSON, "--force") == "3 clients and 3 relations"
    assert len(patients.read_text().splitlines()) == 3


def test_a_folder_that_cannot_be_written_is_one_sentence(furnished: ExchangeDesk) -> None:
    file = furnished.file("a file", "")
    left = furnished.runs("export", str(file))
    assert (left.code, left.err) == (1, f"{file} is a file: name a folder.\n")


def test_ended_relations_go_out_with_their_period_and_do_not_come_back(furnished: ExchangeDesk) -> None:
    told(furnished, WrittenAs.CSV)
    path = furnished.folder / "csv" / "families.csv"
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    place = rows[0].index("removed_on")
    for row in rows[1:]:
        row[rows[0].index("since")], row[place] = "", "2026-11-01"
    ended = furnished.folder / "ended.csv"
    with ended.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    left = furnished.imports(ended)
    assert left.out == "Links and contacts: 0 added, 3 changed, 0 as they were.\n"

    assert all(row["removed_on"] for row in furnished.families())
    told(furnished, WrittenAs.NDJSON)
    lines = (furnished.folder / "ndjson" / "RelatedPerson.ndjson").read_text("utf-8").splitlines()
    related = [json.loads(line) for line in lines]
    assert {each["active"] for each in related} == {False}
    assert all("end" in each["period"] for each in related)
    patients = (furnished.folder / "ndjson" / "Patient.ndjson").read_text("utf-8")
    assert "contact" not in patients
    left = furnished.imports(*(furnished.folder / "ndjson" / name for name in FILES[WrittenAs.NDJSON]))
    assert left.out.endswith(
        "Links and contacts: 0 added, 0 changed, 0 as they were, 3 ended ones passed over.\n"
    )


def test_the_record_says_who_took_families_out(
    furnished: ExchangeDesk, engine: str, database_url: str
) -> None:
    told(furnished, WrittenAs.CSV)
    if engine != "sqlite":
        return
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
        rows = connection.execute("SELECT surface, subject_id FROM history WHERE act = 'data.exported'")
        found = rows.fetchall()
    connection.close()
    assert found == [("command_line", "roster")]


def test_sharing_that_nobody_agreed_to_is_listed_for_review(furnished: ExchangeDesk) -> None:
    assert furnished.runs("clients", "review").out == (
        'E-mails of Ada =HYPERLINK("http://x.example") (K-1) also go to Cleo Other (K-3): /family share K-1\n'
    )

    agreed = (
        "client_id,related_client_id,shared_emails,basis\nK-1,K-3,appointments,client_agreed_in_writing\n"
    )
    furnished.imports(furnished.file("agreed.csv", agreed))

    said = "Of all e-mails that are shared it is known who agreed.\n"
    assert furnished.runs("clients", "review").out == said


@pytest.mark.parametrize("kind", list(WrittenAs))
def test_a_practice_where_nobody_is_related_goes_out_and_in(
    exchange_desk: ExchangeDesk, kind: WrittenAs
) -> None:
    exchange_desk.imports(exchange_desk.file("c.csv", CLIENTS))
    assert told(exchange_desk, kind) == "3 clients and 0 relations"
    left = exchange_desk.imports(*(exchange_desk.folder / kind / name for name in FILES[kind]))
    assert (left.code, left.out) == (0, "Clients: 0 added, 0 changed, 3 as they were.\n")
