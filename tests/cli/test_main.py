"""The command itself: its words, and one sentence for whatever goes wrong."""

import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.outcome import CannotGoOn, sentence_about
from bot.config import ConfigurationError
from bot.domain.errors import NotFound, StorageUnavailable
from bot.manifest import http_manifest_text, manifest_text
from bot.playground.port_taken import PortTaken
from bot.views.sentences import say
from tests.cli.commands import Commands


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
