"""The main stories with marked people, who are seen in modals, Home, DM, mail, database and nowhere else."""

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path

import aiohttp
import aiosmtplib
import pytest
from sqlalchemy import make_url

from bot.domain.sharing import Category
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice import GUEST, OFFICER, OWNER, VIEWER
from bot.services.api_tokens import NewToken
from tests.api.practice_with_token import token_for
from tests.app.door import open_door
from tests.came_out import MARKS, leaks, marks_in, shown_marks
from tests.cli.commands import KINWARD, Commands
from tests.logged import log
from tests.mail_server import MailServer, mail_server
from tests.office import FRONT, Office, Transport, open_office
from tests.person import Desk
from tests.processes import Nursery
from tests.smtp.post_office import SENDER, mail_to

__all__ = ["log"]

WAYS: tuple[tuple[str, Transport], ...] = (("sqlite", "socket"), ("postgresql", "http"))
"""The database and the way in know nothing of each other: each is met, and not every pair."""

CLIENT = "Qyxander Zwobodnik"
OTHER = "Ixtapalu Vjorndal"
CONTACT = "Pzelmira Kwibusch"
MARKED_FILE = (
    "own_id,first_name,last_name,birth_date,email,phones\n"
    "MRK-7731,Qyxander,Zwobodnik,1903-02-17,qyx.marked@example.com,(212) 555-0187\n"
)


@pytest.fixture(params=WAYS, ids="-".join)
def way(request: pytest.FixtureRequest) -> tuple[str, Transport]:
    chosen: tuple[str, Transport] = request.param
    return chosen


@pytest.fixture
async def token(database_url: str) -> NewToken:
    return await token_for(database_url)


@pytest.fixture
async def mails() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def office(
    database_url: str, way: tuple[str, Transport], token: NewToken, mails: MailServer
) -> AsyncIterator[Office]:
    # Made before the bot runs, which so takes notices in over HTTP.
    assert token.token.uses == 0
    settings = {
        "SMTP_URL": mails.url,
        "MAIL_FROM": "office@practice.example",
        "KINWARD_SMTP_LISTEN": "127.0.0.1:0",
        "KINWARD_PUBLIC_URL": "https://kinward.example",
    }
    async with open_office(database_url, transport=way[1], more=settings) as opened:
        yield opened


@pytest.fixture
async def commands(nursery: Nursery) -> AsyncIterator[Commands]:
    commands = Commands(nursery)
    yield commands
    await commands.end()


async def enter(ana: Desk) -> None:
    """Enter a client with everything that can be told of one."""
    await ana.command("/family client new", channel=FRONT)
    await ana.fill("First name", "Qyxander")
    await ana.fill("Last name", "Zwobodnik")
    await ana.fill("Your practice's id", "MRK-7731")
    await ana.fill("Birth date", "1903-02-17")
    await ana.fill("E-mail", "qyx.marked@example.com")
    await ana.fill("Phones", "212 555 0187")
    await ana.submit()


async def tell_the_stories(office: Office, mails: MailServer) -> list[str]:
    """Enter, link, add, give roles, share, send, stop, remove, undo, sum up, look back, find nobody.

    Returns:
        What mail programs and web browsers outside were answered.
    """
    ana = office.ana
    await enter(ana)
    await ana.sees(f"{CLIENT} was added.")
    await ana.close()
    await ana.command("/family link MRK-7731", channel=FRONT)
    await ana.choose("Who is it?", "A new client")
    await ana.fill("First name", "Ixtapalu")
    await ana.fill("Last name", "Vjorndal")
    await ana.choose(f"The new client is the … of {CLIENT}", "Other, in your own words")
    await ana.fill(f"In your own words: {OTHER} is the … of {CLIENT}", "grand-quodlibet")
    await ana.fill(f"In your own words: {CLIENT} is the … of {OTHER}", "other grand-quodlibet")
    await ana.submit()
    await ana.sees(f"{OTHER} is now linked")
    await ana.click("Add a contact")
    await ana.fill("First name", "Pzelmira")
    await ana.fill("Last name", "Kwibusch")
    await ana.fill("E-mail", "pzelmira@example.org")
    await ana.tick("Emergency contact")
    await ana.submit()
    # A field that is missing is told with the name of whom it is about.
    await ana.sees("An emergency contact needs a phone number.")
    await ana.fill("Phones", "212 555 0193")
    await ana.submit()
    await ana.sees(f"{CONTACT} was added as a contact.")
    await share_with_the_contact(ana)
    came_back = [*await hand_in(office), *await stop(office, mails)]
    await remove_the_contact(ana)
    await ana.close_all()
    await look_around(ana)
    return came_back


async def share_with_the_contact(ana: Desk) -> None:
    """Give roles and share."""
    await ana.menu(CONTACT, "Roles")
    await ana.tick("Legal guardian")
    await ana.fill("Legal guardian: document or file number", "Order QX-99182")
    await ana.submit()
    await ana.sees(f"The roles of {CONTACT} were saved.")
    await ana.menu(CONTACT, "Share e-mails")
    await ana.choose(f"{CONTACT} also gets the e-mails sent to {CLIENT}", "Yes, every notification e-mail")
    await ana.choose(f"Who agreed that {CONTACT} gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees(f"E-mail sharing with {CONTACT} was saved.")


async def hand_in(office: Office) -> list[str]:
    """Hand mail in over SMTP, one that is copied and some that are refused; return the answers."""
    services = office.services
    await services.mail_rules.add(office.actor, sender="", subject="*Qyxander*", category=Category.PAYMENTS)
    assert office.bot.mail is not None
    answers = []
    good = mail_to("qyx.marked@example.com", subject=f"Receipt of {CLIENT}", text=CLIENT, own_id="MRK-7731")
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=office.bot.mail.port, start_tls=False) as client:
        for message, recipients in (
            (good.as_bytes(), ["qyx.marked@example.com"]),
            (b"Subject: Qyxander\r\nContent-Type: Zwobodnik\xff;;\r\n\r\n", ["qyx.marked@example.com"]),
            (good.as_bytes(), ["Zwobodnik@@nowhere", "pzelmira@example.org" * 20]),
        ):
            try:
                answers.append(str(await client.sendmail(SENDER, recipients, message)))
            except aiosmtplib.SMTPException as refused:
                answers.append(_said_by_the_server(refused))
        lines = (b"VRFY qyx.marked@example.com", b"EXPN Zwobodnik")
        answers += [str(await client.execute_command(line)) for line in lines]
    return answers


def _said_by_the_server(refused: aiosmtplib.SMTPException) -> str:
    """Return what the server answered; the client's own exceptions know whom they were about."""
    if isinstance(refused, aiosmtplib.SMTPRecipientsRefused):
        return " ".join(each.message for each in refused.recipients)
    return str(refused)


async def stop(office: Office, mails: MailServer) -> list[str]:
    """Open the link of the copy that was sent, and stop; return everything that came back."""
    async with asyncio.timeout(20):
        while "pzelmira@example.org" not in mails.recipients:
            await mails.arrived.acquire()
    (copy,) = [each for each in mails.received if each.recipients == ("pzelmira@example.org",)]
    link = copy.message["List-Unsubscribe"]
    path = "/stop/" + link.partition("/stop/")[2].partition(">")[0]
    assert office.bot.api is not None
    came = [str(copy.sender), link]
    async with aiohttp.ClientSession() as session:
        for method, asked in (("GET", path), ("POST", path), ("GET", path), ("GET", f"/stop/{CLIENT}")):
            async with session.request(method, f"{office.bot.api.root}{asked}") as answer:
                came.append(f"{answer.status} {dict(answer.headers)} {await answer.text()}")
    assert [each[:3] for each in came[2:]] == ["200", "200", "200", "404"]
    return came


async def remove_the_contact(ana: Desk) -> None:
    """Remove with a reason, undo that, remove again, and look back."""
    for is_meant in (False, True):
        await ana.menu(CONTACT, "Remove Contact")
        await ana.fill("Reason", "moved to Zzyzx")
        await ana.submit()
        await ana.sees(f"{CONTACT} was removed.")
        if not is_meant:
            (undo,) = [each for each in ana.modal.buttons if each.startswith("Undo until")]
            await ana.click(undo)
            await ana.sees(f"{CONTACT} is a contact again.")
    await ana.click("History")
    await ana.sees("moved to Zzyzx")


async def look_around(ana: Desk) -> None:
    """Sum up, find in every way, mistype, and open Home."""
    await ana.command("/family summary MRK-7731", channel=FRONT)
    await ana.sees("The summary is in your direct messages with Kinward.")
    await ana.click_message("Open the card")
    await ana.sees("Edit client")
    await ana.close()
    for typed, seen in ((CLIENT, "Edit client"), ("Qyxandre Zwobodnig", "Whose family and contacts")):
        await ana.command(f"/family show {typed}", channel=FRONT)
        await ana.sees(seen)
        await ana.close()
    await ana.command("/family Qyxander", channel=FRONT)
    await ana.sees("Who do you mean? Found: 1")
    await ana.close()
    await ana.command("/family lnk Qyxander", channel=FRONT)
    await ana.sees("We do not know that word. Did you mean /family link?")
    await ana.command("/family", channel=FRONT)
    await ana.sees("Whose family and contacts")
    await ana.search("Client", "Qyx")
    await ana.close_all()
    await ana.open_home()


async def refused(office: Office) -> None:
    """Have those who may not try the same, with a client's name in what they type."""
    for person, roles in (
        (OWNER, StaffRole.ADMIN),
        (OFFICER, StaffRole.PRIVACY_OFFICER),
        (VIEWER, StaffRole.VIEWER),
    ):
        holder = Holder(kind=HolderKind.PERSON, id=person.id)
        await office.services.settings.give_roles(office.actor, holder, frozenset({roles}))
    guest, viewer, priya = office.desk(GUEST), office.desk(VIEWER), office.desk(OFFICER)
    await guest.command(f"/family show {CLIENT}", channel="C0GENERAL")
    await guest.open_home()
    await viewer.command(f"/family link {CLIENT}", channel=FRONT)
    await viewer.sees("Your role does not allow this.")
    await priya.command("/family trail", channel=FRONT)
    await priya.sees(CLIENT)


async def problems(office: Office, token: NewToken) -> list[str]:
    """Send requests with marked mistakes, and return all that came back for them."""
    assert office.bot.api is not None
    good = {"client": "MRK-7731", "category": "appointments", "subject": CLIENT, "text": CLIENT}
    bad: list[dict[str, object]] = [
        {"client": CLIENT},
        {"category": CLIENT},
        {"send_at": CLIENT},
        {"subject": CLIENT * 400},
        {CLIENT: CLIENT},
        {"attachments": [{"filename": CLIENT, "content_type": CLIENT, "content": CLIENT}]},
    ]
    came = []
    bearer = {"Authorization": f"Bearer {token.text.shown}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, path: str, body: bytes = b"", **headers: str) -> int:
            url = f"{office.bot.api.root}{path}"  # type: ignore[union-attr]  # it listens
            given = {**bearer, **headers}
            async with session.request(method, url, data=BytesIO(body), headers=given) as answer:
                came.append(f"{path} {answer.status} {dict(answer.headers)} {await answer.text()}")
                return answer.status

        send = "/v1/notifications"
        assert await ask("POST", send, json.dumps(good).encode()) == 202
        came.clear()
        for each in bad:
            assert await ask("POST", send, json.dumps({**good, **each}).encode()) >= 400
        assert await ask("POST", send, json.dumps(good).encode()[:-9]) >= 400
        assert await ask("POST", send, b"{}", Authorization=f"Bearer {CLIENT}") == 401
    # The path is what was asked for and no answer.
    return [each.partition(" ")[2] for each in came]


async def test_nothing_of_a_client_comes_out_sideways(
    office: Office,
    token: NewToken,
    mails: MailServer,
    log: io.StringIO,
    capfd: pytest.CaptureFixture[str],
) -> None:
    came_back = await tell_the_stories(office, mails)
    await refused(office)
    came_back += await problems(office, token)
    await office.services.audit.drain()

    assert shown_marks(office.slack) >= set(MARKS) - {"qyx.marked@example.com", "Order QX-99182"}
    assert leaks(office.slack) == {}
    assert [each for each in came_back if marks_in(each)] == []
    assert "interaction.refused" in log.getvalue()
    printed = capfd.readouterr()
    assert marks_in(log.getvalue() + printed.out + printed.err) == set()
    assert not [each for each in office.ana.notifications() if marks_in(each)]


async def test_no_error_report_names_anybody(
    sqlite_url: str, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_door(sqlite_url) as door:
        ana = door.ana
        door.directory.fail(RuntimeError(CLIENT))
        await ana.command(f"/family show {CLIENT}", channel=FRONT)
        await ana.sees("Something went wrong on our side.")
        # The database refuses, and its error tells the statement with all that was typed.
        with sqlite3.connect(str(make_url(sqlite_url).database)) as database:
            database.execute("ALTER TABLE client_phones RENAME TO moved_away")
        await enter(ana)
        assert ana.modal.fields["First name"] == "Qyxander"
        assert leaks(door.slack) == {}

    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {line["error"] for line in told if line["level"] == "error"} >= {"builtins.RuntimeError"}
    assert len([line for line in told if line["level"] == "error"]) == 2
    printed = capfd.readouterr()
    assert marks_in(log.getvalue() + printed.out + printed.err) == set()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="it is Linux that lists processes there")
async def test_no_list_of_processes_names_anybody(
    commands: Commands, tmp_path: Path, sqlite_url: str
) -> None:
    settings = {"DATABASE_URL": sqlite_url, "XDG_DATA_HOME": str(tmp_path)}
    # The second waits for its first line before it opens the database.
    told = {
        ("clients", "import", "-"): MARKED_FILE,
        ("blocks", "add", "-", "-", "--class", "safety"): f"{CLIENT}\npzelmira@example.org\n",
    }
    started = [
        await commands.start(
            *arguments,
            "--workspace",
            "T0KINWARD",
            settings=settings,
            program=KINWARD,
            stdin=asyncio.subprocess.PIPE,
        )
        for arguments in told
    ]
    for process, text in zip(started, told.values(), strict=True):
        assert process.stdin is not None
        process.stdin.write(text.encode())
        await process.stdin.drain()
        listed = "".join(everything_listed(process.pid))
        assert "T0KINWARD" in listed
        process.stdin.close()
        out, err = await process.communicate()
        assert process.returncode == 0, err
        assert marks_in(listed + out.decode() + err.decode()) == set()
    with sqlite3.connect(str(make_url(sqlite_url).database)) as database:
        assert database.execute("SELECT first_name FROM clients").fetchall() == [("Qyxander",)]
        assert database.execute("SELECT address FROM must_not_receive").fetchall() == [
            ("pzelmira@example.org",)
        ]


def everything_listed(pid: int) -> Iterator[str]:
    """Yield what the machine lists of a process and of its children: arguments and environment."""
    own = Path(f"/proc/{pid}")
    for name in ("cmdline", "environ", "comm"):
        yield (own / name).read_bytes().decode(errors="replace")
    for child in (own / "task" / str(pid) / "children").read_text().split():
        yield from everything_listed(int(child))
