"""`kinward notify` and `kinward mail-rules`: by hand what systems do."""

from datetime import UTC
from pathlib import Path

import pytest

from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.notice import MAX_ORIGINAL_SIZE
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from bot.services.relationships import Relationships
from storage.database import Database
from tests.cli.commands import Commands
from tests.databases import opened
from tests.services.practice import Practice


async def family_in(database: Database) -> None:
    practice = Practice(database)
    minh = await practice.client("Minh", last_name="Tran", own_id="K-1", email="minh@example.com")
    relationships = Relationships(storage=database, clock=SystemClock(UTC), new_id=new_ulid)
    await relationships.add_contact(
        practice.dana,
        client_id=minh.id,
        person=PersonDetails(first_name="Rosa", email="rosa@example.org"),
        relationship=RelationshipChoice(),
        sharing=SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY),
    )


async def test_a_mail_is_queued_once_and_a_dry_run_only_says_who(
    commands: Commands, sqlite_url: str, tmp_path: Path
) -> None:
    async with opened(sqlite_url) as database:
        await family_in(database)
    settings = {"DATABASE_URL": sqlite_url}
    mail = tmp_path / "receipt.eml"
    mail.write_bytes(b"Subject: Your receipt\r\nFrom: office@practice.example\r\n\r\nThank you.\r\n")
    told = ("notify", "--client", "K-1", "--category", "payments")

    dry = await commands.run(*told, "--dry-run", settings=settings)
    assert dry.code == 0, dry.err
    lines = [line.split() for line in dry.out.splitlines() if line.startswith(("yes", "no"))]
    assert [line[:2] for line in lines] == [["yes", "Minh"], ["yes", "Rosa"]]

    for says in ("Queued.", "nothing is sent twice"):
        done = await commands.run(*told, str(mail), settings=settings)
        assert done.code == 0, done.err
        assert says in done.out
    waiting = await commands.run("outbox", "list", "--waiting", settings=settings)
    assert waiting.out.count("queued") == 2

    account = await commands.run(
        "notify", "--client", "K-1", "--category", "account", "--dry-run", settings=settings
    )
    assert "account mail is never copied" in account.out
    unknown = await commands.run(
        "notify", "--client", "K-9", "--category", "other", "--dry-run", settings=settings
    )
    assert (unknown.code, unknown.err) == (1, "There is no such client: use the practice's own id.\n")


async def test_rules_are_made_tried_and_removed(commands: Commands, sqlite_url: str) -> None:
    async with opened(sqlite_url):
        pass
    settings = {"DATABASE_URL": sqlite_url}
    for arguments, says in (
        (("list",), "There is no rule"),
        (("try", "--subject", "Your receipt"), "No rule fits"),
        (("add", "payments", "--subject", "*receipt*"), "is in force"),
        (("try", "--subject", "Your receipt"), "payments: it is delivered, and copied"),
        (("try", "--subject", "Your receipt password"), "never copied"),
        (("list",), "*receipt*"),
    ):
        done = await commands.run("mail-rules", *arguments, settings=settings)
        assert says in done.out, done.err
    rule_id = done.out.splitlines()[1].split()[0]
    assert "no more" in (await commands.run("mail-rules", "remove", rule_id, settings=settings)).out
    everything = await commands.run("mail-rules", "add", "payments", "--subject", "*", settings=settings)
    assert everything.code == 1
    assert "would fit every mail" in everything.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no mail"),
        (b"\xd0\xcf\x11\xe0 a letter of some program\n\nDear Minh", "is no mail"),
        (b"Subject: Your receipt\nFrom: office@practice.example\n\n  \n", "There is nothing in the mail"),
        (b"Subject: x\n\n" + b"y" * MAX_ORIGINAL_SIZE, "It may have 20 MB at most."),
    ],
    ids=["empty", "a letter", "headers alone", "huge"],
)
async def test_what_is_no_mail_is_never_sent_to_a_client(
    content: bytes, told: str, commands: Commands, sqlite_url: str, tmp_path: Path
) -> None:
    async with opened(sqlite_url) as database:
        await family_in(database)
    mail = tmp_path / "mail.eml"
    mail.write_bytes(content)
    settings = {"DATABASE_URL": sqlite_url}
    said = ("notify", "--client", "K-1", "--category", "payments", str(mail))
    left = await commands.run(*said, settings=settings)
    assert left.code == 1
    assert told in left.err
    waiting = await commands.run("outbox", "list", "--waiting", settings=settings)
    assert "queued" not in waiting.out
