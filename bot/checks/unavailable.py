"""What is said of a database that is not available, to whoever runs it."""

from bot.domain.errors import StorageUnavailable
from storage.why_unavailable import Why, why_unavailable

_UNKNOWN = "It cannot be opened or did not answer in time: see DATABASE_URL."
_SENTENCES = {
    Why.NO_DATABASE_FILE: "That file is no SQLite database: see DATABASE_URL.",
    Why.CANNOT_OPEN: "It cannot be opened or made: see the path in DATABASE_URL, and who may write there.",
    Why.READ_ONLY: "It cannot be written to: see who may write to the file and its folder.",
    Why.LOCKED: "Another program holds it locked: wait for that, or end it, and try again.",
    Why.FULL: "There is no room left for it: make some, and try again.",
    Why.DAMAGED: "The file is damaged: put a backup in its place.",
    Why.NO_SERVER: "Nobody answers there: see whether the server runs, and the address in DATABASE_URL.",
    Why.LOG_IN: "The server does not take the user or the password in DATABASE_URL.",
    Why.NO_DATABASE: "The server has no database of that name: make it, or see DATABASE_URL.",
}


def sentence_of_unavailable(error: StorageUnavailable) -> str:
    """Return a sentence about the database: what is the matter and what to do, without the address."""
    why = why_unavailable(error)
    return _UNKNOWN if why is None else _SENTENCES[why]
