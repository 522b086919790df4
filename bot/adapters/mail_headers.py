"""The policy that mails are written with: Python's own, which remembers the headers it has read and folded.

Most of the time that a mail takes goes into its headers, and most of them stand in every mail of a notice.
"""

import re
from collections.abc import Mapping
from email.headerregistry import BaseHeader
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any

_REMEMBERED = 1024
_LONGEST = 320
"""In characters: what is longer comes once, and would only fill the memory."""
_PLAIN = re.compile(r"[!-~](?:[ -~]{0,318}[!-~])?")
"""Letters that stand in a header as they are, and fewer than have to be folded."""
_MAILBOX = re.compile(r"(?:[A-Za-z0-9]+ )+<[A-Za-z0-9+_-]+(?:\.[A-Za-z0-9+_-]+)*@[A-Za-z0-9.-]+>")
"""A name of letters alone, and an address in which nothing needs quotes; any other is read and folded."""
_WRITTEN_AS_IT_IS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"), _PLAIN),
    **dict.fromkeys(("From", "To"), _MAILBOX),
}


class RememberingPolicy(EmailPolicy):
    """Refuses a line end in a header, as Python's does, and writes what it knows already at once."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - as in the package
        """Return a header, read once."""
        if written_as_it_is(name, value):
            return name, value
        if type(value) is str and len(value) <= _LONGEST:
            return name, _read(name, value)
        return super().header_store_parse(name, value)

    def header_max_count(self, name: str) -> int | None:
        """Return how often a header may stand in a mail."""
        return _most(name)

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - as in the package
        """Return the lines of a header, folded once."""
        if written_as_it_is(name, value):
            return f"{name}: {value}\r\n".encode("ascii")
        if isinstance(value, BaseHeader) and len(value) <= _LONGEST:
            return _folded(value, name, self.utf8)
        return super().fold_binary(name, value)


def written_as_it_is(name: str, value: object) -> bool:
    """Say whether there is nothing to read or fold in a header, most of which stand in one mail alone."""
    pattern = _WRITTEN_AS_IT_IS.get(name)
    return (
        pattern is not None
        and type(value) is str
        and len(value) <= _LONGEST
        and (pattern.fullmatch(value) is not None)
    )


LONGEST_LINE = 400
# Seven bits, so that no server on the way has to change anything. Lines long enough for a link with a token,
# which not everything that reads List-Unsubscribe finds in a folded header. RFC 5322 2.1.1 allows 998.
_FORM: dict[str, Any] = {
    "linesep": "\r\n",
    "raise_on_defect": False,
    "cte_type": "7bit",
    "max_line_length": LONGEST_LINE,
}
ASCII_HEADERS = RememberingPolicy(**_FORM)
UTF8_HEADERS = RememberingPolicy(**_FORM, utf8=True)
_FORGETFUL = EmailPolicy(**_FORM)
_FORGETFUL_UTF8 = EmailPolicy(**_FORM, utf8=True)


@lru_cache(maxsize=_REMEMBERED)
def _most(name: str) -> int | None:
    most: int | None = _FORGETFUL.header_max_count(name)
    return most


@lru_cache(maxsize=_REMEMBERED)
def _read(name: str, value: str) -> Any:  # noqa: ANN401 - a header, whose class depends on its name
    return _FORGETFUL.header_store_parse(name, value)[1]


@lru_cache(maxsize=_REMEMBERED)
def _folded(header: Any, name: str, utf8: bool) -> bytes:  # noqa: ANN401, FBT001 - a header, and what it is known by
    lines: bytes = (_FORGETFUL_UTF8 if utf8 else _FORGETFUL).fold_binary(name, header)
    return lines
