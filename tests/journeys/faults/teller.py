"""What a person has been told, wherever it stands, since they last looked."""

from bot.views.sentences import say
from tests.person import Desk

TOLD = (
    "error.view_failed",
    "error.storage_unavailable",
    "notice.saved_not_shown",
    "notice.saved",
    "notice.saved_late",
    "notice.not_saved_late",
    "summary.failed",
    "summary.unsure",
    "home.failed",
)
"""What may be said when something went wrong on the way."""

WAITING = ("notice.saving", "notice.loading")
"""What is said while it takes longer."""


class Teller:
    """Reads what is new on somebody's screen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._replies, self._messages = len(desk.ephemerals()), len(desk.dms())

    @property
    def _new(self) -> str:
        desk = self._desk
        modal = desk.text if desk.has_modal else ""
        return "\n".join([modal, *desk.ephemerals()[self._replies :], *self.messages])

    @property
    def messages(self) -> list[str]:
        """The direct messages that have come."""
        return self._desk.dms()[self._messages :]

    def sees(self, words: str) -> bool:
        """Say whether the words are there."""
        return words in self._new

    @property
    def is_told(self) -> bool:
        """Say whether it was said that something went wrong."""
        return any(say(key) in self._new for key in TOLD)

    @property
    def waits(self) -> bool:
        """Say whether it was said that it takes longer."""
        return any(say(key) in self._new for key in WAITING)

    @property
    def is_saved(self) -> bool:
        """Say whether a form says that it is saved, and can be closed."""
        return self._desk.has_modal and say("notice.saved") in self._desk.text
