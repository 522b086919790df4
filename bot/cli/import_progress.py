"""How far an import has come: a bar on a terminal, now and then a plain line elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.import_sentences import STEPS
from bot.services.roster.report import Progress as HowFar
from bot.services.roster.report import Tell

SECONDS_BETWEEN_LINES = 5.0
MANY_ROWS = 1000
"""Of so many rows it is said with which step they are under way, however quick it is."""


@contextmanager
def shown_progress(console: Console, read: Callable[[], tuple[int, int | None]]) -> Iterator[Tell]:
    """Yield what is to be told how far an import has come.

    Args:
        console: where it is shown.
        read: returns how many bytes of the files were read, and how many there are, if that is known.
    """
    if not console.is_terminal:
        yield _Lines(console).tell
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, read).tell


class _Bar:
    def __init__(self, bar: Progress, read: Callable[[], tuple[int, int | None]]) -> None:
        self._bar = bar
        self._read = read
        self._task = bar.add_task("", total=None, rows=0)
        self._step = ""

    def tell(self, how_far: HowFar) -> None:
        done, total = (how_far.done, how_far.of) if how_far.of is not None else self._read()
        if STEPS[how_far.step] != self._step:
            self._step = STEPS[how_far.step]
            self._bar.reset(self._task, description=self._step, total=total)
        self._bar.update(self._task, completed=done, total=total, rows=how_far.done)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = monotonic()
        self._step = ""

    def tell(self, how_far: HowFar) -> None:
        is_long = max(how_far.done, how_far.of or 0) >= MANY_ROWS
        is_new = is_long and STEPS[how_far.step] != self._step
        if not is_new and monotonic() - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last, self._step = monotonic(), STEPS[how_far.step]
        of = "" if how_far.of is None else f" of {how_far.of:,}"
        self._console.print(f"{STEPS[how_far.step]}: {how_far.done:,}{of} rows.", highlight=False)
