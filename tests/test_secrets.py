"""Secrets are in no output, whatever goes wrong: no log line, no error, no `repr`, no crash."""

import dataclasses
import os
import traceback
from pathlib import Path

import pytest

from bot.adapters.smtp_server import SmtpServer
from bot.config import ConfigurationError, HttpSettings, Settings
from bot.domain.api_token import TokenText
from bot.domain.ids import TokenId
from storage.address import DatabaseAddress
from storage.trail.keys import Key, KeyRing
from tests.processes import Nursery

MARK = "markedsecret"
SECRETS = {
    "SLACK_BOT_TOKEN": f"xoxb-1-{MARK}",
    "SLACK_APP_TOKEN": f"xapp-1-{MARK}",
    "SLACK_SIGNING_SECRET": f"{MARK}0123456789",
    "KINWARD_AUDIT_KEY": MARK * 4,
    # Nobody listens on port 1: each of these fails, in its own way.
    "DATABASE_URL": f"postgresql://kinward:{MARK}@127.0.0.1:1/kinward",
    "SLACK_API_URL": "http://127.0.0.1:1/api/",
    "SMTP_URL": f"smtp://kinward:{MARK}@127.0.0.1:1",
    "MAIL_FROM": "practice@example.com",
}


async def output_of(nursery: Nursery, *arguments: str, **environment: str) -> str:
    """Run the command and return all that it wrote."""
    _, out, err = await nursery.run("bot", *arguments, environment={**os.environ, **SECRETS, **environment})
    return out + err


@pytest.mark.parametrize(
    "arguments",
    [("run",), ("run", "--http"), ("check",), ("check", "--http"), ("staff", "list"), ("manifest",)],
    ids=" ".join,
)
async def test_a_command_that_fails_shows_none(nursery: Nursery, arguments: tuple[str, ...]) -> None:
    told = await output_of(nursery, *arguments)
    assert told
    assert MARK not in told


@pytest.mark.parametrize("variable", sorted(SECRETS))
async def test_a_secret_in_the_wrong_place_is_not_shown_either(
    nursery: Nursery, variable: str, tmp_path: Path
) -> None:
    wrong = {variable: f"{MARK} with a blank", "XDG_DATA_HOME": str(tmp_path)}
    assert MARK not in await output_of(nursery, "check", **wrong)


def test_no_setting_shows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in SECRETS.items():
        monkeypatch.setenv(variable, value)
    for kind in (Settings, HttpSettings):
        settings = kind.from_environment()
        for shown in (repr(settings), str(settings), f"{settings!r}", str(settings.model_dump())):
            assert MARK not in shown.replace(settings.database_url, "").replace(str(settings.smtp_url), "")
        assert MARK not in repr(settings)


@pytest.mark.parametrize(
    "holder",
    [
        SmtpServer.parse(f"smtps://kinward:{MARK}@mail.example"),
        DatabaseAddress.parse(f"postgresql://kinward:{MARK}@db.example/kinward"),
        Key(MARK.encode()),
        KeyRing(Key(b"one"), (Key(MARK.encode()),)),
        TokenText(token_id=TokenId("T1"), secret=MARK),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_no_value_that_holds_one_shows_it(holder: object) -> None:
    assert MARK in str(_inside(holder))
    for shown in (repr(holder), str(holder), f"{holder}", f"{[holder]}", repr(AssertionError(holder))):
        assert MARK not in shown


def _inside(value: object) -> object:
    """Return what is in a value, however it shows itself."""
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else vars(value)  # type: ignore[arg-type]  # no class


def test_a_traceback_of_a_mistake_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in SECRETS.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("SLACK_BOT_TOKEN", MARK)
    with pytest.raises(ConfigurationError) as failed:
        Settings.from_environment()
    assert MARK not in "".join(traceback.format_exception(failed.value))
