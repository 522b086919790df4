"""What is said of a row, or a whole file, that cannot be imported."""

from bot.services.client_import import RowError, UnreadableFile
from bot.views.sentences import say

SENTENCES = {
    "file.not_utf8": "The file is not UTF-8 text: save it as “CSV UTF-8”.",
    "file.empty": "The file is empty.",
    "file.headers": "The first line has to hold exactly the known headers.",
    "row.unreadable": "The row is not CSV: a quotation mark is open or out of place.",
    "row.cells": "The row has {found} cells and the first line {expected}.",
    "row.likely_duplicate": "{name} may be the same person and is here without this id: "
    "give that client the id first, or leave the row out.",
    "own_id.needed": "Every row needs the practice's own id.",
    "own_id.repeated": "The same id stands in line {line}.",
    "birth_date.not_iso": "A date is written like 1984-03-02.",
    "status.unknown": "The status is one of: {known}.",
}
"""By the keys that only an import gives; those of a form have their sentences in the catalogue."""

_HEADER_FAULTS = (
    ("missing", "Missing: {}."),
    ("unknown", "Not known: {}."),
    ("repeated", "There twice: {}."),
)


def sentence_of_file(error: UnreadableFile) -> str:
    """Return why a file cannot be read as a list of clients."""
    faults = [text.format(error.values[name]) for name, text in _HEADER_FAULTS if error.values.get(name)]
    return " ".join([SENTENCES[error.key], *faults])


def sentence_of_row(error: RowError) -> str:
    """Return where a row is wrong, and why it was left out."""
    sentence = SENTENCES.get(error.key)
    told = say(error.key, **error.values) if sentence is None else sentence.format(**error.values)
    return f"line {error.line}, {error.column}: {told}" if error.column else f"line {error.line}: {told}"
