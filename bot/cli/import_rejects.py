"""Writing the rows that were left out of an import, each once with all that is wrong with it."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bot.adapters.roster.rejects import RejectsFile, free_path
from bot.cli.import_sentences import reason_of
from bot.cli.outcome import CannotGoOn
from bot.services.roster.plan import ImportPlan
from bot.services.roster.rows import RowError

CONTINUE = "kinward clients import --continue"


class WrittenRejects:
    """The files of rejects of one import; each is there once it has a row.

    Args:
        plan: what the files of the import are like.
        places: where the rejects of each go; those of files that are not in it go nowhere.
        stack: closes them at the end.
    """

    def __init__(self, plan: ImportPlan, places: Mapping[str, str], stack: ExitStack) -> None:
        self._shapes = {shape.file: shape for shape in plan.files}
        self._places = places
        self._stack = stack
        self._open: dict[str, RejectsFile] = {}
        self._last: list[RowError] = []
        self.paths: list[Path] = []
        self.has_relatives = False
        """Whether a relative was left out, whose patient is known from the patient's file alone."""

    def add(self, error: RowError) -> None:
        """Take the next error; those of one row come one after the other."""
        if self._last and self._last[0].place != error.place:
            self.write_last()
        self._last.append(error)

    def write_last(self) -> None:
        """Write the row whose errors came last.

        Raises:
            CannotGoOn: its file cannot be written.
        """
        if not self._last:
            return
        first, reasons = self._last[0], [_reason(error) for error in self._last]
        self._last = []
        if first.place.file in self._places:
            self.has_relatives |= '"RelatedPerson"' in first.original.get("resource", "")
            self._file(first.place.file).write(first.original, reasons)

    def _file(self, name: str) -> RejectsFile:
        if name not in self._open:
            path = Path(self._places[name])
            if path.exists():
                path = free_path(path, path.suffix)
            try:
                self._open[name] = self._stack.enter_context(RejectsFile(path, self._shapes[name]))
            except OSError as error:
                raise CannotGoOn(
                    f"{path} cannot be written ({error.strerror}). The import is done but for this; "
                    f"name another place: {CONTINUE} --rejects FOLDER."
                ) from None
            self.paths.append(path)
        return self._open[name]


def moved(places: Mapping[str, str], asked: Path | None) -> dict[str, str]:
    """Return where rejects go if another place was asked for: a folder, or a file."""
    if asked is None:
        return dict(places)
    target = asked.absolute()
    return {
        name: str(target / Path(path).name if target.is_dir() else target) for name, path in places.items()
    }


def _reason(error: RowError) -> str:
    return f"{error.column}: {reason_of(error)}" if error.column else reason_of(error)
