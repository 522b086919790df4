"""What a notice must be to be taken, and tidying what is only untidy."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.folding import tidy
from bot.domain.notice import (
    MAX_ATTACHMENTS_SIZE,
    MAX_BODY_LENGTH,
    MAX_FILENAME_LENGTH,
    MAX_KEY_LENGTH,
    MAX_ORIGINAL_SIZE,
    MAX_SUBJECT_LENGTH,
    NoticeCategory,
    NoticeContent,
    NoticeProblem,
    NoticeRequest,
)

FARTHEST = timedelta(days=366)

_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
"""A type and a subtype (RFC 6838 4.2), in small letters."""


def tidied(request: NoticeRequest) -> NoticeRequest:
    """Return the request without what no header may hold: line ends and control characters become nothing."""
    content = request.content
    attachments = tuple(
        replace(
            each,
            filename=tidy(each.filename),
            content_type=each.content_type.partition(";")[0].strip().lower(),
        )
        for each in content.attachments
    )
    return replace(
        request,
        content=replace(content, subject=tidy(content.subject), attachments=attachments),
        event_id=request.event_id or None,
        idempotency_key=request.idempotency_key or None,
    )


def problems_of(request: NoticeRequest, *, now: datetime) -> tuple[NoticeProblem, ...]:
    """Return everything that stands against a tidied request.

    Raises:
        ValueError: it names neither a client nor an address to pass a mail on to, or shares such a mail.
    """
    _refuse_without_addressee(request)
    content = request.content
    found = [*_of_body(content), *_of_attachments(content), *_of_request(request, now=now)]
    return tuple(dict.fromkeys(found))


def _of_request(request: NoticeRequest, *, now: datetime) -> Iterator[NoticeProblem]:
    if request.category is NoticeCategory.UNKNOWN and request.content.original is None:
        yield NoticeProblem.CATEGORY_NEEDED
    keys = (request.event_id, request.idempotency_key)
    if any(key is not None and len(key) > MAX_KEY_LENGTH for key in keys):
        yield NoticeProblem.KEY_TOO_LONG
    if not all(_is_readable(key or "") for key in keys):
        yield NoticeProblem.UNREADABLE_LETTERS
    if request.send_at is not None and request.send_at > now + FARTHEST:
        yield NoticeProblem.SEND_AT_TOO_FAR


def _of_body(content: NoticeContent) -> Iterator[NoticeProblem]:
    # A mail that goes on as it came may well have no subject, and a body that only its reader can open.
    if content.original is None:
        if not content.subject:
            yield NoticeProblem.SUBJECT_NEEDED
        if not content.text.strip() and not content.html.strip():
            yield NoticeProblem.BODY_NEEDED
    elif len(content.original) > MAX_ORIGINAL_SIZE:
        yield NoticeProblem.ORIGINAL_TOO_LARGE
    if len(content.subject) > MAX_SUBJECT_LENGTH:
        yield NoticeProblem.SUBJECT_TOO_LONG
    if max(len(content.text), len(content.html)) > MAX_BODY_LENGTH:
        yield NoticeProblem.BODY_TOO_LONG
    if not all(map(_is_readable, (content.subject, content.text, content.html))):
        yield NoticeProblem.UNREADABLE_LETTERS


def _of_attachments(content: NoticeContent) -> Iterator[NoticeProblem]:
    if sum(len(each.content) for each in content.attachments) > MAX_ATTACHMENTS_SIZE:
        yield NoticeProblem.ATTACHMENTS_TOO_LARGE
    for each in content.attachments:
        named = 0 < len(each.filename) <= MAX_FILENAME_LENGTH and _is_readable(each.filename)
        if not named or not _CONTENT_TYPE.fullmatch(each.content_type):
            yield NoticeProblem.ATTACHMENT_UNREADABLE


def _is_readable(text: str) -> bool:
    """Say whether a text has whole letters only, and none that a database cannot keep."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _refuse_without_addressee(request: NoticeRequest) -> None:
    if request.client_id is not None:
        return
    if not request.addressed_to or request.content.original is None:
        raise ValueError("a notice of nobody is a mail to an address, which goes on as it came")
    if request.category.shared_as is not None:
        raise ValueError("a mail of which nobody can say whose it is is copied to nobody")
