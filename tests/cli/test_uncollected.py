"""What a command imports is looked through for cycles neither while it comes nor later."""

import gc
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli.uncollected import uncollected

MODULE = "kinward_that_comes_late"


def test_what_is_imported_is_never_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{MODULE}.py").write_text("kept = [[]]\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        with uncollected():
            assert not gc.isenabled()
            kept = import_module(MODULE).kept
    finally:
        sys.modules.pop(MODULE, None)

    assert gc.isenabled()
    assert not any(each is kept for each in gc.get_objects())


def test_where_nothing_comes_what_could_go_still_can() -> None:
    made: list[list[object]] = [[]]
    before = gc.get_freeze_count()

    with uncollected():
        pass

    assert gc.get_freeze_count() == before
    assert any(each is made for each in gc.get_objects())
