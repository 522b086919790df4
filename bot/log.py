"""Logging, set up once: structured, and without any client's name, address or phone (P5).

What may appear is listed; whatever is not on the list is left out. That holds for our own lines, for the
lines of libraries (whose messages may hold a whole payload), and for exceptions (whose messages may hold
the values of a statement): of those, a line tells the type and the places in the code.

    log = structlog.get_logger()
    log.info("view.opened", callback_id="card.show", milliseconds=12)

The event is a fixed dotted name; what varies goes under one of `KNOWN_KEYS`.
"""

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from bot.config import LogFormat

KNOWN_KEYS = frozenset(
    {
        # When, how grave, and from where: added by the set-up itself.
        "level",
        "logger",
        "timestamp",
        # Which piece of work: opaque ids of Slack's, of ours, and the reference a person is told.
        "app_id",
        "channel_id",
        "client_id",
        "connection_id",
        "enterprise_id",
        "envelope_id",
        "event_id",
        "reference",
        "relation_id",
        "staff_id",
        "view_id",
        "workspace_id",
        # What was asked for, in the program's own words.
        "act",
        "action_id",
        "block_id",
        "callback_id",
        "command",
        "digest",
        "event_type",
        "key",
        "kind",
        "method",
        "number",
        "payload_type",
        "revision",
        "route",
        "setting",
        "signal",
        "subcommand",
        "surface",
        # How it went.
        "attempt",
        "changed",
        "count",
        "milliseconds",
        "outcome",
        "port",
        "seconds",
        "slack_error",
        "status",
        "version",
    }
)
"""Keys of which no value is about a client. Adding one is a decision about privacy."""

LEFT_OUT = "(left out)"
UNNAMED = "log.unnamed"
_CHATTY = frozenset(
    {"slack_bolt", "slack_sdk", "aiohttp", "asyncio", "sqlalchemy", "alembic", "aiosqlite", "uvicorn"}
)
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_OPAQUE = re.compile(r"[A-Za-z0-9_.:+/-]{0,200}")
_MOST_PLACES = 12

_EventDict = MutableMapping[str, Any]


def set_up_logging(log_format: LogFormat, *, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging, warnings included, to one stream.

    Calling it again replaces the earlier set-up.

    Args:
        log_format: lines for a person, or one JSON object a line.
        stream: where the lines go; standard error unless given.
    """
    target = stream or sys.stderr
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    add_level = structlog.stdlib.add_log_level
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            add_level,
            structlog.stdlib.add_logger_name,
            only_what_is_known,
            stamp,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[add_level, only_where_it_came_from, stamp],
            processors=[ProcessorFormatter.remove_processors_meta, _renderer(log_format, target)],
            # The message of a library is never needed, so its arguments are not even put into it.
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # A filter and not the loggers' levels: Bolt sets those of its own loggers anew.
    handler.addFilter(_worth_reading)
    logging.captureWarnings(capture=True)


def _worth_reading(record: logging.LogRecord) -> bool:
    """Say whether a line is our own, or a library's that warns."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in _CHATTY


def _renderer(log_format: LogFormat, target: TextIO) -> Processor:
    if log_format is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=target.isatty(), pad_event_to=0)


def only_what_is_known(_logger: object, _method: str, event_dict: _EventDict) -> _EventDict:
    """Keep a fixed event name, the known keys with opaque values, and of an exception its type and places."""
    kept: _EventDict = {}
    left_out: list[str] = []
    event = event_dict.pop("event", "")
    kept["event"] = event if isinstance(event, str) and _EVENT.fullmatch(event) else UNNAMED
    error = _exception(event_dict.pop("exc_info", None))
    for key, value in event_dict.items():
        if key not in KNOWN_KEYS:
            # A key is written in the program and not typed by anybody.
            left_out.append(key)
        else:
            kept[key] = value if _is_opaque(value) else LEFT_OUT
    if left_out:
        kept["left_out"] = sorted(left_out)
    if error is not None:
        kept.update(told_without_words(error))
    return kept


def only_where_it_came_from(_logger: object, _method: str, event_dict: _EventDict) -> _EventDict:
    """Keep of a library's line who wrote it and where; its message may hold anything."""
    record: logging.LogRecord = event_dict["_record"]
    kept: _EventDict = {
        "event": "library.message",
        "level": event_dict["level"],
        "logger": record.name,
        "at": f"{record.module}:{record.lineno}",
        "_record": record,
        "_from_structlog": False,
    }
    error = _exception(event_dict.get("exc_info"))
    if error is not None:
        kept.update(told_without_words(error))
    return kept


def told_without_words(error: BaseException) -> dict[str, str | list[str]]:
    """Return an exception's type and the places it went through, and those of its causes; no message."""
    told: dict[str, str | list[str]] = {"error": _type(error), "error_at": _places(error.__traceback__)}
    causes = [
        f"{_type(cause)} at {place}"
        for cause in _causes(error)
        for place in _places(cause.__traceback__)[-1:] or ["-"]
    ]
    if causes:
        told["error_from"] = causes
    return told


def _is_opaque(value: object) -> bool:
    """Say whether a value is a number, a yes or no, or a word without blanks, as ids and codes are."""
    if value is None or isinstance(value, bool | int | float):
        return True
    return isinstance(value, str) and _OPAQUE.fullmatch(value) is not None


def _exception(exc_info: object) -> BaseException | None:
    """Return the exception meant by any of the ways in which logging lets it be given."""
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exception() if exc_info else None


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(traceback: TracebackType | None) -> list[str]:
    places: list[str] = []
    while traceback is not None:
        frame = traceback.tb_frame
        module = frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{traceback.tb_lineno} in {frame.f_code.co_qualname}")
        traceback = traceback.tb_next
    return places[-_MOST_PLACES:]


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what led to an error, each once: the errors of a group, causes, and what was being handled."""
    seen = {id(error)}
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        for cause in (*getattr(current, "exceptions", ()), current.__cause__ or current.__context__):
            if isinstance(cause, BaseException) and id(cause) not in seen:
                seen.add(id(cause))
                waiting.append(cause)
                yield cause
