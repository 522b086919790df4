"""`kinward run` with a mail server: what any process queues is sent, and the mail in the air arrives."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import sqlite_url
from bot.manifest import manifest
from bot.playground.practice import CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack
from tests.cli.commands import Commands, finished, says
from tests.databases import opened
from tests.mail_server import mail_server
from tests.office import PATIENT
from tests.services.mail_practice import MailPractice


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS, timing=PATIENT)
    await slack.start()
    yield slack
    await slack.stop()


async def test_what_another_process_queues_is_sent(
    commands: Commands, slack: LocalSlack, tmp_path: Path
) -> None:
    url = sqlite_url(tmp_path / "kinward.sqlite3")
    async with mail_server() as server:
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": url,
            "SMTP_URL": server.url,
            "MAIL_FROM": "office@practice.example",
            "KINWARD_PRACTICE_NAME": "Willow Family Practice",
        }
        process = await commands.start("run", settings=settings)
        await says(process, "Connected")
        async with opened(url) as database:
            practice = MailPractice(database)
            ana, *_ = await practice.family()
            await practice.notify(ana)
        for _ in range(3):
            await server.arrived.acquire()
        process.send_signal(signal.SIGTERM)
        left = await finished(process)
    assert (left.code, left.err) == (0, "")
    assert sorted(server.recipients) == ["ana@example.com", "ben@example.com", "dave@example.org"]
    senders = {str(mail.message["From"]) for mail in server.received}
    assert senders == {"Willow Family Practice <office@practice.example>"}
