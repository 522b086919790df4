"""The log: structured, and no client's data in it, whichever way it might come."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.config import LogFormat
from bot.log import KNOWN_KEYS, LEFT_OUT, set_up_logging

NAME = "Maria Lopez"


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(LogFormat.JSON, stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def raise_about_a_client() -> None:
    clients: dict[str, str] = {}
    try:
        clients[NAME]
    except KeyError as error:
        raise ValueError(f"no such client: {NAME}") from error


def test_a_line_has_time_level_logger_event_and_known_keys(stream: io.StringIO) -> None:
    structlog.get_logger("bot.handlers").info("view.opened", callback_id="card.show", milliseconds=12.5)

    (line,) = lines(stream)

    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "view.opened",
        "level": "info",
        "logger": "bot.handlers",
        "callback_id": "card.show",
        "milliseconds": 12.5,
    }


def test_an_unknown_key_is_left_out_and_named(stream: io.StringIO) -> None:
    structlog.get_logger().info("client.added", client_id="01J", name=NAME, email="maria@example.com")

    (line,) = lines(stream)

    assert line["left_out"] == ["email", "name"]
    assert line["client_id"] == "01J"
    assert NAME not in stream.getvalue()
    assert "@" not in stream.getvalue()


@pytest.mark.parametrize(
    "value",
    [NAME, "maria@example.com", "(212) 555-0123", {"name": NAME}, [NAME], object(), "x" * 201, "Łukasz"],
)
def test_a_known_key_carries_no_words(stream: io.StringIO, value: object) -> None:
    structlog.get_logger().info("client.added", reference=value)

    (line,) = lines(stream)

    assert line["reference"] == LEFT_OUT


@pytest.mark.parametrize(
    "value", ["01JABC", "card.show", "client.not_found", "/family", 3, 1.5, True, None, ""]
)
def test_a_known_key_carries_ids_codes_and_numbers(stream: io.StringIO, value: object) -> None:
    structlog.get_logger().info("client.added", reference=value)

    (line,) = lines(stream)

    assert line["reference"] == value


@pytest.mark.parametrize("event", [f"added {NAME}", NAME, "Maria", "maria", ""])
def test_an_event_that_is_no_dotted_name_is_not_written(stream: io.StringIO, event: str) -> None:
    structlog.get_logger().info(event)

    (line,) = lines(stream)

    assert line["event"] == "log.unnamed"


def test_what_is_bound_to_the_context_is_sifted_too(stream: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(reference="R7", client=NAME)

    structlog.get_logger().info("client.added")

    (line,) = lines(stream)
    assert line["reference"] == "R7"
    assert NAME not in stream.getvalue()


def test_an_exception_is_told_by_type_and_places_without_its_message(stream: io.StringIO) -> None:
    try:
        raise_about_a_client()
    except ValueError:
        structlog.get_logger().exception("listener.failed", reference="R8")

    (line,) = lines(stream)

    assert line["error"] == "builtins.ValueError"
    assert line["error_at"][-1].endswith(" in raise_about_a_client")
    assert "test_log" in line["error_at"][-1]
    assert line["error_from"][0].startswith("builtins.KeyError at ")
    assert line["level"] == "error"
    assert NAME not in stream.getvalue()


def test_an_exception_given_as_a_value_and_a_group_are_told_likewise(stream: io.StringIO) -> None:
    group = ExceptionGroup(NAME, [ValueError(NAME), TypeError(NAME)])

    structlog.get_logger().error("listener.failed", exc_info=group)

    (line,) = lines(stream)
    assert line["error"] == "builtins.ExceptionGroup"
    assert line["error_from"] == ["builtins.ValueError at -", "builtins.TypeError at -"]
    assert NAME not in stream.getvalue()


def test_a_librarys_line_tells_only_where_it_comes_from(stream: io.StringIO) -> None:
    logger = logging.getLogger("slack_bolt.App")

    logger.warning("Unhandled request (%s)", NAME)
    logger.warning(f"Unhandled request ({NAME})")  # noqa: G004 - libraries write so, and that is the danger

    first, second = lines(stream)
    assert first["event"] == second["event"] == "library.message"
    assert first["logger"] == "slack_bolt.App"
    assert first["level"] == "warning"
    assert first["at"].startswith("test_log:")
    assert NAME not in stream.getvalue()


def test_a_librarys_exception_is_told_without_its_message(stream: io.StringIO) -> None:
    try:
        raise_about_a_client()
    except ValueError:
        logging.getLogger("asyncio").exception(
            "Task of %s failed", NAME, extra={"client": NAME}, stack_info=True
        )

    (line,) = lines(stream)

    assert line["error"] == "builtins.ValueError"
    assert NAME not in stream.getvalue()


@pytest.mark.parametrize(
    "name",
    ["slack_bolt.AsyncApp", "slack_sdk.socket_mode.aiohttp", "aiohttp.access", "sqlalchemy.engine.Engine"],
)
def test_libraries_are_silent_below_a_warning(stream: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    before = logger.level
    # As Bolt does with its own loggers.
    logger.setLevel(logging.INFO)

    logger.info("payload")
    logger.setLevel(before)

    assert stream.getvalue() == ""


def test_warnings_come_the_same_way(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(NAME, stacklevel=1)

    (line,) = lines(stream)

    assert line["logger"] == "py.warnings"
    assert NAME not in stream.getvalue()


def test_the_console_writes_the_same_things_on_one_line() -> None:
    stream = io.StringIO()
    set_up_logging(LogFormat.CONSOLE, stream=stream)

    try:
        raise_about_a_client()
    except ValueError:
        structlog.get_logger().exception("listener.failed", reference="R9", name=NAME)

    text = stream.getvalue()
    assert text.count("\n") == 1
    assert "listener.failed" in text
    assert "reference=R9" in text
    assert "builtins.ValueError" in text
    assert "\x1b" not in text
    assert NAME not in text


def test_setting_up_twice_writes_each_line_once(stream: io.StringIO) -> None:
    set_up_logging(LogFormat.JSON, stream=stream)

    structlog.get_logger().info("view.opened")

    assert len(lines(stream)) == 1


def test_no_known_key_is_about_a_person_outside_the_staff() -> None:
    assert not KNOWN_KEYS & {
        "name",
        "text",
        "value",
        "email",
        "phone",
        "query",
        "message",
        "payload",
        "body",
        "url",
    }
