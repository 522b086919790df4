"""`kinward outbox` and `kinward copies`: what became of the mails, and what is to become of them."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated

import typer

from bot.adapters.incident_json import incident_json
from bot.cli.desk import ClientArgument, Desk, WorkspaceOption, at_the_desk
from bot.cli.outcome import CannotGoOn
from bot.domain.errors import NotFound
from bot.domain.ids import CopyId
from bot.domain.mail_copy import MailCopy

outbox = typer.Typer(help="Mails that were given up, and mails that wait.", no_args_is_help=True)
copies = typer.Typer(help="The record of a client's mails.", no_args_is_help=True)

MailArgument = Annotated[str, typer.Argument(metavar="MAIL", help="The id that the list shows.")]
MailsArgument = Annotated[list[str], typer.Argument(metavar="MAIL...", help="The ids that the list shows.")]


@outbox.command("list")
def list_mails(
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help="Show what waits to be sent instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 100,
    workspace: WorkspaceOption = None,
) -> None:
    """Show the mails that were refused or given up, oldest first."""

    async def read() -> tuple[MailCopy, ...]:
        async with at_the_desk(workspace) as desk:
            return await desk.services.dead_letters.all(desk.actor, limit=limit, waiting=waiting)

    _show(asyncio.run(read()), nothing="Nothing waits." if waiting else "Nothing was given up.")


@outbox.command("retry")
def retry_mails(mails: MailsArgument, *, workspace: WorkspaceOption = None) -> None:
    """Try mails again that were refused or given up; who receives is decided anew when they are sent."""

    async def retry(desk: Desk, copy_id: CopyId) -> MailCopy:
        return await desk.services.dead_letters.retry(desk.actor, copy_id)

    _each(mails, retry, workspace, done="is tried again")


@outbox.command("drop")
def drop_mails(mails: MailsArgument, *, workspace: WorkspaceOption = None) -> None:
    """Leave mails unsent for good."""

    async def drop(desk: Desk, copy_id: CopyId) -> MailCopy:
        return await desk.services.dead_letters.drop(desk.actor, copy_id)

    _each(mails, drop, workspace, done="will not be sent")


@copies.command("list")
def list_copies(
    client: ClientArgument,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    workspace: WorkspaceOption = None,
) -> None:
    """Show the mails of a client's notices, newest first, those that were left out among them."""

    async def read() -> tuple[MailCopy, ...]:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            return await desk.services.copies.copies_of(desk.actor, found.id, limit=limit)

    _show(asyncio.run(read()), nothing="There are none.")


@copies.command("misdirected")
def mark_misdirected(
    client: ClientArgument,
    mail: MailArgument,
    *,
    note: Annotated[str, typer.Option(help="What happened; it stays on record.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Record that a mail reached the wrong person, and print what an accounting of it needs, as JSON."""

    async def mark() -> str:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            marked = await desk.services.copies.mark_misdirected(
                desk.actor, found.id, CopyId(mail), note=note
            )
            return incident_json(await desk.services.copies.incident(desk.actor, found.id, marked.id))

    typer.echo(asyncio.run(mark()))


@copies.command("incident")
def print_incident(client: ClientArgument, mail: MailArgument, *, workspace: WorkspaceOption = None) -> None:
    """Print again what an accounting of a misdirected mail needs, as JSON."""

    async def read() -> str:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            return incident_json(await desk.services.copies.incident(desk.actor, found.id, CopyId(mail)))

    typer.echo(asyncio.run(read()))


def _each(
    mails: Sequence[str],
    work: Callable[[Desk, CopyId], Coroutine[None, None, MailCopy]],
    workspace: str | None,
    *,
    done: str,
) -> None:
    async def all_of_them() -> list[str]:
        missing = []
        async with at_the_desk(workspace) as desk:
            for mail in mails:
                try:
                    await work(desk, CopyId(mail))
                except NotFound:
                    missing.append(mail)
                else:
                    typer.echo(f"{mail} {done}.")
        return missing

    if missing := asyncio.run(all_of_them()):
        raise CannotGoOn(f"Not among those with which that can be done: {', '.join(missing)}.")


def _show(mails: Sequence[MailCopy], *, nothing: str) -> None:
    for mail in mails:
        # To whom it went and of what kind; neither a name nor the address, which a terminal keeps.
        when = f"{mail.sent_at or mail.queued_at:%Y-%m-%d %H:%M}"
        why = mail.result or mail.reason.value
        mark = "misdirected" if mail.misdirected else ""
        parts = (mail.id, when, mail.kind.value, mail.category.value, mail.state.value, why, mark)
        typer.echo("  ".join(part for part in parts if part))
    if not mails:
        typer.echo(nothing)
