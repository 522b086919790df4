"""The words after `/family`: the one table that help, the README and the manifest agree with."""

from dataclasses import dataclass
from difflib import get_close_matches

COMMAND = "/family"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWord:
    """One word after the command, how it is written, and the key of what it does."""

    word: str
    usage: str
    what: str
    same_as: str = ""
    """The word it means the same as."""


COMMANDS: tuple[CommandWord, ...] = (
    CommandWord(word="show", usage="show [client]", what="command.show"),
    CommandWord(word="link", usage="link [client]", what="command.link"),
    CommandWord(word="add", usage="add [client]", what="command.add"),
    CommandWord(word="share", usage="share [client]", what="command.share"),
    CommandWord(word="unlink", usage="unlink [client]", what="command.unlink"),
    CommandWord(word="remove", usage="remove [client]", what="command.remove", same_as="unlink"),
    CommandWord(word="client", usage="client new | client edit [client]", what="command.client"),
    CommandWord(word="summary", usage="summary [client]", what="command.summary"),
    CommandWord(word="history", usage="history [client]", what="command.history"),
    CommandWord(word="help", usage="help", what="command.help"),
)


def command_word(word: str) -> str | None:
    """Return the word that a typed one means, or None where there is no such word."""
    for command in COMMANDS:
        if command.word == word.casefold():
            return command.same_as or command.word
    return None


def nearest_word(word: str) -> str | None:
    """Return the word that was probably meant."""
    near = get_close_matches(word.casefold(), [command.word for command in COMMANDS], n=1, cutoff=0.6)
    return near[0] if near else None
