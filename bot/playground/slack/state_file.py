"""Messages and Home, kept as JSON between two starts."""

import json
import os
import tempfile
from pathlib import Path

from bot.playground.slack.wire import Json

VERSION = 1


def load(path: Path) -> Json | None:
    """Read what an earlier start kept; None when there is nothing, or nothing this version can read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return kept if isinstance(kept, dict) and kept.get("version") == VERSION else None


def save(path: Path, kept: Json) -> None:
    """Write the whole file aside and put it in place in one step, so that no half of it is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({**kept, "version": VERSION}, file, ensure_ascii=False)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
