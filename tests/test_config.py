"""Settings: read from the environment, each mistake one sentence, no secret ever shown."""

import traceback
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot.config import (
    ConfigurationError,
    HttpSettings,
    LogFormat,
    PracticeSettings,
    Settings,
    default_database_url,
)

BOT_TOKEN = "xoxb-1234-secretpart"  # noqa: S105 - made up for the test
APP_TOKEN = "xapp-1-A1-secretpart"  # noqa: S105 - the same
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - the same
VARIABLES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "PORT",
    "KINWARD_HOST",
    "KINWARD_API_HOST",
    "KINWARD_API_PORT",
    "SLACK_API_URL",
    "DATABASE_URL",
    "KINWARD_AUDIT_KEY",
    "KINWARD_REGION",
    "KINWARD_TIMEZONE",
    "KINWARD_LOG_FORMAT",
    "SMTP_URL",
    "MAIL_FROM",
    "KINWARD_MAILS_PER_MINUTE",
    "KINWARD_MAIL_CONNECTIONS",
    "KINWARD_KEEP_MAIL_DAYS",
    "KINWARD_PRACTICE_NAME",
    "KINWARD_PRACTICE_PHONE",
    "KINWARD_PUBLIC_URL",
    "KINWARD_SMTP_LISTEN",
    "KINWARD_SMTP_USER",
    "KINWARD_SMTP_PASSWORD",
    "KINWARD_SMTP_CERTIFICATE",
    "KINWARD_SMTP_KEY",
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    return monkeypatch


def refusal() -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment()
    return caught.value


def test_the_tokens_are_all_that_has_to_be_set() -> None:
    settings = Settings.from_environment()

    assert settings.slack_bot_token.get_secret_value() == BOT_TOKEN
    assert settings.slack_app_token.get_secret_value() == APP_TOKEN
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == default_database_url()
    assert settings.region == "US"
    assert settings.timezone is UTC
    assert settings.log_format is LogFormat.CONSOLE


def test_everything_can_be_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_BOT_TOKEN", f" {BOT_TOKEN}\n")
    environment.setenv("SLACK_API_URL", "http://127.0.0.1:8080/api/")
    environment.setenv("DATABASE_URL", "postgresql://someone:hidden@db.example.com:5432/kinward")
    environment.setenv("KINWARD_REGION", "gb")
    environment.setenv("KINWARD_TIMEZONE", "America/New_York")
    environment.setenv("KINWARD_LOG_FORMAT", "json")

    settings = Settings.from_environment()

    assert settings.slack_bot_token.get_secret_value() == BOT_TOKEN
    assert settings.slack_api_url == "http://127.0.0.1:8080/api/"
    assert settings.database_url == "postgresql://someone:hidden@db.example.com:5432/kinward"
    assert settings.region == "GB"
    assert settings.timezone == ZoneInfo("America/New_York")
    assert settings.log_format is LogFormat.JSON


def test_an_empty_variable_counts_as_not_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KINWARD_REGION", "")
    environment.setenv("DATABASE_URL", "")

    settings = Settings.from_environment()

    assert settings.region == "US"
    assert settings.database_url == default_database_url()


@pytest.mark.parametrize(
    ("variable", "where"),
    [
        ("SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ("SLACK_APP_TOKEN", "Basic Information"),
    ],
)
def test_a_missing_token_says_where_to_get_it(
    environment: pytest.MonkeyPatch, variable: str, where: str
) -> None:
    environment.delenv(variable)

    sentence = str(refusal())

    assert sentence.startswith(f"{variable} is not set: ")
    assert where in sentence
    assert "https://api.slack.com/apps" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "wrong", [APP_TOKEN, "xoxp-1234-secretpart", "secretpart", "xoxb-", "xoxb-two words"]
)
def test_a_wrong_token_is_named_but_never_shown(environment: pytest.MonkeyPatch, wrong: str) -> None:
    environment.setenv("SLACK_BOT_TOKEN", wrong)

    error = refusal()

    assert str(error).startswith("SLACK_BOT_TOKEN is not a token that begins with xoxb-: ")
    assert "OAuth & Permissions" in str(error)
    whole = "".join(traceback.format_exception(error))
    assert "secretpart" not in whole
    assert "two words" not in whole
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_token_that_slack_refuses_says_so_and_where_to_get_a_new_one() -> None:
    error = ConfigurationError.token_refused("SLACK_APP_TOKEN", "invalid_auth")

    assert str(error).startswith("Slack does not accept SLACK_APP_TOKEN (invalid_auth): ")
    assert "connections:write" in str(error)


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("SLACK_API_URL", "https://slack.com/api", "ends in /api/"),
        ("SLACK_API_URL", "http://slack.example.com/api/", "https"),
        ("SLACK_API_URL", "slack.com/api/", "https"),
        ("DATABASE_URL", "mysql://host/name", "sqlite:///"),
        ("DATABASE_URL", "kinward.sqlite3", "sqlite:///"),
        ("DATABASE_URL", "sqlite://", "the path of a file"),
        ("KINWARD_REGION", "Texas", "two letters"),
        ("KINWARD_TIMEZONE", "Mars/Olympus", "America/New_York"),
        ("KINWARD_TIMEZONE", "../../etc/passwd", "America/New_York"),
        ("KINWARD_LOG_FORMAT", "xml", "console, json"),
    ],
)
def test_each_mistake_is_one_sentence_without_the_value(
    environment: pytest.MonkeyPatch, variable: str, value: str, part: str
) -> None:
    environment.setenv(variable, value)

    sentence = str(refusal())

    assert sentence.startswith(f"{variable} must ")
    assert part in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_no_secret_is_in_the_repr(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgres://someone:hidden@db.example.com/kinward")

    settings = Settings.from_environment()

    for shown in (repr(settings), str(settings)):
        assert "secretpart" not in shown
        assert "hidden" not in shown
    assert settings.database_place == "postgresql db.example.com/kinward"


def test_a_relative_sqlite_file_has_a_full_path(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.chdir(tmp_path)
    environment.setenv("DATABASE_URL", "sqlite:///here.sqlite3")

    settings = Settings.from_environment()

    assert settings.database_place == str(tmp_path / "here.sqlite3")


def test_an_absolute_sqlite_file_keeps_its_path(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/there.sqlite3")

    assert Settings.from_environment().database_place == str(tmp_path / "there.sqlite3")


def test_the_default_file_is_in_the_users_data_folder(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "50% of? it"))

    assert Settings.from_environment().database_place == str(
        tmp_path / "50% of? it" / "kinward" / "kinward.sqlite3"
    )


def test_what_needs_no_slack_needs_no_token(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    environment.delenv("SLACK_APP_TOKEN")

    assert PracticeSettings.from_environment().region == "US"


def test_what_is_given_stands_and_the_environment_fills_the_rest(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("KINWARD_REGION", "CA")
    environment.setenv("DATABASE_URL", "sqlite:////tmp/another.sqlite3")

    settings = Settings.from_environment(
        slack_bot_token="xoxb-local",  # noqa: S106 - made up for the test
        slack_api_url="http://127.0.0.1:8080/api/",
        database_url="sqlite:////tmp/practice.sqlite3",
    )

    assert settings.slack_bot_token.get_secret_value() == "xoxb-local"
    assert settings.slack_app_token.get_secret_value() == APP_TOKEN
    assert settings.database_url == "sqlite:////tmp/practice.sqlite3"
    assert settings.region == "CA"


def test_settings_can_also_be_made_in_the_program() -> None:
    settings = Settings(slack_bot_token=SecretStr("xoxb-local"), slack_app_token=SecretStr("xapp-local"))

    assert settings.slack_bot_token.get_secret_value() == "xoxb-local"


@pytest.mark.parametrize("kind", [Settings, HttpSettings])
def test_every_setting_says_what_it_is_for(kind: type[Settings | HttpSettings]) -> None:
    for name, field in kind.model_fields.items():
        assert field.description, name
        assert field.validation_alias in VARIABLES


def test_an_audit_key_is_long_and_never_shown(environment: pytest.MonkeyPatch) -> None:
    assert PracticeSettings.from_environment().audit_key is None
    environment.setenv("KINWARD_AUDIT_KEY", f" {'k' * 32} ")

    settings = PracticeSettings.from_environment()

    assert settings.audit_key is not None
    assert settings.audit_key.get_secret_value() == "k" * 32
    assert "kkk" not in repr(settings)

    environment.setenv("KINWARD_AUDIT_KEY", "k" * 31)
    (mistake,) = PracticeSettings.mistakes()
    assert "32 characters" in mistake
    assert "kkk" not in mistake


def test_over_http_a_signing_secret_stands_in_for_the_app_token(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_APP_TOKEN")
    environment.setenv("SLACK_SIGNING_SECRET", f" {SIGNING_SECRET}\n")

    settings = HttpSettings.from_environment()

    assert settings.slack_signing_secret.get_secret_value() == SIGNING_SECRET
    assert settings.port == 3000
    assert settings.host == "0.0.0.0"  # noqa: S104 - the documented default
    assert SIGNING_SECRET not in repr(settings)


def test_a_missing_signing_secret_says_where_to_get_it() -> None:
    with pytest.raises(ConfigurationError) as caught:
        HttpSettings.from_environment()

    assert str(caught.value) == (
        "SLACK_SIGNING_SECRET is not set: it is the Signing Secret under App Credentials on the page Basic "
        "Information of your app at https://api.slack.com/apps."
    )


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("SLACK_SIGNING_SECRET", "xapp-1-A1-secretpart", "letters and digits only"),
        ("SLACK_SIGNING_SECRET", "secretpart", "letters and digits only"),
        ("PORT", "http", "0 to 65535"),
        ("PORT", "65536", "0 to 65535"),
        ("PORT", "-1", "0 to 65535"),
    ],
)
def test_each_mistake_over_http_is_one_sentence(
    environment: pytest.MonkeyPatch, variable: str, value: str, part: str
) -> None:
    environment.setenv("SLACK_SIGNING_SECRET", SIGNING_SECRET)
    environment.setenv(variable, value)

    with pytest.raises(ConfigurationError) as caught:
        HttpSettings.from_environment()

    assert str(caught.value).startswith(variable)
    assert part in str(caught.value)
    assert "secretpart" not in str(caught.value)


def test_every_mistake_can_be_told_at_once(environment: pytest.MonkeyPatch) -> None:
    assert Settings.mistakes() == ()
    environment.delenv("SLACK_BOT_TOKEN")
    environment.setenv("SLACK_APP_TOKEN", "secretpart")
    environment.setenv("KINWARD_REGION", "Texas")

    mistakes = Settings.mistakes()

    assert sorted(mistake.split()[0] for mistake in mistakes) == [
        "KINWARD_REGION",
        "SLACK_APP_TOKEN",
        "SLACK_BOT_TOKEN",
    ]
    assert "secretpart" not in "".join(mistakes)
