"""What is wrong with a request, as problem documents (RFC 9457). They never repeat what was sent."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Mistake(BaseModel):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="Where it stands in the body, as a JSON pointer (RFC 6901).")
    detail: str = Field(description="What to do about it.")


class ProblemDocument(BaseModel):
    """Why a request was not carried out (RFC 9457). Nothing was changed."""

    type: str = Field(description="Which problem it is; the same words for the same problem.")
    title: str = Field(description="The problem in a few words.")
    status: int = Field(description="The status of the answer.")
    detail: str | None = Field(default=None, description="What to do about it.")
    errors: list[Mistake] | None = Field(default=None, description="What is wrong with which part.")


class Refusal(Exception):  # noqa: N818 - named for what happens
    """A request is answered with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        detail: str,
        *,
        errors: Sequence[Mistake] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def answer(self) -> JSONResponse:
        """Return the document as an answer."""
        document = ProblemDocument(
            type=f"urn:kinward:problem:{self.kind}",
            title=self.status.phrase,
            status=self.status.value,
            detail=self.detail,
            errors=list(self.errors) or None,
        )
        return JSONResponse(
            document.model_dump(exclude_none=True),
            status_code=self.status.value,
            media_type=MEDIA_TYPE,
            headers=self.headers,
        )


async def answer_refusal(_request: Request, refused: Exception) -> JSONResponse:
    """Answer what one of our own parts refused."""
    if not isinstance(refused, Refusal):
        raise refused
    return refused.answer()


async def answer_http(_request: Request, refused: Exception) -> JSONResponse:
    """Answer what the framework refused: an unknown path, a method that is none of a path's."""
    if not isinstance(refused, HTTPException):
        raise refused
    status = HTTPStatus(refused.status_code)
    if status is HTTPStatus.BAD_REQUEST:
        return _NOT_JSON.answer()
    kind = status.phrase.lower().replace(" ", "-")
    return Refusal(status, kind, _DETAILS.get(status, status.phrase), headers=refused.headers).answer()


async def answer_invalid(_request: Request, refused: Exception) -> JSONResponse:
    """Answer a request whose parts are not what the document says, without what stood there."""
    if not isinstance(refused, RequestValidationError):
        raise refused
    if any(error["type"] == "json_invalid" for error in refused.errors()):
        return _NOT_JSON.answer()
    errors = [_mistake(error) for error in refused.errors()]
    detail = "Some of it is not as the document of this interface says."
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, errors=errors).answer()


def _mistake(error: Mapping[str, Any]) -> Mistake:
    place: Sequence[str | int] = error["loc"]
    if error["type"] == "extra_forbidden":
        # Its name was sent by whoever calls, and may be anything: a client's name as well.
        return Mistake(pointer=_pointer(place[:-1]), detail="It has a property that is not in the document.")
    return Mistake(pointer=_pointer(place), detail=str(error["msg"]).removeprefix("Value error, "))


def _pointer(place: Sequence[str | int]) -> str:
    """Return a JSON pointer; what is no part of the body keeps its word: "query", "header", "path"."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in place]
    return "".join(f"/{part}" for part in (parts[1:] if parts[:1] == ["body"] else parts))


_DETAILS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
}
_NOT_JSON = Refusal(HTTPStatus.BAD_REQUEST, "not-json", "The body cannot be read as JSON in UTF-8.")
