"""While the records cannot be reached, whoever hands something in keeps it and is asked to try again."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC

import aiosmtplib
import httpx
import pytest

from bot.adapters.smtp_listener import ListenAt, SmtpListener
from bot.api.app import api_app
from bot.cli.desk import NoDirectory
from bot.services.services import Services
from bot.services_building import build_services
from storage.database import Database
from storage.patience import Patience
from tests.api.practice_with_token import REMINDER, token_for
from tests.databases import WORKSPACE
from tests.smtp.post_office import SENDER, mail_to

IMPATIENT = Patience(lock=0.1, statement=0.1)


@pytest.fixture
async def shown(sqlite_url: str) -> str:
    return (await token_for(sqlite_url)).text.shown


@pytest.fixture
async def services(sqlite_url: str, shown: str) -> AsyncIterator[Services]:
    assert shown
    database = Database.open(sqlite_url, patience=IMPATIENT)
    yield build_services(database, directory=NoDirectory(), zone=UTC, region="US")
    await database.close()


async def test_who_hands_something_in_is_asked_to_try_again(
    services: Services, sqlite_url: str, shown: str
) -> None:
    listener = SmtpListener(
        ListenAt(host="127.0.0.1", port=0), services=services, workspace_id=WORKSPACE, name="practice.example"
    )
    await listener.begin()
    app = httpx.ASGITransport(api_app(services, WORKSPACE))
    message = mail_to("minh@example.com")

    async def over_http(caller: httpx.AsyncClient) -> httpx.Response:
        headers = {"Authorization": f"Bearer {shown}"}
        return await caller.post("/v1/notifications", headers=headers, json=REMINDER)

    async def by_mail() -> int:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=listener.port, start_tls=False) as client:
            try:
                await client.sendmail(SENDER, ["minh@example.com"], message.as_bytes())
            except aiosmtplib.SMTPResponseException as refused:
                return refused.code
        return 250

    async with httpx.AsyncClient(transport=app, base_url="http://kinward") as caller:
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as somebody:
            somebody.execute("BEGIN IMMEDIATE")
            answer = await over_http(caller)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert await by_mail() == 451
        assert (await over_http(caller)).status_code == 404
    assert await by_mail() == 250
    await listener.end()
