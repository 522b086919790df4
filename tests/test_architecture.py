"""What the code promises of its own shape, checked: a rule without a check drifts."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parents[1]
SOURCES = sorted(
    path
    for folder in ("bot", "storage")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
VAGUE = re.compile(r"utils?|helpers?|common|manager|misc")
MOST_LINES = 300

PLAIN_JSON = {"bot/services/snapshots.py"}
"""What the history keeps is plain JSON by its nature."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_point_inwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(  # noqa: S603 - the linter beside this very Python
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_file_is_long() -> None:
    long = {
        name(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_file_is_named_for_what_it_holds() -> None:
    vague = [name(path) for path in SOURCES for part in path.parts[-2:] if VAGUE.fullmatch(Path(part).stem)]
    assert vague == []


@pytest.mark.parametrize("folder", ["views", "handlers", "app"])
def test_no_text_is_mrkdwn(folder: str) -> None:
    sources = (path for path in SOURCES if path.is_relative_to(ROOT / "bot" / folder))
    texts = [
        name(path)
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value == "mrkdwn"
    ]
    assert texts == []


@pytest.mark.parametrize("folder", ["domain", "services", "views", "handlers", "app"])
def test_no_shapeless_dictionary_passes_the_handlers(folder: str) -> None:
    shapeless = [
        name(path)
        for path in SOURCES
        if path.is_relative_to(ROOT / "bot" / folder)
        and name(path) not in PLAIN_JSON
        and re.search(r"\bAny\b", path.read_text())
    ]
    assert shapeless == []


def test_only_the_parser_and_the_listeners_see_a_payload() -> None:
    seeing = {
        path.name
        for folder in ("handlers", "app")
        for path in (ROOT / "bot" / folder).glob("*.py")
        if re.search(r"\bbody: (Mapping|dict)\[str, object\]", path.read_text())
    }
    assert seeing == {"interaction.py", "listeners.py"}
