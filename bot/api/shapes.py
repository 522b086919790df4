"""What requests and answers look like; the OpenAPI document is made of these."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictStr
from pydantic.json_schema import WithJsonSchema

from bot.domain.mail_copy import CopyState, MailCopy
from bot.domain.notice import (
    MAX_BODY_LENGTH,
    MAX_FILENAME_LENGTH,
    MAX_KEY_LENGTH,
    MAX_SUBJECT_LENGTH,
    STATED_CATEGORIES,
    Attachment,
    NoticeCategory,
)
from bot.domain.recipients import Reason, RecipientKind, Verdict

MOST_ATTACHMENTS = 50
"""All of them together have at most 10 MB."""


def _known_category(value: object) -> object:
    if not isinstance(value, str) or value not in STATED_CATEGORIES:
        raise ValueError(f"Say which kind it is, one of: {', '.join(STATED_CATEGORIES)}.")
    return NoticeCategory(value)


StatedCategory = Annotated[
    NoticeCategory,
    BeforeValidator(_known_category),
    WithJsonSchema({"type": "string", "enum": [*STATED_CATEGORIES]}),
]
"""What a notice may be said to be; nobody can leave it open."""


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Send the file in base64, as a string.")  # noqa: TRY004 - pydantic takes this one
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("Send the file in base64 (RFC 4648, section 4), without line breaks.") from None


class AttachmentIn(BaseModel):
    """A file that belongs to the notice."""

    model_config = ConfigDict(extra="forbid")

    filename: Annotated[StrictStr, Field(min_length=1, max_length=MAX_FILENAME_LENGTH)]
    content_type: Annotated[StrictStr, Field(min_length=3, max_length=255, examples=["application/pdf"])]
    content: Annotated[
        bytes,
        BeforeValidator(_decoded),
        WithJsonSchema(
            {
                "type": "string",
                "contentEncoding": "base64",
                "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
                "description": "The file in base64 (RFC 4648, section 4).",
            }
        ),
    ]

    def attachment(self) -> Attachment:
        """Return it in the words of the field."""
        return Attachment(filename=self.filename, content_type=self.content_type, content=self.content)


class NotificationIn(BaseModel):
    """A notification e-mail of one client, as the practice wrote it: a text or HTML, or both."""

    model_config = ConfigDict(extra="forbid")

    client: Annotated[
        StrictStr,
        Field(
            min_length=1,
            max_length=200,
            description="The practice's own id of the client, or Kinward's.",
            examples=["K-1006"],
        ),
    ]
    category: Annotated[
        StatedCategory,
        Field(description="What it is about. `account` (passwords, login codes) is never copied."),
    ]
    subject: Annotated[StrictStr, Field(min_length=1, max_length=MAX_SUBJECT_LENGTH)]
    text: Annotated[StrictStr, Field(max_length=MAX_BODY_LENGTH)] = ""
    html: Annotated[StrictStr, Field(max_length=MAX_BODY_LENGTH)] = ""
    attachments: Annotated[
        list[AttachmentIn],
        Field(max_length=MOST_ATTACHMENTS, description="All together at most 10 MB."),
    ] = []
    send_at: Annotated[
        AwareDatetime | None,
        Field(description="When to send it (RFC 3339, with an offset). Who receives it is decided then."),
    ] = None
    event_id: Annotated[
        StrictStr | None,
        Field(
            min_length=1,
            max_length=MAX_KEY_LENGTH,
            description="The occasion, the same for both clients of one session: each address gets one mail.",
        ),
    ] = None


class RecipientOut(BaseModel):
    """Somebody on the client's account, and whether they receive the notice."""

    kind: RecipientKind
    name: str
    address: str | None
    receives: bool
    reason: Reason = Field(description="Why they receive it, or why not.")

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        """Return what was decided about somebody."""
        return cls(
            kind=verdict.kind,
            name=verdict.name,
            address=verdict.address,
            receives=verdict.receives,
            reason=verdict.reason,
        )


class RecipientsOut(BaseModel):
    """Who would receive a notice of this client now, and who would not."""

    client_id: str
    category: NoticeCategory
    recipients: list[RecipientOut]


class MailOut(BaseModel):
    """The mail of a notice to one person on the account."""

    kind: RecipientKind
    name: str
    address: str | None
    reason: Reason
    state: CopyState
    attempts: int
    sent_at: datetime | None
    result: str = Field(description="The mail server's last answer as a code, or empty.")

    @classmethod
    def of(cls, copy: MailCopy) -> Self:
        """Return what became of a mail so far."""
        return cls(
            kind=copy.kind,
            name=copy.name,
            address=copy.address,
            reason=copy.reason,
            state=copy.state,
            attempts=copy.attempts,
            sent_at=copy.sent_at,
            result=copy.result,
        )


class NotificationOut(BaseModel):
    """A notice that was taken, with a mail for everybody on the account, sent or not."""

    id: str
    mails: list[MailOut]
