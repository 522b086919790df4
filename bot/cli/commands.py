"""The commands by their names; each is imported when it is asked for, and all of them for `--help`.

What takes long to import, and only the work needs, is imported when the command begins to work.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from bot.cli.uncollected import uncollected

_WHERE = {
    "run": "bot.cli.run:run",
    "playground": "bot.cli.playground:playground",
    "export": "bot.cli.export:export",
    "manifest": "bot.cli.manifest:print_manifest",
    "check": "bot.cli.check:check",
    "notify": "bot.cli.notify:notify",
    "clients": "bot.cli.clients:clients",
    "blocks": "bot.cli.blocks:blocks",
    "outbox": "bot.cli.outbox:outbox",
    "copies": "bot.cli.outbox:copies",
    "audit": "bot.cli.audit:audit",
    "retention": "bot.cli.retention:retention",
    "staff": "bot.cli.staff:staff",
    "tokens": "bot.cli.tokens:tokens",
    "mail-rules": "bot.cli.mail_rules:mail_rules",
}
"""Module and name of each command, or of the group of commands that stands under one word, as `--help` lists
them."""


class Commands(TyperGroup):
    """All commands. What one of them needs, the others need not wait for."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - Typer's own
        super().__init__(**attributes)
        self.commands = _Imported()  # type: ignore[assignment] # nobody adds to it


class _Imported(Mapping[str, Any]):
    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Typer has a class of its own for commands
        if name not in self._made:
            self._made[name] = _made(name, *_WHERE[name].split(":"))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_WHERE)

    def __len__(self) -> int:
        return len(_WHERE)


def _made(name: str, module: str, attribute: str) -> Any:  # noqa: ANN401 - as above
    with uncollected():
        found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        group = get_group(found)
        group.name = name
        for command in group.commands.values():
            command.help = _flowing(command.help)
        return group
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    command = get_command(alone)
    command.help = _flowing(command.help)
    return command


def _flowing(told: str | None) -> str | None:
    """Return what help says with a line for each paragraph: Typer keeps the line ends of the source."""
    return told and "\n\n".join(" ".join(part.split()) for part in told.split("\n\n"))
