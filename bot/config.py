"""Settings, read once from the environment; each says what it is for and where to get it."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import quote

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import setting_checks
from bot.setting_checks import (
    WHERE_APP_TOKENS_ARE,
    WHERE_BOT_TOKENS_ARE,
    WHERE_SIGNING_SECRETS_ARE,
    WHERE_THEY_ARE,
)
from storage.address import DatabaseAddress

DATABASE_FILE = "kinward.sqlite3"
MAIL_CONNECTIONS = 1
"""So that one mail at most comes twice when the process is killed; ten a second need no more than that."""
MISTAKE = "several_settings"
"""Of an error that is about how settings go together; its message says what to do."""


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message is one sentence that says what to do about it."""

    @classmethod
    def token_refused(cls, variable: str, slack_error: str) -> "ConfigurationError":
        """Return the error for a token that looks right but that Slack does not take.

        Args:
            variable: `SLACK_BOT_TOKEN` or `SLACK_APP_TOKEN`.
            slack_error: Slack's own code, such as `invalid_auth`; never the token.
        """
        return cls(f"Slack does not accept {variable} ({slack_error}): {WHERE_THEY_ARE[variable]}.")


class LogFormat(StrEnum):
    """How log lines look: for a person at a terminal, or for a machine that collects them."""

    CONSOLE = "console"
    JSON = "json"


def default_database_url() -> str:
    """Return the address of the SQLite file in this user's data folder, the same from every folder."""
    return sqlite_url(platformdirs.user_data_path("kinward") / DATABASE_FILE)


def sqlite_url(file: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite:///{quote(str(file))}"


class PracticeSettings(BaseSettings):
    """What every command needs: where the data is, and where in the world the practice is."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        validate_default=True,
    )

    # Not in the repr: the address of a PostgreSQL database carries its password.
    database_url: Annotated[str, BeforeValidator(setting_checks.database_address)] = Field(
        default_factory=default_database_url,
        validation_alias="DATABASE_URL",
        repr=False,
        description="Where the data is kept: a SQLite file in the user's data folder unless set, "
        "or postgresql://user:password@host/name.",
    )
    region: Annotated[str, BeforeValidator(setting_checks.region)] = Field(
        default="US",
        validation_alias="KINWARD_REGION",
        description="The country of telephone numbers that are typed without a country code: two letters.",
    )
    timezone: Annotated[tzinfo, BeforeValidator(setting_checks.zone)] = Field(
        default=UTC,
        validation_alias="KINWARD_TIMEZONE",
        description="The practice's time zone, such as America/New_York: ages and expiry follow it.",
    )
    audit_key: Annotated[SecretStr | None, BeforeValidator(setting_checks.audit_key)] = Field(
        default=None,
        validation_alias="KINWARD_AUDIT_KEY",
        description="What the history is chained with, so that nobody changes it unseen: 32 characters at "
        "least. Without it a key is made once and kept in a file beside the database.",
    )
    log_format: LogFormat = Field(
        default=LogFormat.CONSOLE,
        validation_alias="KINWARD_LOG_FORMAT",
        description="console for a person who reads along, json for a machine that collects the lines.",
    )

    @classmethod
    def from_environment(cls, **given: object) -> Self:
        """Read the environment.

        Args:
            given: settings, by the names of the fields, that stand whatever the environment says.

        Raises:
            ConfigurationError: something is missing or wrong; one sentence about the first such thing.
        """
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            sentences = _sentences(error)
        # Outside the `except`, so that the error carries no trace of the values that were refused.
        raise ConfigurationError(sentences[0])

    @classmethod
    def mistakes(cls) -> tuple[str, ...]:
        """Return a sentence about each setting in the environment that is missing or wrong."""
        try:
            cls.model_validate({})
        except ValidationError as error:
            return _sentences(error)
        return ()

    @property
    def database_place(self) -> str:
        """Where the data is, fit to be printed: a full path, or a server without user and password."""
        address = DatabaseAddress.parse(self.database_url)
        return str(address.path.absolute()) if address.path else address.shown


class MailSettings(PracticeSettings):
    """What sends mail, and how the practice is called in it; without SMTP_URL none is sent."""

    smtp_url: Annotated[SecretStr | None, BeforeValidator(setting_checks.smtp_url)] = Field(
        default=None,
        validation_alias="SMTP_URL",
        description="The mail server that takes notification e-mails: smtp://user:password@host:587, or "
        "smtps://. Another machine's is spoken to over TLS only. Without it no e-mail is sent.",
    )
    mail_from: Annotated[str | None, BeforeValidator(setting_checks.mail_from)] = Field(
        default=None,
        validation_alias="MAIL_FROM",
        description="The address that notification e-mails come from; needed with SMTP_URL. What comes "
        "back to it with a tag, as in office+return-...@practice.example, has to be delivered too.",
    )
    mails_a_minute: Annotated[int, BeforeValidator(setting_checks.mails_a_minute)] = Field(
        default=600,
        validation_alias="KINWARD_MAILS_PER_MINUTE",
        description="How many e-mails a minute one process hands to the mail server at most.",
    )
    mail_connections: Annotated[int, BeforeValidator(setting_checks.mail_connections)] = Field(
        default=MAIL_CONNECTIONS,
        validation_alias="KINWARD_MAIL_CONNECTIONS",
        description="Over how many connections at once one process hands them over at most.",
    )
    keep_mail_days: Annotated[int, BeforeValidator(setting_checks.keep_mail_days)] = Field(
        default=30,
        validation_alias="KINWARD_KEEP_MAIL_DAYS",
        description="How many days the text of an e-mail is kept after the last mail of it went; 0 keeps it.",
    )
    practice_name: Annotated[str, setting_checks.one_line("KINWARD_PRACTICE_NAME")] = Field(
        default="",
        validation_alias="KINWARD_PRACTICE_NAME",
        description="How the practice is called in a copy of an e-mail.",
    )
    practice_phone: Annotated[str, setting_checks.one_line("KINWARD_PRACTICE_PHONE")] = Field(
        default="",
        validation_alias="KINWARD_PRACTICE_PHONE",
        description="Whom to call to get no more copies, as it stands in each copy.",
    )
    public_url: Annotated[str | None, BeforeValidator(setting_checks.public_url)] = Field(
        default=None,
        validation_alias="KINWARD_PUBLIC_URL",
        description="Where the outside reaches this bot over https: with it one click stops copies.",
    )

    @model_validator(mode="after")
    def _with_sender(self) -> Self:
        """Refuse a mail server without a sender: servers refuse it too, one mail at a time."""
        if self.smtp_url is not None and self.mail_from is None:
            raise PydanticCustomError(MISTAKE, setting_checks.SENDER_NEEDED)
        return self


class ListenerSettings(MailSettings):
    """Where mail is taken in for clients; without KINWARD_SMTP_LISTEN none is."""

    smtp_listen: Annotated[tuple[str, int] | None, BeforeValidator(setting_checks.listen_at)] = Field(
        default=None,
        validation_alias="KINWARD_SMTP_LISTEN",
        description="Where record systems hand in mail for clients, such as 127.0.0.1:2525. Without it no "
        "mail is taken in. Any other address than this machine's own needs the four settings below.",
    )
    smtp_user: Annotated[str, setting_checks.one_line("KINWARD_SMTP_USER")] = Field(
        default="",
        validation_alias="KINWARD_SMTP_USER",
        description="The name with which record systems log in there.",
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="KINWARD_SMTP_PASSWORD",
        description="The password for it.",
    )
    smtp_certificate: Path | None = Field(
        default=None,
        validation_alias="KINWARD_SMTP_CERTIFICATE",
        description="A file with the certificate for STARTTLS, in PEM.",
    )
    smtp_key: Path | None = Field(
        default=None,
        validation_alias="KINWARD_SMTP_KEY",
        description="A file with its key, in PEM.",
    )

    @model_validator(mode="after")
    def _closed_to_others(self) -> Self:
        """Refuse to take mail in from other machines unless they log in, over TLS."""
        if self.smtp_listen is None:
            return self
        if self.smtp_url is None:
            raise PydanticCustomError(MISTAKE, setting_checks.RELAY_NEEDED)
        is_closed = self.smtp_user and self.smtp_password.get_secret_value() and self.smtp_certificate
        if not is_closed and not setting_checks.is_loopback(self.smtp_listen[0]):
            raise PydanticCustomError(MISTAKE, setting_checks.LOG_IN_NEEDED)
        return self


class SlackSettings(ListenerSettings):
    """What the bot needs beyond that to talk with Slack, however Slack's payloads reach it."""

    slack_bot_token: Annotated[SecretStr, setting_checks.token("xoxb-", "SLACK_BOT_TOKEN")] = Field(
        validation_alias="SLACK_BOT_TOKEN",
        description=f"What the bot speaks with in the workspace, begins with xoxb-: {WHERE_BOT_TOKENS_ARE}.",
    )
    slack_api_url: Annotated[str, BeforeValidator(setting_checks.api_url)] = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is; only a local Slack has another address. It ends in /api/.",
    )


class Settings(SlackSettings):
    """What the bot needs over Socket Mode, where it connects to Slack."""

    slack_app_token: Annotated[SecretStr, setting_checks.token("xapp-", "SLACK_APP_TOKEN")] = Field(
        validation_alias="SLACK_APP_TOKEN",
        description=f"What Socket Mode connects with, begins with xapp-: {WHERE_APP_TOKENS_ARE}.",
    )
    api_host: str = Field(
        default="127.0.0.1",
        validation_alias="KINWARD_API_HOST",
        description="The address of this machine at which the HTTP interface for notices listens.",
    )
    api_port: Annotated[int, BeforeValidator(setting_checks.api_port)] = Field(
        default=3001,
        validation_alias="KINWARD_API_PORT",
        description="Its port; 0 takes any free one. With signed HTTP it is on Slack's port.",
    )


class HttpSettings(SlackSettings):
    """What the bot needs over signed HTTP, where Slack calls the bot."""

    slack_signing_secret: Annotated[SecretStr, BeforeValidator(setting_checks.signing_secret)] = Field(
        validation_alias="SLACK_SIGNING_SECRET",
        description=f"What Slack signs its requests with: {WHERE_SIGNING_SECRETS_ARE}.",
    )
    port: Annotated[int, BeforeValidator(setting_checks.port)] = Field(
        default=3000,
        validation_alias="PORT",
        description="The port that the bot listens on for Slack's requests; 0 takes any free one.",
    )
    host: str = Field(
        default="0.0.0.0",  # noqa: S104 - Slack's requests come from outside, by way of the practice's proxy
        validation_alias="KINWARD_HOST",
        description="The address of this machine that the bot listens on; 0.0.0.0 stands for all of them.",
    )


def _sentences(error: ValidationError) -> tuple[str, ...]:
    """Return a sentence about each thing that is wrong, without the value that was given."""
    return tuple(map(_sentence, error.errors(include_url=False, include_input=False)))


def _sentence(mistake: Mapping[str, Any]) -> str:
    if mistake["type"] == MISTAKE:
        return str(mistake["msg"])
    variable = str(mistake["loc"][0])
    if mistake["type"] == "missing":
        return f"{variable} is not set: {WHERE_THEY_ARE[variable]}."
    if mistake["type"] == "value_error":
        return str(mistake["ctx"]["error"])
    return f"{variable} must be one of: {', '.join(LogFormat)}."
