"""`kinward notify`: handing in one mail of a client by hand, or asking who would receive it."""

import asyncio
import hashlib
import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.mail_reading import read_mail
from bot.cli.desk import Desk, WorkspaceOption, at_the_desk, said
from bot.cli.outcome import CannotGoOn
from bot.cli.recipient_reasons import REASONS
from bot.domain.errors import NoticeRefused
from bot.domain.notice import (
    MAX_ATTACHMENTS_SIZE,
    MAX_KEY_LENGTH,
    MAX_ORIGINAL_SIZE,
    STATED_CATEGORIES,
    NoticeCategory,
    NoticeContent,
    NoticeProblem,
    NoticeRequest,
    NoticeSource,
)
from bot.domain.recipients import RECEIVING, Reason, Verdict

STANDARD_INPUT = Path("-")

_MEGABYTE = 1024 * 1024
PROBLEMS = {
    NoticeProblem.ORIGINAL_TOO_LARGE: f"It may have {MAX_ORIGINAL_SIZE // _MEGABYTE} MB at most.",
    NoticeProblem.ATTACHMENTS_TOO_LARGE: f"Its files may have {MAX_ATTACHMENTS_SIZE // _MEGABYTE} MB in all.",
    NoticeProblem.ATTACHMENT_UNREADABLE: "An attachment has a kind or a name that no mail can carry.",
    NoticeProblem.KEY_TOO_LONG: f"The occasion may have {MAX_KEY_LENGTH} letters at most.",
    NoticeProblem.UNREADABLE_LETTERS: "Some of its letters cannot be read.",
}
"""What can be wrong with a mail that was read from a file, or with what was said of it."""
_BEHIND_HEADERS = re.compile(rb"(?:^|\n)\r?\n\s*\S")
"""Something other than space behind the first empty line."""
_CATEGORIES = ", ".join(STATED_CATEGORIES)
_FILE = typer.Argument(metavar="MAIL", help="A mail as programs save it (.eml); - is standard input.")


def notify(
    file: Annotated[Path | None, _FILE] = None,
    *,
    client: Annotated[
        str,
        typer.Option(
            help="The client: the practice's own id, the e-mail or the name; - is a line of standard input.",
            callback=said,
        ),
    ],
    category: Annotated[str, typer.Option(help=f"What the mail is about: {_CATEGORIES}.")],
    event: Annotated[
        str | None,
        typer.Option(help="The occasion: the same for both clients of one session, one mail an address."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would receive it and why, and send nothing.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Queue a mail for a client and for those with whom that kind is shared.

    The client gets it as the practice wrote it. The same mail again is the same: nothing is sent twice.
    """
    if file is None and not dry_run:
        raise typer.BadParameter("name the file of the mail", param_hint="MAIL")
    if category not in STATED_CATEGORIES:
        raise typer.BadParameter(f"say one of: {_CATEGORIES}", param_hint="--category")
    about = NoticeCategory(category)
    content = None if file is None else _content(file)

    async def carried_out() -> tuple[tuple[str, str, Reason], ...]:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            if dry_run or content is None:
                decision = await desk.services.recipients.of(desk.actor, found.id, about)
                return tuple(map(_row, decision.verdicts))
            request = NoticeRequest(
                client_id=found.id,
                category=about,
                content=content,
                source=NoticeSource.COMMAND_LINE,
                event_id=event,
                idempotency_key=_key(content, found.id, category, event),
                requested_by=desk.actor.name,
            )
            return await _queued(desk, request)

    rows = asyncio.run(carried_out())
    table = Table("", "Who", "Address", "Why", box=None, pad_edge=False)
    for name, address, reason in rows:
        table.add_row("yes" if reason in RECEIVING else "no", name, address, REASONS[reason])
    Console().print(table)


async def _queued(desk: Desk, request: NoticeRequest) -> tuple[tuple[str, str, Reason], ...]:
    try:
        queued = await desk.services.notices.queue(desk.actor.workspace_id, request)
    except NoticeRefused as refused:
        problems = " ".join(PROBLEMS.get(each, each.replace("_", " ")) for each in refused.problems)
        raise CannotGoOn(f"The mail cannot be sent as it is. {problems}") from None
    typer.echo(
        "It was queued before; nothing is sent twice."
        if queued.repeated
        else "Queued. A running bot with SMTP_URL sends it."
    )
    return tuple((copy.name, copy.address or "", copy.reason) for copy in queued.copies)


def _row(verdict: Verdict) -> tuple[str, str, Reason]:
    return verdict.name, verdict.address or "", verdict.reason


def _content(file: Path) -> NoticeContent:
    try:
        raw = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    except OSError as error:
        raise CannotGoOn(f"{file} cannot be read: {error.strerror}.") from None
    read = read_mail(raw, recipients=())
    if not read.content.subject and not read.sender:
        # Such as a letter that a word processor saved: the client would get it as it is.
        raise CannotGoOn(f"{file} is no mail, for it has neither a sender nor a subject: save it as .eml.")
    if not _BEHIND_HEADERS.search(raw):
        raise CannotGoOn(f"There is nothing in the mail {file}.")
    if len(raw) > MAX_ORIGINAL_SIZE:
        raise CannotGoOn(f"{file} cannot be sent as it is. {PROBLEMS[NoticeProblem.ORIGINAL_TOO_LARGE]}")
    return read.content


def _key(content: NoticeContent, *told: str | None) -> str:
    digest = hashlib.sha256(content.original or b"")
    digest.update(repr(told).encode())
    return f"notify:{digest.hexdigest()}"
