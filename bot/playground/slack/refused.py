"""How Slack says no to a Web API call."""

from collections.abc import Iterable, Mapping

from bot.playground.slack.block_kit import Problem
from bot.playground.slack.wire import Json


class Refused(Exception):  # noqa: N818 - Slack's word for it is no error of ours
    """A call that Slack answers with `ok: false`."""

    def __init__(
        self,
        error: str,
        *,
        extra: Json | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        is_fault: bool = False,
    ) -> None:
        super().__init__(error)
        self.is_fault = is_fault
        """Whether it was ordered, and is not the app's own doing."""
        self.error = error
        self.status = status
        self.headers = dict(headers or {})
        self.body: Json = {"ok": False, "error": error, **(extra or {})}

    @property
    def messages(self) -> tuple[str, ...]:
        """The sentences that say what was wrong, if Slack gives any."""
        return tuple(self.body.get("response_metadata", {}).get("messages", ()))


def _messages(texts: Iterable[str]) -> Json:
    return {"response_metadata": {"messages": [f"[ERROR] {text}" for text in texts]}}


def invalid_arguments(texts: Iterable[str]) -> Refused:
    """Arguments, a view among them, that are not as they must be."""
    return Refused("invalid_arguments", extra=_messages(texts))


def missing_argument(name: str) -> Refused:
    """An argument the method cannot do without."""
    return invalid_arguments([str(Problem(f"missing required field: {name}", ""))])


def invalid_blocks(problems: Iterable[Problem]) -> Refused:
    """Blocks of a message that are not as they must be."""
    texts = [str(problem) for problem in problems]
    return Refused("invalid_blocks", extra={"errors": texts, **_messages(texts)})
