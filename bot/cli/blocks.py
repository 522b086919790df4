"""`kinward blocks`: who must not receive a client's mail."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.desk import ClientArgument, Desk, WorkspaceOption, at_the_desk, said
from bot.cli.outcome import CannotGoOn, sentence_about
from bot.domain.client import Client
from bot.domain.errors import InvalidInput
from bot.domain.family import ContactPerson, LinkedClient
from bot.domain.folding import fold
from bot.domain.ids import RestrictionId
from bot.domain.must_not_receive import MustNotReceive, RestrictionClass
from bot.services.must_not_receive import Whom
from bot.views.sentences import say

blocks = typer.Typer(help="Who must not receive a client's mail, whatever is shared.", no_args_is_help=True)


@blocks.command("add")
def add_block(
    client: ClientArgument,
    whom: Annotated[
        str,
        typer.Argument(
            metavar="WHOM",
            help="An e-mail address, a name in the family, or another client's own id; - is the next line of "
            "standard input.",
            callback=said,
        ),
    ],
    *,
    why: Annotated[RestrictionClass, typer.Option("--class", help="What it rests on.")],
    document: Annotated[str, typer.Option(help="The document, such as the number of an order.")] = "",
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day; none means until lifted.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Enter somebody who must not receive a client's mail. It counts from then on."""

    async def enter() -> MustNotReceive:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            return await desk.services.must_not_receive.add(
                desk.actor,
                found.id,
                await _whom(desk, found, whom),
                why=why,
                document=document,
                expires_on=expires.date() if expires else None,
            )

    entry = _told(enter)
    typer.echo(f"Entered as {entry.id}: nothing of this client's mail goes there from now on.")


@blocks.command("list")
def list_blocks(
    client: ClientArgument,
    *,
    lifted: Annotated[bool, typer.Option("--lifted", help="Show those that were lifted too.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Show who must not receive a client's mail."""

    async def read() -> tuple[MustNotReceive, ...]:
        async with at_the_desk(workspace) as desk:
            found = await desk.client(client)
            return await desk.services.must_not_receive.of_client(desk.actor, found.id, even_lifted=lifted)

    entries = asyncio.run(read())
    for entry in entries:
        typer.echo(_line(entry))
    if not entries:
        typer.echo("Nobody is entered.")


@blocks.command("lift")
def lift_block(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The id that `blocks list` shows.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Lift an entry. What is shared goes out again from then on; nothing is sent that was held back."""

    async def lift() -> MustNotReceive:
        async with at_the_desk(workspace) as desk:
            return await desk.services.must_not_receive.lift(desk.actor, RestrictionId(entry), reason=reason)

    typer.echo(_line(_told(lift)))


def _told(work: Callable[[], Coroutine[None, None, MustNotReceive]]) -> MustNotReceive:
    """Do the work, and say what is wrong with what was given."""
    try:
        return asyncio.run(work())
    except InvalidInput as refused:
        sentences = [say(problem.key, **problem.values) for problem in refused.problems]
        raise CannotGoOn(" ".join(sentences) or sentence_about(refused)) from None


async def _whom(desk: Desk, client: Client, text: str) -> Whom:
    if "@" in text:
        return Whom(address=text)
    family = await desk.services.relationships.family(desk.actor, client.id)
    found = [member for member in family.members if fold(text) in _names(member)]
    if len(found) == 1:
        return Whom(relation_id=found[0].relation.id)
    if found:
        raise CannotGoOn("Several people in this family are called that: use the own id or an address.")
    clients = await desk.services.clients.exact(desk.actor, text)
    if len(clients) != 1:
        raise CannotGoOn(
            "Nobody in this family and no client is meant by that: use a name as on the card, an own id, or "
            "an address."
        )
    return Whom(client_id=clients[0].id)


def _names(member: LinkedClient | ContactPerson) -> set[str]:
    if isinstance(member, LinkedClient):
        return {fold(member.client.name), fold(member.client.details.own_id)} - {""}
    return {fold(member.person.name)}


def _line(entry: MustNotReceive) -> str:
    parts = [
        entry.id,
        entry.barred.address or entry.name,
        entry.why.value,
        entry.document,
        f"until {entry.expires_on}" if entry.expires_on else "",
        f"entered by {entry.recorded_by_name} on {entry.recorded_at:%Y-%m-%d}",
    ]
    if entry.lifting is not None:
        lifting = entry.lifting
        parts.append(f"lifted by {lifting.by_name} on {lifting.at:%Y-%m-%d}: {lifting.reason}")
    return "  ".join(part for part in parts if part)
