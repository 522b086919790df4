"""`kinward clients import`: files as practices have them, taken in, and every bad row explained."""

import io
import shutil
import sqlite3
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.roster.family_columns import FIELD_OF, told_by
from bot.adapters.roster.headers import columns_of
from bot.cli import main
from bot.cli.import_sentences import COLUMNS, SENTENCES, sentence_of_file, sentence_of_row
from bot.services.problem_keys import VALUES_OF_IMPORT_KEY, VALUES_OF_KEY
from bot.services.roster.reading import FileNotice
from bot.services.roster.rows import Place, RowError

HEADERS = "own_id,first_name,last_name,preferred_name,birth_date,email,phones,status"
GOOD = "K-1,Ada,Quill,,1980-02-03,ada@example.com,(212) 555-0101; 212-555-0102,active"
QUERIES = {
    "clients": "SELECT own_id, first_name, last_name, birth_date, email, status FROM clients ORDER BY own_id",
    "phones": "SELECT number, label FROM client_phones ORDER BY number DESC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a run of the command left behind."""

    code: object
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A folder with files, a database, and somebody who imports."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        return self.folder / "practice.sqlite3"

    def file(self, content: str | bytes, name: str = "clients.csv", encoding: str = "utf-8") -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    def runs(self, *arguments: str, workspace: str = "T0REAL") -> Left:
        self.capsys.readouterr()
        named = ("--workspace", workspace) if workspace else ()
        with pytest.raises(SystemExit) as left:
            main(("clients", "import", *arguments, *named))
        shown = self.capsys.readouterr()
        return Left(code=left.value.code, out=shown.out, err=shown.err)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.database) as connection:
            found = connection.execute(QUERIES.get(query, query)).fetchall()
        connection.close()
        return found

    def count(self, table: str) -> int:
        ((found,),) = self.rows(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own name
        assert isinstance(found, int)
        return found


@pytest.fixture
def desk(
    environment: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    sqlite_template: Path,
) -> Desk:
    """A practice without anybody in it yet: to make the tables anew would be most of what a test does."""
    desk = Desk(folder=tmp_path, capsys=capsys)
    shutil.copyfile(sqlite_template, desk.database)
    environment.setenv("DATABASE_URL", f"sqlite:///{desk.database}")
    return desk


def listed(*rows: str, headers: str = HEADERS) -> str:
    return "\n".join([headers, *rows, ""])


def test_a_practice_can_begin_with_its_list_and_again_nothing_changes(desk: Desk) -> None:
    desk.database.unlink()
    file = desk.file(listed(GOOD, "K-2,Bea,Quill,,2015-06-07,,,"))

    assert desk.runs(file) == Left(code=0, out="Clients: 2 added, 0 changed, 0 as they were.\n", err="")
    assert desk.count("history") == 2

    assert desk.runs(file, workspace="").out == "Clients: 0 added, 0 changed, 2 as they were.\n"
    assert desk.count("history") == 2
    assert [
        desk.count(table) for table in ("imports", "import_rows", "import_clients", "import_rejects")
    ] == [
        0,
        0,
        0,
        0,
    ]


AMBIGUOUS = "Day or month first? Say it with --dates dmy, --dates mdy or --dates ymd."
QUOTED = "A cell with a comma or a line break in it needs quotation marks."
EXCEL = """Patienten-Nr;Vorname;Nachname;Geburtsdatum;E-Mail;Telefon privat;Handy;Bemerkung
7;Jürgen;Müßig;31.12.1984;j@example.org;030 1234567;0171 1234567;"kommt
dienstags"
8;Zoë;Ørsted;01.02.1990;;;;
"""


def test_what_excel_saves_on_a_german_windows(desk: Desk, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KINWARD_REGION", "DE")
    left = desk.runs(
        desk.file(EXCEL.replace("\n", "\r\n"), encoding="cp1252"),
        *("--dates", "dmy", "--column", "own_id=Patienten-Nr"),
    )
    assert (left.code, left.out) == (0, "Clients: 2 added, 0 changed, 0 as they were.\n")
    assert "passed over: Bemerkung." in left.err
    assert "Windows-1252" in left.err
    assert desk.rows("clients") == [
        ("7", "Jürgen", "Müßig", "1984-12-31", "j@example.org", "active"),
        ("8", "Zoë", "Ørsted", "1990-02-01", None, "active"),
    ]
    assert desk.rows("phones") == [("+49301234567", "home"), ("+491711234567", "mobile")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("sign", "end"), [(",", "\n"), (";", "\r\n"), ("\t", "\n"), ("|", "\r")])
def test_every_sign_and_encoding(desk: Desk, encoding: str, sign: str, end: str) -> None:
    text = listed("MRN,Client Name,DOB,Active?", '1,"Núñez, Ana",1980-05-01,Yes', headers="")
    text = text.lstrip().replace('"Núñez, Ana"', "\0").replace(",", sign).replace("\0", '"Núñez, Ana"')
    assert desk.runs(desk.file(text.replace("\n", end), encoding=encoding)).code == 0
    assert desk.rows("clients") == [("1", "Ana", "Núñez", "1980-05-01", None, "active")]


def test_where_clients_stand(desk: Desk) -> None:
    text = listed(
        "1,Ana,A,",
        "2,Ben,Inactive,",
        "3,Cleo,,03/31/2020",
        "4,Dov,Deceased,",
        "5,Eva,,",
        headers="Client ID,First,Client Status,Date of Death",
    )
    assert desk.runs(desk.file(text)).code == 0
    assert [row[-1] for row in desk.rows("clients")] == [
        *("active", "archived", "deceased", "deceased", "active")
    ]
    assert desk.rows("SELECT deceased_on FROM clients WHERE own_id = '3'") == [("2020-03-31",)]


def test_bad_rows_are_explained_and_can_be_corrected_and_imported_again(desk: Desk) -> None:
    file = desk.file(
        listed(
            GOOD,
            "K-3,Cleo,Quill,,03/02/1980,,,",
            "K-4,Dov,Quill,,31/31/1980,dov at example,,",
            "K-1,Ada,Again,,,,,",
            "K-6,Flo",
            "K-7,Gus,Quill,,,,,gone",
            'K-8,Hal"",Qu"ill,,,,,\nK-9,"Ida" x,Quill,,,,,',
            "K-10,Jo,Quill,,,,,",
        )
    )
    left = desk.runs(file)

    assert left.code == 1
    assert left.out.splitlines()[:2] == [
        "Clients: 3 added, 0 changed, 0 as they were.",
        "Left out: 6 rows.",
    ]
    assert [line.removeprefix(f"{file}, ") for line in left.err.splitlines()] == [
        f"line 3, birth_date “03/02/1980”: {AMBIGUOUS}",
        "line 4, birth_date “31/31/1980”: This is no date. Write it like 1984-03-31.",
        "line 4, email “dov at example”: This does not look like an e-mail address. Please check it.",
        f"line 5, own_id “K-1”: The same id stands in line 2 of {file}.",
        f"line 6: Cells in this row: 2; in the line of headers: 8. {QUOTED}",
        "line 7, status “gone”: The status is one of: active, archived, deceased.",
        "line 9: This is not CSV: a quotation mark is open or out of place.",
    ]
    rejects = desk.folder / "clients.rejects.csv"
    assert str(rejects) in left.out
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    assert desk.count("clients") == 3

    text = rejects.read_text("utf-8-sig")
    assert text.splitlines()[1].endswith("K-3,Cleo,Quill,,03/02/1980,,,")
    corrected = text.replace("03/02/1980", "1980-02-03").replace("dov at example", "dov@example.org")
    rejects.write_text(corrected.replace("31/31/1980", "").replace("gone", "inactive"), "utf-8-sig")
    left = desk.runs(str(rejects))

    assert left.out.splitlines()[:2] == ["Clients: 3 added, 1 changed, 0 as they were.", "Left out: 2 rows."]
    assert (desk.folder / "clients.rejects-2.csv").exists()
    assert desk.rows("SELECT status FROM clients WHERE own_id = 'K-7'") == [("archived",)]


def test_a_dry_run_says_what_would_be_and_touches_nothing(desk: Desk) -> None:
    file = desk.file(listed(GOOD, "K-3,,,,,,,"))
    left = desk.runs(file, "--dry-run")
    assert left.out.splitlines() == [
        "Dry run: nothing was changed. This is what would be:",
        "Clients: 1 added, 0 changed, 0 as they were.",
        "Left out: 1 row.",
    ]
    assert "line 3, first_name: " in left.err
    assert desk.count("clients") == desk.count("history") == desk.count("imports") == 0
    assert [path.name for path in desk.folder.glob("*rejects*")] == []
    desk.runs(file, "--dry-run", "--rejects", str(desk.folder / "bad.csv"))
    assert (desk.folder / "bad.csv").exists()


def test_many_errors_are_counted(desk: Desk) -> None:
    nameless = [f"K-{number},,,,,,," for number in range(30)]
    left = desk.runs(
        desk.file(listed(*nameless, *(f"K-8{number},Ana,,,03/04/1980,,," for number in range(7))))
    )
    assert len(left.err.splitlines()) == 12
    assert left.err.splitlines()[-2:] == [
        "... and 25 more in first_name: Enter a first or a last name.",
        f"... and 2 more in birth_date: {AMBIGUOUS}",
    ]


def test_who_is_missing_is_archived_only_when_asked(desk: Desk) -> None:
    many = [f"K-{number},Client {number},,,,,," for number in range(20)]
    desk.runs(desk.file(listed(*many)))
    assert "1 active client, left as they are" in desk.runs(desk.file(listed(*many[1:]))).out
    left = desk.runs(desk.file(listed(*many[1:])), "--archive-missing")
    assert "1 active client, now archived." in left.out
    left = desk.runs(desk.file(listed(*many[10:])), "--archive-missing")
    assert "this may be half a list" in left.out
    left = desk.runs(desk.file(listed(*many[10:])), "--archive-many", "--dry-run")
    assert "9 active clients, to be archived." in left.out
    assert desk.rows("SELECT count(*) FROM clients WHERE status = 'archived'") == [(1,)]


def test_standard_input_is_read_for_a_dash(desk: Desk, environment: pytest.MonkeyPatch) -> None:
    environment.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{HEADERS}\n{GOOD}\n".encode())))
    environment.chdir(desk.folder)
    assert desk.runs("-").code == 0
    assert desk.count("clients") == 1


@pytest.mark.parametrize(
    ("content", "options", "part"),
    [
        (b"", (), "empty"),
        (b" \n\n", (), "empty"),
        (b"colour,size\nred,1\n", (), "No column looks like a name. The first line has: colour, size."),
        (b"a,b\n1,2\n", ("--column", "first_name=c"), "There is no column “c”. The first line has: a, b."),
        (b"a,b\n1,2\n", ("--column", "frist_name=a"), "A column cannot hold “frist_name”."),
        (b'"a,b\n1,2\n', (), "The first line is not CSV"),
    ],
)
def test_a_file_that_is_no_list_is_one_sentence(
    desk: Desk, content: bytes, options: Sequence[str], part: str
) -> None:
    left = desk.runs(desk.file(content), *options)
    assert left.code == 1
    assert part in left.err
    assert left.err.count("\n") == 1
    assert desk.count("clients") == 0


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("clients.csv", "clients.csv"), "named twice"),
        (("clients.csv", "--rejects", "clients.csv"), "is there already"),
        (("clients.csv", "--rejects", "nowhere/at/all.csv"), "cannot be written"),
        (("clients.csv", "other.csv", "--rejects", "one.csv"), "name a folder"),
        (("missing.csv",), "missing.csv cannot be read: No such file or directory."),
        (("--continue",), "No import is unfinished"),
        (("--discard",), "No import is unfinished"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    desk: Desk, environment: pytest.MonkeyPatch, arguments: Sequence[str], part: str
) -> None:
    environment.chdir(desk.folder)
    for name in ("clients.csv", "other.csv"):
        desk.file(listed(GOOD), name)
    left = desk.runs(*arguments)
    assert left.code == 1
    assert part in left.err
    assert left.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [(), ("clients.csv", "--continue"), ("clients.csv", "--column", "first_name")]
)
def test_what_is_misused_is_told(desk: Desk, arguments: Sequence[str]) -> None:
    assert desk.runs(*arguments).code == 2


def test_without_a_known_workspace_it_asks_for_one(desk: Desk) -> None:
    left = desk.runs(desk.file(listed(GOOD)), workspace="")
    assert left.code == 1
    assert "--workspace" in left.err
    assert desk.count("clients") == 0


@pytest.mark.parametrize("asked", ["C0FRONT", "t0real", "T0 REAL", "Kinward"])
def test_what_is_no_workspace_id_is_refused(desk: Desk, asked: str) -> None:
    left = desk.runs(desk.file(listed(GOOD)), workspace=asked)
    assert left.code == 1
    assert "T followed by" in left.err
    assert desk.count("workspaces") == 0


def test_another_workspace_than_the_databases_is_refused(desk: Desk) -> None:
    desk.runs(desk.file(listed(GOOD)))
    left = desk.runs(desk.file(listed(GOOD)), workspace="T0TYPO")
    assert left.code == 1
    assert "T0REAL" in left.err
    assert desk.count("workspaces") == 1


def test_what_the_file_would_need_is_said_where_it_has_no_column_for_it(desk: Desk) -> None:
    file = desk.file("Name,DOB\nAda Quill,1980-02-03\nAda Quill,1980-02-03\n")
    left = desk.runs(file)
    assert left.err.splitlines()[-1] == (
        f"{file}, line 3: Line 2 of {file} is the same client. Two clients need ids of your own. "
        "The file has no column for your own ids; "
        "a header such as “Client ID”, “MRN” or “Chart number” would do."
    )
    families = desk.file(
        "client_id,contact_name,emergency,email\nK-1,Rosa,1,rosa@example.com\n",
        "families.csv",
    )
    desk.runs(desk.file(listed(GOOD)))
    told = desk.runs(families).err
    assert (
        "line 2: An emergency contact needs a phone number. Rosa has none yet. The file has no column" in told
    )
    assert "“Mobile”" in told
    with (desk.folder / "families.rejects.csv").open(encoding="utf-8-sig") as written:
        assert "The file has no column for a phone number" in written.read()


def test_every_header_that_is_named_for_a_missing_column_is_understood() -> None:
    for field, (_, headers) in COLUMNS.items():
        for header in headers.replace("“", "”").split("”")[1::2]:
            of_clients = columns_of(("Name", header), {}).holds.get(1)
            of_families = told_by(header)
            assert of_clients or of_families, f"{header} for {field}"
    assert set(COLUMNS) >= {field.value for field in FIELD_OF}


SAID_OF_ROWS = ("row.", "own_id.", "date.", "status.", "email.", "phone.")
ROW_KEYS = {
    **VALUES_OF_KEY,
    **{key: names for key, names in VALUES_OF_IMPORT_KEY.items() if key.startswith(SAID_OF_ROWS)},
}


@pytest.mark.parametrize("key", ROW_KEYS)
def test_every_key_of_a_row_has_a_sentence_with_its_values(key: str) -> None:
    values = dict.fromkeys(ROW_KEYS[key], "WORD")
    error = RowError(place=Place(file="a.csv", line=7), column="E-mail", value="x  y", key=key, values=values)
    told = sentence_of_row(error)
    assert told.startswith("a.csv, line 7, E-mail “x y”: ")
    assert "{" not in told
    assert told.count("WORD") == len(values)


@pytest.mark.parametrize("key", [key for key in VALUES_OF_IMPORT_KEY if key.startswith("file.")])
def test_every_key_of_a_file_has_a_sentence_with_its_values(key: str) -> None:
    values = dict.fromkeys(VALUES_OF_IMPORT_KEY[key], "WORD")
    told = sentence_of_file("a.csv", FileNotice(file="a.csv", key=key, values=values))
    assert told.count("WORD") == len(values)


def test_every_key_of_an_import_has_a_sentence_here_and_no_other_has() -> None:
    assert set(SENTENCES) == set(VALUES_OF_IMPORT_KEY)
