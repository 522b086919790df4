"""The README's two commands, and that the checks run the very tests it names."""

import re
from pathlib import Path

import pytest

from bot.views.commands import COMMAND, COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHECKS = (ROOT / ".ci" / "run").read_text("utf-8")

SET_UP = re.compile(r"python3 -m venv \.venv && \.venv/bin/pip install [^&|;]*\S")


def one_line_commands() -> list[list[str]]:
    """Return the README's commands that set up and go on, each as its parts."""
    lines = [
        line.strip()
        for block in re.findall(r"```\w*\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
    ]
    return [line.split(" && ") for line in lines if SET_UP.match(line)]


def test_one_command_sets_up_and_starts_the_playground() -> None:
    starts = [parts for parts in one_line_commands() if parts[-1].endswith("playground")]

    assert len(starts) == 1
    assert starts[0][-1] == ".venv/bin/kinward playground"
    assert ".[test]" not in starts[0][1], "playing needs nothing that only the tests need"


def test_one_command_sets_up_and_passes_the_tests_and_the_checks_run_it() -> None:
    (tests,) = [parts for parts in one_line_commands() if "pytest" in parts[-1]]

    assert ".[test]" in tests[1]
    assert CHECKS.rstrip().splitlines()[-1] == f"CI=true step {tests[-1]}"


@pytest.mark.parametrize("word", [command.word for command in COMMANDS])
def test_the_table_of_commands_names_every_word(word: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith("|")]

    assert any(f"{COMMAND} {word}" in row for row in rows)


def threats() -> list[tuple[str, str, str, str]]:
    """Return the rows of the table of who might try what."""
    _, _, table = README.partition("| Who | what | what stops it | shown in |\n")
    rows = [line.strip("|").split(" | ") for line in table.partition("\n\n")[0].splitlines()[1:]]
    return [(who.strip(), what, stops, shown.strip()) for who, what, stops, shown in rows]


@pytest.mark.parametrize("threat", threats(), ids=lambda threat: threat[0])
def test_whatever_might_be_tried_is_shown_by_a_test_that_is_there(threat: tuple[str, str, str, str]) -> None:
    named = re.findall(r"`([^`]+)`", threat[3])

    assert named
    for each in named:
        path, _, test = each.partition("::")
        source = (ROOT / path).read_text("utf-8")
        assert re.search(rf"^(async )?def {test or 'test_'}", source, re.MULTILINE), each
        assert not test or re.search(rf"^(async )?def {test}\(", source, re.MULTILINE), each


def test_there_are_threats() -> None:
    assert len(threats()) > 10


def test_the_checks_can_be_run() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert CHECKS.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in CHECKS
