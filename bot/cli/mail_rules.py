"""`kinward mail-rules`: what the mail that record systems hand in is about."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.desk import WorkspaceOption, at_the_desk
from bot.cli.outcome import CannotGoOn
from bot.domain.errors import NotFound
from bot.domain.ids import MailRuleId
from bot.domain.incoming_mail import MailRule
from bot.domain.notice import NoticeCategory
from bot.domain.sharing import Category

mail_rules = typer.Typer(
    help="What mail is about that comes in over SMTP: without a rule it is copied to nobody.",
    no_args_is_help=True,
)

Sender = Annotated[str, typer.Option("--from", help='Whom it is from: "billing@*". * is anything.')]
Subject = Annotated[str, typer.Option(help='What its subject says: "*receipt*". * is anything.')]


@mail_rules.command("add")
def add(
    category: Annotated[Category, typer.Argument(help="What such mail is about.")],
    *,
    sender: Sender = "",
    subject: Subject = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Say what some mail is about. The first rule that fits counts; passwords and codes are never copied."""

    async def made() -> MailRule:
        async with at_the_desk(workspace) as desk:
            rules = desk.services.mail_rules
            return await rules.add(desk.actor, sender=sender, subject=subject, category=category)

    typer.echo(f"Rule {asyncio.run(made()).id} is in force.")


@mail_rules.command("list")
def show(*, workspace: WorkspaceOption = None) -> None:
    """Show the rules in the order in which they are tried."""

    async def kept() -> tuple[MailRule, ...]:
        async with at_the_desk(workspace) as desk:
            return await desk.services.mail_rules.every(desk.actor)

    found = asyncio.run(kept())
    if not found:
        typer.echo("There is no rule: what comes in is delivered and copied to nobody.")
        return
    table = Table("Id", "From", "Subject", "About", "Made", box=None, pad_edge=False)
    for rule in found:
        made = f"{rule.made_at:%Y-%m-%d} by {rule.made_by_name}"
        table.add_row(rule.id, rule.sender or "*", rule.subject or "*", rule.category.value, made)
    Console().print(table)


@mail_rules.command("remove")
def remove(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")],
    *,
    workspace: WorkspaceOption = None,
) -> None:
    """Have a rule count no more."""

    async def removed() -> None:
        async with at_the_desk(workspace) as desk:
            await desk.services.mail_rules.remove(desk.actor, MailRuleId(rule_id))

    try:
        asyncio.run(removed())
    except NotFound:
        raise CannotGoOn("There is no such rule: see kinward mail-rules list.") from None
    typer.echo("The rule counts no more.")


@mail_rules.command("try")
def try_out(*, sender: Sender = "", subject: Subject = "", workspace: WorkspaceOption = None) -> None:
    """Say what a mail from somebody with a subject would be taken for."""

    async def about() -> NoticeCategory:
        async with at_the_desk(workspace) as desk:
            return await desk.services.mail_rules.about(desk.actor, sender=sender, subject=subject)

    match asyncio.run(about()):
        case NoticeCategory.UNKNOWN:
            typer.echo("No rule fits: it is delivered, copied to nobody, and staff are told.")
        case NoticeCategory.ACCOUNT:
            typer.echo("account: it is delivered and never copied.")
        case known:
            typer.echo(f"{known}: it is delivered, and copied to those who share that.")
