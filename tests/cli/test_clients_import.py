"""`kinward clients import`: a list of clients taken in, and every bad row named with its line."""

import io
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.import_sentences import SENTENCES, sentence_of_row
from bot.services.client_import import RowError
from bot.services.problem_keys import VALUES_OF_IMPORT_KEY, VALUES_OF_KEY

HEADERS = "own_id,first_name,last_name,preferred_name,birth_date,email,phones,status"
GOOD = "K-1,Ada,Quill,,1980-02-03,ada@example.com,(212) 555-0101; 212-555-0102,active"


@pytest.fixture
def database(environment: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "practice.sqlite3"
    environment.setenv("DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "clients.csv"


def write(listed: Path, *rows: str) -> str:
    listed.write_text("\n".join([HEADERS, *rows, ""]), encoding="utf-8")
    return str(listed)


def exit_code(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(("clients", "import", *arguments))
    return left.value.code


def count(database: Path, table: str) -> int:
    with sqlite3.connect(database) as connection:
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own name
    connection.close()
    return int(found)


def test_a_practice_can_begin_with_its_list(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(listed, GOOD, "K-2,Bea,Quill,,2015-06-07,,,")

    assert exit_code(file, "--workspace", "T0REAL") == 0

    assert capsys.readouterr().out == "2 added, 0 changed, 0 as they were; 0 rows left out.\n"
    assert count(database, "clients") == 2
    assert count(database, "history") == 2


def test_the_same_list_again_changes_nothing_and_needs_no_workspace(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code(write(listed, GOOD), "--workspace", "T0REAL")
    capsys.readouterr()

    assert exit_code(str(listed)) == 0

    assert capsys.readouterr().out == "0 added, 0 changed, 1 as they were; 0 rows left out.\n"
    assert count(database, "history") == 1


def test_bad_rows_are_named_by_line_and_the_others_come_in(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        listed,
        GOOD,
        "K-3,Cleo,Quill,,03/02/1980,,,",
        "K-4,Dov,Quill,,,dov at example,,",
        ",Edda,Quill,,,,,",
        "K-1,Ada,Again,,,,,",
        "K-6,Flo",
        "K-7,Gus,Quill,,,,,gone",
    )

    assert exit_code(file, "--workspace", "T0REAL") == 1

    shown = capsys.readouterr()
    assert shown.out == "1 added, 0 changed, 0 as they were; 6 rows left out.\n"
    assert [line.partition(":")[0] for line in shown.err.splitlines()] == [
        "line 3, birth_date",
        "line 4, email",
        "line 5, own_id",
        "line 6, own_id",
        "line 7",
        "line 8, status",
    ]
    assert "like 1984-03-02" in shown.err
    assert "stands in line 2" in shown.err
    assert count(database, "clients") == 1


def test_standard_input_is_read_for_a_dash(database: Path, environment: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(f"{HEADERS}\n{GOOD}\n".encode()))
    environment.setattr(sys, "stdin", typed)

    assert exit_code("-", "--workspace", "T0REAL") == 0

    assert count(database, "clients") == 1


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b"own_id,first_name\nK-1,Ada\n", "Missing: last_name"),
        (HEADERS.encode() + b",notes\n", "Not known: notes."),
        ((HEADERS + "\nK-1,Jos\N{LATIN SMALL LETTER E WITH ACUTE}").encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_one_sentence(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str], content: bytes, part: str
) -> None:
    listed.write_bytes(content)

    assert exit_code(str(listed), "--workspace", "T0REAL") == 1

    shown = capsys.readouterr()
    assert part in shown.err
    assert shown.err.count("\n") == 1
    assert count(database, "clients") == 0


def test_a_file_that_is_not_there_is_one_sentence(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(str(listed), "--workspace", "T0REAL") == 1

    assert capsys.readouterr().err == f"{listed} cannot be read: No such file or directory.\n"
    assert not database.exists()


def test_without_a_known_workspace_it_asks_for_one(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(write(listed, GOOD)) == 1

    assert "--workspace" in capsys.readouterr().err
    assert count(database, "clients") == 0


@pytest.mark.parametrize("asked", ["C0FRONT", "t0real", "T0 REAL", "Kinward"])
def test_what_is_no_workspace_id_is_refused(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert exit_code(write(listed, GOOD), "--workspace", asked) == 1

    assert "T followed by" in capsys.readouterr().err
    assert count(database, "workspaces") == 0


def test_another_workspace_than_the_databases_is_refused(
    database: Path, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code(write(listed, GOOD), "--workspace", "T0REAL")
    capsys.readouterr()

    assert exit_code(str(listed), "--workspace", "T0TYPO") == 1

    assert "T0REAL" in capsys.readouterr().err
    assert count(database, "workspaces") == 1


ROW_KEYS = {
    **VALUES_OF_KEY,
    **{key: names for key, names in VALUES_OF_IMPORT_KEY.items() if not key.startswith("file.")},
}


@pytest.mark.parametrize("key", ROW_KEYS)
def test_every_key_of_a_row_has_a_sentence_with_its_values(key: str) -> None:
    values = dict.fromkeys(ROW_KEYS[key], "WORD")

    told = sentence_of_row(RowError(line=7, column="email", key=key, values=values))

    assert told.startswith("line 7, email: ")
    assert "{" not in told
    assert told.count("WORD") == len(values)


def test_every_key_of_an_import_has_a_sentence_here_and_no_other_has() -> None:
    assert set(SENTENCES) == set(VALUES_OF_IMPORT_KEY)
