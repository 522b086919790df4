"""`kinward audit` and `kinward retention`: what they say, what they leave, and how they end."""

import csv
import io
import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.audit_sentences import FAULTS, sentence_of_verdict
from bot.domain.audit import Fault, Verdict

HEADERS = "own_id,first_name,last_name,email"


@pytest.fixture
def database(environment: pytest.MonkeyPatch, tmp_path: Path, sqlite_template: Path) -> Path:
    """A practice of two clients, one of whom calls herself a formula."""
    file = tmp_path / "practice.sqlite3"
    shutil.copyfile(sqlite_template, file)
    environment.setenv("DATABASE_URL", f"sqlite:///{file}")
    listed = tmp_path / "clients.csv"
    listed.write_text(f"{HEADERS}\nK-1,Ada,Quill,ada@example.com\nK-2,=1+1,Quill,\n", encoding="utf-8")
    assert exit_code("clients", "import", str(listed), "--workspace", "T0REAL") == 0
    return file


def exit_code(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code


def carried_out(database: Path, *statements: str) -> list[tuple[object, ...]]:
    """Carry out SQL by hand, without triggers, and return the rows of the last."""
    connection = sqlite3.connect(database)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    rows: list[tuple[object, ...]] = []
    for statement in statements:
        rows = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return rows


def client_ids(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT id FROM clients ORDER BY own_id").fetchall()
    connection.close()
    return [str(row[0]) for row in rows]


def test_all_fits_and_then_it_does_not(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert exit_code("audit", "verify") == 0
    assert capsys.readouterr().out == "All fits: 2 entries.\n"

    carried_out(database, "UPDATE history SET actor_name = 'Nobody' WHERE number = 2")

    assert exit_code("audit", "verify") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "Entry 2 was changed, or does not follow the one before it. 1 entry before it fit.\n"


def test_an_end_that_was_cut_off_is_told_with_what_a_backup_needs(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carried_out(database, "DELETE FROM history WHERE number = 2", "DELETE FROM history_chain WHERE place = 2")
    capsys.readouterr()

    assert exit_code("audit", "verify") == 1

    told, backup = capsys.readouterr().err.splitlines()
    assert told.startswith("The end is cut off: the entry at place 2")
    assert f"{database}-audit-heads" in backup


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("number", [None, 7])
def test_every_fault_has_a_sentence(fault: Fault, number: int | None) -> None:
    assert set(FAULTS) == set(Fault)
    told = sentence_of_verdict(Verdict(checked=3, fault=fault, place=4, number=number))
    assert told[0].isupper()
    assert "{" not in told
    assert ("entry 7" if number else "place 4") in told.lower()


def test_the_record_is_a_table_without_formulas(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carried_out(database, "UPDATE history SET actor_name = '=cmd()' WHERE number = 1")
    file = tmp_path / "trail.csv"

    assert exit_code("audit", "export", "--to", str(file)) == 0

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [row["act"] for row in rows] == ["client.added", "client.added"]
    assert rows[0]["staff_name"] == "'=cmd()"
    assert json.loads(rows[1]["after"])["first_name"] == "=1+1"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    capsys.readouterr()

    assert exit_code("audit", "export", "--to", str(file)) == 1
    assert capsys.readouterr().err == f"{file} cannot be made: File exists.\n"


def test_a_part_of_the_record_as_lines_and_that_is_on_record(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, _ = client_ids(database)
    capsys.readouterr()

    assert exit_code("audit", "export", "--format", "jsonl", "--client", "K-1", "--since", "2020-01-01") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["client_id"] == ada
    assert exit_code("audit", "export", "--format", "jsonl", "--until", "2020-01-01") == 0
    assert capsys.readouterr().out == ""
    assert exit_code("audit", "export", "--format", "jsonl", "--staff", "command-line") == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["act"] for each in found] == ["client.added"] * 2 + ["data.exported"] * 2
    assert found[2]["after"] == {
        "client": ada,
        "format": "jsonl",
        "since": "2020-01-01T00:00:00+00:00",
    }


def test_what_is_known_of_somebody_is_erased_for_a_reason(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, _ = client_ids(database)
    capsys.readouterr()

    assert exit_code("audit", "erase", "--client", ada, "--reason", "she asked for it") == 0
    assert capsys.readouterr().out.startswith("Erased what 1 entry said of before and after;")
    assert carried_out(database, "SELECT number FROM history_values ORDER BY 1") == [(2,), (3,)]
    assert exit_code("audit", "verify") == 0

    assert exit_code("audit", "erase", "--client", ada, "--reason", " ") == 1
    assert exit_code("audit", "erase", "--reason", "so") == 1
    capsys.readouterr()
    for asked in (("erase", "--reason", "so"), ("export",)):
        assert exit_code("audit", *asked, "--client", "nobody") == 1
        assert capsys.readouterr().err == "There is no such client: use the practice's own id.\n"
    assert exit_code("audit", "erase", "--person", "nobody", "--reason", "so") == 1


def test_only_what_is_old_is_dropped(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert exit_code("retention", "run", "--dry-run") == 0
    assert exit_code("retention", "run") == 0
    assert capsys.readouterr().out == "Nothing is older than 6 years.\n" * 2
    assert exit_code("retention", "run", "--years", "0") == 2
    assert exit_code("retention", "run", "--years", "5") == 1
    assert "--reason" in capsys.readouterr().err
    assert exit_code("retention", "run", "--years", "5", "--reason", "the law of our country") == 0
    assert len(carried_out(database, "SELECT * FROM history")) == 2


def test_a_trail_of_another_key_is_not_gone_on_with(
    database: Path, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(f"{database}-audit-key").unlink()
    environment.setenv("KINWARD_AUDIT_KEY", "another key that is long enough for it")
    capsys.readouterr()

    assert exit_code("audit", "verify") == 1

    assert "KINWARD_AUDIT_KEY" in capsys.readouterr().err
