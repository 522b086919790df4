"""The main stories with marked people, who are seen in modals, Home, DM, mail, database and nowhere else."""

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import make_url

from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice import GUEST, OFFICER, OWNER, VIEWER
from bot.services.api_tokens import NewToken
from tests.api.practice_with_token import token_for
from tests.app.door import open_door
from tests.came_out import MARKS, leaks, marks_in, shown_marks
from tests.cli.commands import KINWARD, Commands
from tests.logged import log
from tests.office import FRONT, Office, open_office
from tests.person import Desk
from tests.processes import Nursery

__all__ = ["log"]

CLIENT = "Qyxander Zwobodnik"
OTHER = "Ixtapalu Vjorndal"
CONTACT = "Pzelmira Kwibusch"
MARKED_FILE = (
    "own_id,first_name,last_name,birth_date,email,phones\n"
    "MRK-7731,Qyxander,Zwobodnik,1903-02-17,qyx.marked@example.com,(212) 555-0187\n"
)


@pytest.fixture
async def token(sqlite_url: str) -> NewToken:
    return await token_for(sqlite_url)


@pytest.fixture
async def office(sqlite_url: str, token: NewToken) -> AsyncIterator[Office]:
    # Made before the bot runs, which so takes notices in over HTTP.
    assert token.token.uses == 0
    async with open_office(sqlite_url) as opened:
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


async def tell_the_stories(ana: Desk) -> None:
    """Enter, link, add, give roles, share, sum up, look back, undo, unlink, find nobody."""
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
    await change_the_contact(ana)
    await ana.close_all()
    await look_around(ana)


async def change_the_contact(ana: Desk) -> None:
    """Give roles, share, remove with a reason, and look back."""
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
    await ana.menu(CONTACT, "Remove Contact")
    await ana.fill("Reason", "moved to Zzyzx")
    await ana.submit()
    await ana.sees(f"{CONTACT} was removed.")
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
    await ana.sees("We do not know that word.")
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
    office: Office, token: NewToken, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    await tell_the_stories(office.ana)
    await refused(office)
    came_back = await problems(office, token)
    await office.services.audit.drain()

    assert shown_marks(office.slack) >= set(MARKS) - {"qyx.marked@example.com", "Order QX-99182"}
    assert leaks(office.slack) == {}
    assert {mark for each in came_back for mark in marks_in(each)} == set()
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
async def test_no_list_of_processes_names_anybody(commands: Commands, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/here.sqlite3", "XDG_DATA_HOME": str(tmp_path)}
    importing = ("clients", "import", "-", "--workspace", "T0KINWARD")
    process = await commands.start(
        *importing, settings=settings, program=KINWARD, stdin=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(MARKED_FILE.encode())
    await process.stdin.drain()
    listed = "".join(everything_listed(process.pid))
    assert "T0KINWARD" in listed
    process.stdin.close()
    out, err = await process.communicate()
    assert process.returncode == 0, err
    assert marks_in(listed + out.decode() + err.decode()) == set()
    with sqlite3.connect(tmp_path / "here.sqlite3") as database:
        assert database.execute("SELECT first_name FROM clients").fetchall() == [("Qyxander",)]


def everything_listed(pid: int) -> Iterator[str]:
    """Yield what the machine lists of a process and of its children: arguments and environment."""
    own = Path(f"/proc/{pid}")
    for name in ("cmdline", "environ", "comm"):
        yield (own / name).read_bytes().decode(errors="replace")
    for child in (own / "task" / str(pid) / "children").read_text().split():
        yield from everything_listed(int(child))
