"""What the tests of the HTTP interface begin with: a token, and a family that shares e-mails."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from typing import Any

import aiohttp

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.client import Client
from bot.domain.ids import StaffId
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, SharingChoice
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.playground.practice import ANA
from bot.services.api_tokens import ApiTokens, NewToken
from tests.databases import WORKSPACE, opened
from tests.office import Office

REMINDER = {
    "client": "K-1",
    "category": "appointments",
    "subject": "Your appointment on Monday",
    "text": "We look forward to seeing you on Monday at 10.",
}
SHARED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
REMINDERS_ONLY = SharingChoice(
    categories=frozenset({Category.APPOINTMENTS}), basis=Basis.CLIENT_AGREED_VERBALLY
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    json: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeWithToken:
    """Calls the interface as a system of the practice does."""

    office: Office
    session: aiohttp.ClientSession
    root: str
    token: NewToken
    minh: Client
    linh: Client

    async def ask(
        self,
        method: str,
        path: str,
        *,
        shown: str | None = None,
        **given: Any,  # noqa: ANN401 - as aiohttp's
    ) -> Answer:
        """Send a request with the token, or with what is shown in its place."""
        headers = {"Authorization": f"Bearer {self.token.text.shown if shown is None else shown}"}
        headers |= given.pop("headers", {})
        async with self.session.request(method, f"{self.root}{path}", headers=headers, **given) as answer:
            is_json = answer.content_type.endswith("json")
            body = await answer.json(content_type=None) if is_json else await answer.text()
            return Answer(status=answer.status, json=body, headers=answer.headers)

    async def send(self, changed: Mapping[str, object] | None = None, *, key: str | None = None) -> Answer:
        """Hand in a reminder of Minh, or what it is changed to."""
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        # As a file: aiohttp warns of many bytes at once.
        body = BytesIO(json.dumps({**REMINDER, **(changed or {})}).encode())
        return await self.ask("POST", "/v1/notifications", data=body, headers=headers)


def made_by(actor: Actor) -> Actor:
    """Return the front desk as whoever acts: whom it concerns is told by direct message."""
    return replace(actor, staff_id=StaffId(ANA.id), name=ANA.real_name)


async def token_for(database_url: str) -> NewToken:
    """Make a token before the bot runs, so that it listens from the beginning."""
    async with opened(database_url) as database:
        tokens = ApiTokens(storage=database, clock=SystemClock(UTC), new_id=new_ulid)
        desk = Actor(
            workspace_id=WORKSPACE,
            staff_id=StaffId(ANA.id),
            name=ANA.real_name,
            surface=Surface.COMMAND_LINE,
            rights=EVERY_RIGHT,
        )
        return await tokens.create(desk, "EHR")


async def with_token(office: Office, session: aiohttp.ClientSession, token: NewToken) -> PracticeWithToken:
    """Lay out a family."""
    services, actor = office.services, made_by(office.actor)
    minh = await office.client("Minh", "Tran", own_id="K-1", email="minh@example.com")
    linh = await office.client("Linh", "Tran", own_id="K-2", email="linh@example.com")
    await services.relationships.link(
        actor,
        client_id=minh.id,
        other_id=linh.id,
        relationship=RelationshipChoice(kinship=Kinship.SPOUSE),
        sharing=SHARED,
    )
    await services.relationships.add_contact(
        actor,
        client_id=minh.id,
        person=PersonDetails(first_name="Rosa", email="rosa@example.org"),
        relationship=RelationshipChoice(),
        sharing=REMINDERS_ONLY,
    )
    assert office.bot.api is not None
    assert office.bot.api.root is not None
    return PracticeWithToken(
        office=office, session=session, root=office.bot.api.root, token=token, minh=minh, linh=linh
    )
