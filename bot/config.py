"""Settings, read once from the environment; each says what it is for and where to get it."""

import re
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.address import DatabaseAddress, InvalidAddress

DATABASE_FILE = "kinward.sqlite3"

_WHERE_BOT_TOKENS_ARE = (
    "it is the Bot User OAuth Token on the page OAuth & Permissions of your app "
    "at https://api.slack.com/apps, and it is there once the app is installed to the workspace"
)
_WHERE_APP_TOKENS_ARE = (
    "it is an App-Level Token with the scope connections:write; make one on the page Basic Information "
    "of your app at https://api.slack.com/apps"
)
_WHERE_TOKENS_ARE = {"SLACK_BOT_TOKEN": _WHERE_BOT_TOKENS_ARE, "SLACK_APP_TOKEN": _WHERE_APP_TOKENS_ARE}

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message is one sentence that says what to do about it."""

    @classmethod
    def token_refused(cls, variable: str, slack_error: str) -> "ConfigurationError":
        """Return the error for a token that looks right but that Slack does not take.

        Args:
            variable: `SLACK_BOT_TOKEN` or `SLACK_APP_TOKEN`.
            slack_error: Slack's own code, such as `invalid_auth`; never the token.
        """
        return cls(f"Slack does not accept {variable} ({slack_error}): {_WHERE_TOKENS_ARE[variable]}.")


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


def _token(prefix: str, variable: str) -> BeforeValidator:
    def check(value: object) -> object:
        token = (value.get_secret_value() if isinstance(value, SecretStr) else str(value)).strip()
        if not re.fullmatch(rf"{prefix}[A-Za-z0-9-]+", token):
            raise ValueError(
                f"{variable} is not a token that begins with {prefix}: {_WHERE_TOKENS_ARE[variable]}."
            )
        return SecretStr(token)

    return BeforeValidator(check)


def _checked_api_url(value: object) -> object:
    url = urlsplit(str(value).strip())
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
    if not is_safe or not url.path.endswith("/api/") or url.query or url.fragment:
        raise ValueError(
            "SLACK_API_URL must be an https address that ends in /api/: "
            "leave it unset for Slack itself, https://slack.com/api/."
        )
    return url.geturl()


def _readable_address(value: object) -> object:
    url = str(value).strip()
    try:
        DatabaseAddress.parse(url)
    except InvalidAddress:
        raise ValueError(
            "DATABASE_URL must begin with sqlite:/// and the path of a file, "
            "or with postgresql:// and the address of a PostgreSQL database."
        ) from None
    return url


def _known_region(value: object) -> object:
    region = str(value).strip().upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(
            "KINWARD_REGION must be the two letters of a country, such as US, CA or GB: "
            "telephone numbers without a country code are read as numbers of that country."
        )
    return region


def _known_zone(value: object) -> object:
    if isinstance(value, tzinfo):
        return value
    name = str(value).strip()
    if name.upper() == "UTC":
        # It needs no time zone database, which a bare machine may not have.
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            "KINWARD_TIMEZONE must be the name of a time zone that this machine knows, "
            "such as America/New_York: the practice's days begin and end there."
        ) from None


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
    database_url: Annotated[str, BeforeValidator(_readable_address)] = Field(
        default_factory=default_database_url,
        validation_alias="DATABASE_URL",
        repr=False,
        description="Where the data is kept: a SQLite file in the user's data folder unless set, "
        "or postgresql://user:password@host/name.",
    )
    region: Annotated[str, BeforeValidator(_known_region)] = Field(
        default="US",
        validation_alias="KINWARD_REGION",
        description="The country of telephone numbers that are typed without a country code: two letters.",
    )
    timezone: Annotated[tzinfo, BeforeValidator(_known_zone)] = Field(
        default=UTC,
        validation_alias="KINWARD_TIMEZONE",
        description="The practice's time zone, such as America/New_York: ages and expiry follow it.",
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
            sentence = _sentence(error)
        # Outside the `except`, so that the error carries no trace of the values that were refused.
        raise ConfigurationError(sentence)

    @property
    def database_place(self) -> str:
        """Where the data is, fit to be printed: a full path, or a server without user and password."""
        address = DatabaseAddress.parse(self.database_url)
        return str(address.path.absolute()) if address.path else address.shown


class Settings(PracticeSettings):
    """What the bot needs beyond that to talk with Slack."""

    slack_bot_token: Annotated[SecretStr, _token("xoxb-", "SLACK_BOT_TOKEN")] = Field(
        validation_alias="SLACK_BOT_TOKEN",
        description=f"What the bot speaks with in the workspace, begins with xoxb-: {_WHERE_BOT_TOKENS_ARE}.",
    )
    slack_app_token: Annotated[SecretStr, _token("xapp-", "SLACK_APP_TOKEN")] = Field(
        validation_alias="SLACK_APP_TOKEN",
        description=f"What Socket Mode connects with, begins with xapp-: {_WHERE_APP_TOKENS_ARE}.",
    )
    slack_api_url: Annotated[str, BeforeValidator(_checked_api_url)] = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is; only a local Slack has another address. It ends in /api/.",
    )


def _sentence(error: ValidationError) -> str:
    """Return the sentence about the first thing that is wrong, without the value that was given."""
    first = error.errors(include_url=False, include_input=False)[0]
    variable = str(first["loc"][0])
    if first["type"] == "missing":
        return f"{variable} is not set: {_WHERE_TOKENS_ARE[variable]}."
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    return f"{variable} must be one of: {', '.join(LogFormat)}."
