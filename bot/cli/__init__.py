"""The command line: one small file a command."""

from collections.abc import Sequence

import typer

from bot.cli.audit import audit
from bot.cli.blocks import blocks
from bot.cli.check import check
from bot.cli.clients import clients
from bot.cli.export import export
from bot.cli.mail_rules import mail_rules
from bot.cli.manifest import print_manifest
from bot.cli.notify import notify
from bot.cli.outbox import copies, outbox
from bot.cli.outcome import sentence_about
from bot.cli.playground import playground
from bot.cli.retention import retention
from bot.cli.run import run
from bot.cli.staff import staff
from bot.cli.tokens import tokens

app = typer.Typer(
    name="kinward",
    help="Kinward: each client's family and contacts, kept straight by the staff of a practice from Slack.",
    no_args_is_help=True,
    add_completion=False,
    # Typer's own tracebacks print the values of variables, which may be a client's.
    pretty_exceptions_enable=False,
)
app.command("run")(run)
app.command("playground")(playground)
app.add_typer(clients, name="clients")
app.add_typer(blocks, name="blocks")
app.add_typer(outbox, name="outbox")
app.add_typer(copies, name="copies")
app.command("export")(export)
app.add_typer(audit, name="audit")
app.add_typer(retention, name="retention")
app.add_typer(staff, name="staff")
app.command("manifest")(print_manifest)
app.command("check")(check)
app.add_typer(tokens, name="tokens")
app.command("notify")(notify)
app.add_typer(mail_rules, name="mail-rules")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; whatever goes wrong is told in one sentence, and never by a traceback.

    Args:
        arguments: what follows the program's name; what was typed unless given.

    Raises:
        SystemExit: always; 0 done, 1 not done, 2 misused.
    """
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kinward")
    except Exception as error:  # noqa: BLE001 - the last net: people at a terminal get a sentence too
        typer.echo(sentence_about(error), err=True)
        raise SystemExit(1) from None
