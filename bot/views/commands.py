"""The words after `/family`: the one table that help, the README and the manifest agree with."""

from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.staff_role import EVERY_RIGHT, Right, Rights

COMMAND = "/family"
_CHANGES = Right.CHANGE_CLIENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWord:
    """One word after the command, how it is written, and the key of what it does."""

    word: str
    usage: str
    what: str
    same_as: str = ""
    """The word it means the same as."""
    needs: Right = Right.SEE_CLIENTS
    """Only who may do this is told of the word."""
    what_is_seen: str = ""
    """What it does for those who change nothing, where that is less."""

    def told_to(self, rights: Rights) -> str:
        """Return the key of what it does for somebody with these rights."""
        return self.what if _CHANGES in rights or not self.what_is_seen else self.what_is_seen


COMMANDS: tuple[CommandWord, ...] = (
    CommandWord(word="show", usage="show [client]", what="command.show"),
    CommandWord(word="link", usage="link [client]", what="command.link", needs=_CHANGES),
    CommandWord(word="add", usage="add [client]", what="command.add", needs=_CHANGES),
    CommandWord(word="share", usage="share [client]", what="command.share", needs=_CHANGES),
    CommandWord(word="unlink", usage="unlink [client]", what="command.unlink", needs=_CHANGES),
    CommandWord(
        word="remove", usage="remove [client]", what="command.remove", same_as="unlink", needs=_CHANGES
    ),
    CommandWord(
        word="client", usage="client new | client edit [client]", what="command.client", needs=_CHANGES
    ),
    CommandWord(word="summary", usage="summary [client]", what="command.summary"),
    CommandWord(word="recipients", usage="recipients [client]", what="command.recipients"),
    CommandWord(
        word="history",
        usage="history [client]",
        what="command.history",
        what_is_seen="command.history_seen",
    ),
    CommandWord(word="trail", usage="trail", what="command.trail", needs=Right.SEE_TRAIL),
    CommandWord(word="settings", usage="settings", what="command.settings", needs=Right.CHANGE_SETTINGS),
    CommandWord(word="help", usage="help", what="command.help"),
)


def offered_to(rights: Rights) -> tuple[CommandWord, ...]:
    """Return the words that somebody with these rights may use; help is for everybody."""
    return tuple(command for command in COMMANDS if command.word == "help" or command.needs in rights)


def command_word(word: str) -> str | None:
    """Return the word that a typed one means, or None where there is no such word."""
    for command in COMMANDS:
        if command.word == word.casefold():
            return command.same_as or command.word
    return None


def right_of(word: str) -> Right:
    """Return the right that a known word needs."""
    return next(command.needs for command in COMMANDS if command.word == word)


def nearest_word(word: str, rights: Rights = EVERY_RIGHT) -> str | None:
    """Return the word that was probably meant, of those that somebody with these rights may use."""
    known = [command.word for command in offered_to(rights)]
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return near[0] if near else None
