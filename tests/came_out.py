"""Everything that came out of the bot, apart from where names may stand: modals, Home and direct messages."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote_plus

from bot.playground.slack import LocalSlack
from bot.playground.slack.traffic import Entry

HIDDEN = frozenset(
    {"private_metadata", "block_id", "action_id", "callback_id", "external_id", "value", "url", "image_url"}
)
"""What nobody sees, in whatever view or message it stands."""

VIEWS = frozenset({"views.open", "views.push", "views.update", "views.publish"})
POSTS = frozenset({"chat.postMessage", "chat.update"})
MARKS = (
    "Qyxander",
    "Zwobodnik",
    "Ixtapalu",
    "Vjorndal",
    "Pzelmira",
    "Kwibusch",
    "qyx.marked@example.com",
    "pzelmira@example.org",
    "MRK-7731",
    "grand-quodlibet",
    "Order QX-99182",
    "moved to Zzyzx",
)
DIGITS = ("2125550187", "2125550193", "19030217", "02171903", "17021903")
DAYS = ("17 feb 1903", "feb 17, 1903", "born 1903")


def plain(text: str) -> str:
    """Return a text without marks over letters, encodings of addresses, or upper case."""
    decomposed = unicodedata.normalize("NFKD", unquote_plus(text))
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


def marks_in(text: str) -> set[str]:
    """Return which of the marks are in a text, however they are written."""
    read = plain(text)
    found = {mark for mark in (*MARKS, *DAYS) if mark.casefold() in read}
    # Ids have letters between their digits, and only those of one number stand together.
    numbers = "".join(each for each in read if each not in " -().+/:")
    return found | {digits for digits in DIGITS if digits in numbers}


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a value with its place, keys among them."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield f"{path}/{key}", str(key)
            yield from strings(each, f"{path}/{key}")
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from strings(each, f"{path}/{number}")
    elif value is not None:
        yield path, str(value)


def hidden(value: object) -> Iterator[tuple[str, str]]:
    """Yield every text of a view or of blocks that a person does not see."""
    return ((path, text) for path, text in strings(value) if path.rpartition("/")[2] in HIDDEN)


def outside(entry: Entry, slack: LocalSlack) -> Iterable[tuple[str, str]]:
    """Yield what of one thing that the bot sent stands where no name may stand."""
    sent = dict(entry.sent)
    if entry.kind == "call" and entry.name in VIEWS:
        view = sent.pop("view")
        return (*strings(sent), *hidden(view))
    if entry.kind == "call" and entry.name in POSTS:
        if slack.hub.workspace.owner_of_dm(str(sent.get("channel"))) is None:
            return strings(sent)
        shown = sent.pop("blocks", [])
        # What is left of it holds the text, which is read on a locked screen.
        return (*strings(sent), *hidden(shown))
    if entry.kind == "ack":
        seen = {key: sent.pop(key) for key in ("view", "errors", "options", "option_groups") if key in sent}
        return (*strings(sent), *hidden(seen))
    return strings(sent)


def leaks(slack: LocalSlack) -> dict[str, set[str]]:
    """Return the marks in whatever the bot sent to Slack, by their places."""
    found: dict[str, set[str]] = {}
    for entry in slack.hub.traffic:
        if entry.kind in ("call", "ack", "response_url"):
            for path, text in outside(entry, slack):
                if marks := marks_in(text):
                    found.setdefault(f"{entry.kind} {entry.name} {path}", set()).update(marks)
    return found


def shown_marks(slack: LocalSlack) -> set[str]:
    """Return the marks that people were shown: without them the search would prove nothing."""
    sent = (entry for entry in slack.hub.traffic if entry.kind in ("call", "ack"))
    return {mark for entry in sent for _, text in strings(entry.sent) for mark in marks_in(text)}
