"""How far an import has come: a bar on a terminal, now and then a plain line elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from bot.cli.import_sentences import STEPS
from bot.services.ports import ImportStep
from bot.services.roster.report import Progress as HowFar
from bot.services.roster.report import Tell

SECONDS_BETWEEN_LINES = 5.0
SECONDS_IN_MINUTE = 60
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
        TextColumn("{task.fields[rows]}"),
        _TimeLeft(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, read).tell


class _TimeLeft(ProgressColumn):
    """How long the step is likely to take yet, and that it is that."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """Return minutes and seconds; nothing where it cannot be said."""
        if task.total is None or task.time_remaining is None or task.finished:
            return Text("")
        minutes, seconds = divmod(int(task.time_remaining), SECONDS_IN_MINUTE)
        return Text(f"{minutes}:{seconds:02} left")


class _Bar:
    def __init__(self, bar: Progress, read: Callable[[], tuple[int, int | None]]) -> None:
        self._bar = bar
        self._read = read
        self._task = bar.add_task("", total=None, rows="", visible=False)
        self._step = ""

    def tell(self, how_far: HowFar) -> None:
        done, total = (how_far.done, how_far.of) if how_far.of is not None else self._read()
        # What is tidied up at the end is more than rows.
        rows = f"{how_far.done:,} rows" if how_far.step is not ImportStep.DONE else ""
        if STEPS[how_far.step] != self._step:
            self._step = STEPS[how_far.step]
            # Not what the last step came to, under the name of the next one.
            self._bar.reset(self._task, description=self._step, total=total, visible=True, rows=rows)
        self._bar.update(self._task, completed=done, total=total, rows=rows)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = monotonic()
        self._step = ""

    def tell(self, how_far: HowFar) -> None:
        is_long = max(how_far.done, how_far.of or 0) >= MANY_ROWS
        # That it tidies up is said where somebody waits for it.
        is_new = is_long and how_far.step is not ImportStep.DONE and STEPS[how_far.step] != self._step
        if not is_new and monotonic() - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last, self._step = monotonic(), STEPS[how_far.step]
        of = "" if how_far.of is None else f" of {how_far.of:,}"
        self._console.print(f"{STEPS[how_far.step]}: {how_far.done:,}{of} rows.", highlight=False)
