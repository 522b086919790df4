"""Handing a notice in, asking what became of it, and asking who would receive one."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from bot.api.caller import Caller, caller_of
from bot.api.problems import Mistake, ProblemDocument, Refusal
from bot.api.shapes import (
    MailOut,
    NotificationIn,
    NotificationOut,
    RecipientOut,
    RecipientsOut,
    StatedCategory,
)
from bot.domain.client import Client
from bot.domain.errors import IdempotencyConflict, NotFound, NoticeRefused
from bot.domain.ids import NoticeId
from bot.domain.mail_copy import MailCopy
from bot.domain.notice import (
    MAX_KEY_LENGTH,
    NoticeContent,
    NoticeProblem,
    NoticeRequest,
    NoticeSource,
)
from bot.services.services import Services

REPLAYED = "Idempotent-Replayed"
"""Set on the answer to a key that came before: nothing was queued again."""

_POINTERS: dict[NoticeProblem, str] = {
    NoticeProblem.SUBJECT_NEEDED: "/subject",
    NoticeProblem.SUBJECT_TOO_LONG: "/subject",
    NoticeProblem.BODY_NEEDED: "/text",
    NoticeProblem.BODY_TOO_LONG: "/text",
    NoticeProblem.ATTACHMENTS_TOO_LARGE: "/attachments",
    NoticeProblem.ATTACHMENT_UNREADABLE: "/attachments",
    NoticeProblem.SEND_AT_TOO_FAR: "/send_at",
    NoticeProblem.KEY_TOO_LONG: "/event_id",
}
_DETAILS: dict[NoticeProblem, str] = {
    NoticeProblem.SUBJECT_NEEDED: "A notice has a subject.",
    NoticeProblem.SUBJECT_TOO_LONG: "The subject is too long.",
    NoticeProblem.BODY_NEEDED: "A notice has a text or HTML, or both.",
    NoticeProblem.BODY_TOO_LONG: "The text or the HTML is too long.",
    NoticeProblem.ATTACHMENTS_TOO_LARGE: "All attachments together have at most 10 MB.",
    NoticeProblem.ATTACHMENT_UNREADABLE: "A file needs a name and a content type that can stand in a mail.",
    NoticeProblem.SEND_AT_TOO_FAR: "A notice is sent within a year.",
    NoticeProblem.KEY_TOO_LONG: "A key has at most 200 letters.",
    NoticeProblem.UNREADABLE_LETTERS: "There are letters in it that no mail can carry.",
}
Problems = dict[int | str, dict[str, object]]

_LOOK_UP = "look_up_notification"
_ANSWER_LINKS: Problems = {
    HTTPStatus.ACCEPTED.value: {
        "links": {
            "what became of it": {
                "operationId": _LOOK_UP,
                "parameters": {"notification_id": "$response.body#/id"},
            }
        }
    }
}
_NO_CLIENT = "There is no client with this id."


def documented(*statuses: HTTPStatus) -> Problems:
    """Return what the document says of refusals; some come from any address."""
    everywhere = (HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE)
    return {
        status.value: {
            "model": ProblemDocument,
            "description": status.phrase,
            "content": {"application/problem+json": {}},
        }
        for status in (*everywhere, *statuses)
    }


def notifications(services: Services) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/v1")

    @routes.post(
        "/notifications",
        status_code=HTTPStatus.ACCEPTED,
        summary="Hand in a notification e-mail of a client",
        responses=_ANSWER_LINKS
        | documented(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
    )
    async def hand_in(
        notice: NotificationIn,
        request: Request,
        response: Response,
        idempotency_key: Annotated[
            str | None,
            Header(
                min_length=1,
                max_length=MAX_KEY_LENGTH,
                description="The same key again is the same request: nothing is sent twice.",
            ),
        ] = None,
    ) -> NotificationOut:
        """Queue it for the client and for everybody with whom this kind of e-mail is shared.

        The answer says who receives a mail and who does not, each with the reason. It is decided again when
        each mail is sent.
        """
        asking = caller_of(request)
        client = await _known(services, asking, notice.client)
        asked = NoticeRequest(
            client_id=client.id,
            category=notice.category,
            content=NoticeContent(
                subject=notice.subject,
                text=notice.text,
                html=notice.html,
                attachments=tuple(each.attachment() for each in notice.attachments),
            ),
            source=NoticeSource.HTTP,
            send_at=notice.send_at,
            event_id=notice.event_id,
            idempotency_key=idempotency_key,
            requested_by=asking.name,
        )
        try:
            queued = await services.notices.queue(asking.actor.workspace_id, asked)
        except NoticeRefused as refused:
            raise _refusal(refused) from refused
        except IdempotencyConflict as conflict:
            detail = "This key came before with a notice that said something else. Take another key."
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "key-taken", detail) from conflict
        if queued.repeated:
            response.headers[REPLAYED] = "true"
        return _shown(queued.notice_id, queued.copies)

    @routes.get(
        "/notifications/{notification_id}",
        operation_id=_LOOK_UP,
        summary="Ask what became of a notification e-mail",
        responses=documented(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    )
    async def look_up(
        request: Request, notification_id: Annotated[str, Path(min_length=1, max_length=40)]
    ) -> NotificationOut:
        """Return every mail of it, sent or not."""
        asking = caller_of(request)
        notice_id = NoticeId(notification_id)
        try:
            mails = await services.notice_status.mails_of(asking.actor, notice_id)
        except NotFound as unknown:
            detail = "There is no notification with this id."
            raise Refusal(HTTPStatus.NOT_FOUND, "unknown-notification", detail) from unknown
        return _shown(notice_id, mails)

    @routes.get(
        "/clients/{client_id}/recipients",
        summary="Ask who receives this kind of e-mail of a client",
        responses=documented(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    )
    async def ask(
        request: Request,
        client_id: Annotated[
            str, Path(min_length=1, max_length=200, description="The practice's own id, or Kinward's.")
        ],
        category: Annotated[StatedCategory, Query(description="What the e-mail is about.")],
    ) -> RecipientsOut:
        """For systems that send by themselves: ask for each mail, right before it is sent."""
        asking = caller_of(request)
        try:
            client = await services.client_naming.named(asking.actor, client_id)
            decision = await services.recipients.of(asking.actor, client.id, category)
        except NotFound as unknown:
            raise Refusal(HTTPStatus.NOT_FOUND, "unknown-client", _NO_CLIENT) from unknown
        return RecipientsOut(
            client_id=client.id,
            category=category,
            recipients=[RecipientOut.of(verdict) for verdict in decision.verdicts],
        )

    return routes


async def _known(services: Services, asking: Caller, name: str) -> Client:
    try:
        return await services.client_naming.named(asking.actor, name)
    except NotFound as unknown:
        mistake = Mistake(pointer="/client", detail=_NO_CLIENT)
        raise Refusal(HTTPStatus.NOT_FOUND, "unknown-client", _NO_CLIENT, errors=[mistake]) from unknown


def _shown(notice_id: NoticeId, mails: Sequence[MailCopy]) -> NotificationOut:
    order = sorted(mails, key=lambda mail: (not mail.is_own_mail, mail.name.casefold(), mail.id))
    return NotificationOut(id=notice_id, mails=[MailOut.of(mail) for mail in order])


def _refusal(refused: NoticeRefused) -> Refusal:
    errors = [
        Mistake(pointer=_POINTERS.get(problem, ""), detail=_DETAILS.get(problem, "It cannot be sent."))
        for problem in refused.problems
    ]
    detail = "The notice cannot be sent as it is."
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, errors=errors)
