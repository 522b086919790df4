"""The command itself: its words, and one sentence for whatever goes wrong."""

import sys
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.cli import main
from bot.cli.outcome import CannotGoOn, sentence_about
from bot.config import ConfigurationError
from bot.domain.errors import NotFound, StorageUnavailable
from bot.manifest import http_manifest_text, manifest_text
from bot.playground.port_taken import PortTaken
from bot.views.sentences import say
from tests.cli.commands import Commands
from tests.databases import PostgresServer


def exit_code(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code


def test_the_manifest_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("manifest") == 0

    assert capsys.readouterr().out == manifest_text()


@pytest.mark.parametrize(
    "address",
    [
        "https://kinward.example.org",
        "https://kinward.example.org/",
        " https://kinward.example.org/slack/events",
        "https://kinward.example.org/slack/events/",
    ],
)
def test_the_manifest_over_http_is_for_the_address_that_is_given(
    capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert exit_code("manifest", "--http", address) == 0

    assert capsys.readouterr().out == http_manifest_text("https://kinward.example.org/slack/events")


@pytest.mark.parametrize(
    "address",
    ["", "kinward.example.org", "http://kinward.example.org", "https://", "https://a?b", "https://u@a"],
)
def test_an_address_that_slack_would_not_call_is_refused(
    capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert exit_code("manifest", "--http", address) == 2

    assert "https address" in capsys.readouterr().err


def test_only_over_http_is_there_an_address_to_listen_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("run", "--host", "127.0.0.1") == 2

    assert "--host" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("run",), ("clients", "import"), ("retention", "run")])
def test_what_help_says_is_broken_by_the_terminal_alone(
    words: tuple[str, ...], environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("COLUMNS", "80")
    assert exit_code(*words, "--help") == 0
    told = capsys.readouterr().out.partition("─")[0].splitlines()
    for line, after in pairwise(told):
        word = after.split()[:1]
        # A line ends where the next word had no room, or the paragraph ends.
        assert not line.strip() or not word or len(f"{line.rstrip()} {word[0]}") > 78, line


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--help") == 0

    shown = capsys.readouterr().out
    for command in ("run", "playground", "clients", "manifest", "check"):
        assert command in shown


def test_a_missing_token_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("run") == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("SLACK_BOT_TOKEN is not set: ")
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "error",
    [ConfigurationError("One sentence."), CannotGoOn("One sentence."), PortTaken("One sentence.")],
)
def test_a_sentence_is_passed_on(error: Exception) -> None:
    assert sentence_about(error) == "One sentence."


def test_a_database_that_does_not_answer_is_named_by_its_setting() -> None:
    assert "DATABASE_URL" in sentence_about(StorageUnavailable())


def test_an_error_of_the_field_has_its_sentence_from_the_catalogue() -> None:
    assert sentence_about(NotFound()) == say("error.not_found")


def test_what_nobody_foresaw_has_a_reference_and_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = sentence_about(ValueError("about Maria Lopez"))

    reference = sentence.removesuffix(".").rpartition(" ")[2]
    assert "Maria" not in sentence
    assert reference in capsys.readouterr().out


def test_an_unexpected_error_at_the_terminal_is_a_sentence_and_a_line_of_the_log(
    environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/here.sqlite3")
    # A folder can be opened as little as it can be read.
    assert exit_code("clients", "import", str(tmp_path), "--workspace", "T1") == 1

    shown = capsys.readouterr()
    assert shown.err.startswith(f"{tmp_path} cannot be read: ")


async def test_the_module_is_the_same_command(commands: Commands) -> None:
    by_module = await commands.run("manifest", program=(sys.executable, "-m", "bot"))

    assert by_module.code == 0
    assert by_module.out == manifest_text()


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--version") == 0

    assert capsys.readouterr().out == f"Kinward {version('kinward')}\n"


@pytest.mark.parametrize(
    ("kept_in", "told"),
    [
        ("sqlite:///{folder}/letter.txt", "That file is no SQLite database"),
        ("sqlite:///{folder}", "It cannot be opened or made"),
        ("sqlite:///{folder}/letter.txt/kinward.sqlite3", "It cannot be opened or made"),
        ("postgresql://somebody@127.0.0.1:9/kinward", "Nobody answers there"),
    ],
)
def test_what_is_the_matter_with_a_database_is_said(
    kept_in: str,
    told: str,
    tmp_path: Path,
    environment: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada, this is a letter and no database." * 40)
    environment.setenv("DATABASE_URL", kept_in.format(folder=tmp_path))
    assert exit_code("staff", "list") == 1
    assert capsys.readouterr().err.startswith(f"The database cannot be used. {told}")


@pytest.mark.parametrize(
    ("database", "told"),
    [("nowhere", "no database of that name"), (None, "does not take the user or the password")],
)
async def test_what_a_server_refuses_is_said(
    database: str | None, told: str, postgres: PostgresServer, commands: Commands
) -> None:
    async with postgres.bare_url() as url:
        parts = urlsplit(url)
        changed = (
            parts._replace(path=f"/{database}")
            if database
            else parts._replace(netloc=f"nobody-of-that-name:x@{parts.netloc.rpartition('@')[2]}")
        )
        left = await commands.run("staff", "list", settings={"DATABASE_URL": changed.geturl()})
    assert left.code == 1
    assert told in left.err
