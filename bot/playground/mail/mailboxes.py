"""Everybody's mailbox, kept between two starts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.email import login_equality
from bot.playground.mail.letter import Letter
from bot.playground.slack import state_file
from bot.playground.slack.wire import Json

MOST_LETTERS = 400
"""What is kept of them; the oldest go first."""


class Mailboxes:
    """Takes mail in and shows it by inbox, the one with the newest mail first."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._letters: list[Letter] = []
        self._number = 0
        self.on_change: Callable[[], None] = lambda: None
        """Called after each change."""
        kept = state_file.load(file) if file is not None else None
        if kept is not None:
            self._letters = [Letter.kept(each) for each in kept["letters"]]
            self._number = int(kept["number"])

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Every mail, oldest first."""
        return tuple(self._letters)

    def letter(self, letter_id: str) -> Letter | None:
        """Return one mail, or None where there is none with this id."""
        return next((each for each in self._letters if each.id == letter_id), None)

    def deliver(self, content: bytes, *, inbox: str) -> None:
        """Put a mail into a mailbox."""
        self._number += 1
        letter = Letter.read(content, number=self._number, inbox=inbox, at=datetime.now(UTC))
        self._letters = [*self._letters, letter][-MOST_LETTERS:]
        self._changed()

    def read(self, inbox: str) -> None:
        """Have everything in a mailbox before one's eyes."""
        key = login_equality(inbox)
        if not any(login_equality(each.inbox) == key and not each.is_read for each in self._letters):
            return
        self._letters = [
            replace(each, is_read=True) if login_equality(each.inbox) == key else each
            for each in self._letters
        ]
        self._changed()

    def to_page(self) -> list[Json]:
        """Return the mailboxes as the page shows them, each with its newest mail first."""
        inboxes: dict[str, list[Letter]] = {}
        for letter in reversed(self._letters):
            inboxes.setdefault(login_equality(letter.inbox), []).append(letter)
        return [
            {
                "inbox": letters[0].inbox,
                "names": list(dict.fromkeys(each.name for each in letters)),
                "unread": sum(not each.is_read for each in letters),
                "letters": [each.to_page() for each in letters],
            }
            for letters in inboxes.values()
        ]

    def _changed(self) -> None:
        if self._file is not None:
            letters = [each.to_json() for each in self._letters]
            state_file.save(self._file, {"letters": letters, "number": self._number})
        self.on_change()
