"""The playground's mail: what is sent arrives, each alone, and is kept between two starts."""

from datetime import date
from pathlib import Path

import aiohttp
import pytest

from bot.domain.kinship import Word
from bot.domain.sharing import Basis
from bot.playground.playground import Playground, playing
from bot.playground.practice import ANA, Practice, PracticeBook
from bot.playground.practice.made_up import Seen, related
from bot.playground.practice.stories.agreements import everything
from bot.playground.slack.wire import Json
from tests.screen import Screen


@pytest.fixture
def practice() -> Practice:
    book = PracticeBook()
    book.client("Dana", "Kowalski", date(1986, 2, 11), own_id="K-1")
    book.client("Robert", "Kowalski", date(1984, 8, 23), own_id="K-2")
    book.client("Nobody", "Else", date(1984, 8, 23), own_id="K-3")
    book.link(
        "K-1",
        "K-2",
        related(Word.HUSBAND, Word.WIFE),
        seen=Seen(sharing=everything(Basis.CLIENT_AGREED_IN_WRITING)),
    )
    return book.closed()


class AtPage:
    """The calls of the page."""

    def __init__(self, playground: Playground, session: aiohttp.ClientSession) -> None:
        self._playground = playground
        self._session = session

    async def get(self, path: str, **query: str) -> Json:
        async with self._session.get(f"{self._playground.slack.page_url}ui/{path}", params=query) as response:
            answer: Json = await response.json()
            return answer

    async def post(self, path: str, **asked: str) -> Json:
        async with self._session.post(f"{self._playground.slack.page_url}ui/{path}", json=asked) as response:
            answer: Json = await response.json()
            return answer

    async def send(self, text: str, kind: str) -> Json:
        found = await self.get("mail/clients", text=text)
        return await self.post("mail/send", client=found["options"][0]["value"], kind=kind)

    async def arrived(self, count: int) -> None:
        await self._playground.slack.until(lambda: len(self._playground.mailboxes.letters) >= count)


async def test_a_reminder_reaches_who_is_to_get_it_each_alone(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        page = AtPage(playground, session)
        assert (await page.get("workspace"))["offers"] == ["mail"]
        assert (await page.get("mail"))["mailboxes"] == []

        told = await page.send("K-1", "appointments")
        assert [(each["name"], each["receives"]) for each in told["people"]] == [
            ("Dana Kowalski", True),
            ("Robert Kowalski", True),
        ]
        await page.arrived(2)

        boxes = {box["names"][0]: box for box in (await page.get("mail"))["mailboxes"]}
        assert set(boxes) == {"Dana Kowalski", "Robert Kowalski"}
        for name, box in boxes.items():
            (letter,) = box["letters"]
            assert box["unread"] == 1
            assert letter["to"] == f"{name} <{box['inbox']}>"
            assert letter["cc"] == ""
            assert "reminder of your appointment" in letter["text"]
            assert letter["attachments"] == ["appointment.ics"]

        told = await page.send("K-1", "account")
        assert [each["receives"] for each in told["people"]] == [True, False]
        assert "never copied" in told["people"][1]["why"]


@pytest.mark.parametrize("public_url", [None, "https://kinward.example"])
async def test_a_recipient_stops_the_copies_and_staff_are_told(
    tmp_path: Path, practice: Practice, monkeypatch: pytest.MonkeyPatch, public_url: str | None
) -> None:
    if public_url is not None:
        monkeypatch.setenv("KINWARD_PUBLIC_URL", public_url)
        monkeypatch.setenv("KINWARD_API_PORT", "0")
    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        page = AtPage(playground, session)
        await page.send("K-1", "appointments")
        await page.arrived(2)
        letters = {each.name: each for each in playground.mailboxes.letters}
        way = "mailto:" if public_url is None else f"{public_url}/stop/"
        assert letters["Robert Kowalski"].stops_with.startswith(f"<{way}")
        own = await page.post("mail/stop", letter=letters["Dana Kowalski"].id)
        assert own["message"] == "This e-mail does not say how to stop it."

        stopped = await page.post("mail/stop", letter=letters["Robert Kowalski"].id)
        inbox = letters["Robert Kowalski"].inbox
        said = f"Nobody at {inbox} gets copies of e-mails for Dana any more. Staff are told."
        assert stopped["said"] == f"Stopped. {said}"
        told = await page.send("K-1", "appointments")
        assert [each["receives"] for each in told["people"]] == [True, False]
        ana = Screen(playground.slack, ANA.id)
        await playground.slack.until(
            lambda: any("Robert Kowalski stopped the copies" in each for each in ana.dms())
        )


async def test_mail_is_kept_until_a_fresh_start(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        page = AtPage(playground, session)
        await page.send("K-3", "superbills")
        await page.arrived(1)
        (box,) = (await page.get("mail"))["mailboxes"]
        await page.post("mail/read", inbox=box["inbox"].upper())

    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        (box,) = (await AtPage(playground, session).get("mail"))["mailboxes"]
        assert box["names"] == ["Nobody Else"]
        assert box["unread"] == 0
        assert box["letters"][0]["attachments"] == ["superbill.txt"]

    async with playing(tmp_path, practice=practice, fresh=True) as playground:
        assert playground.mailboxes.letters == ()


async def test_html_runs_nothing_and_loads_nothing(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        page = AtPage(playground, session)
        await page.send("K-3", "payments")
        await page.arrived(1)
        url = f"{playground.slack.page_url}ui/mail/html"
        async with session.get(url, params={"id": playground.mailboxes.letters[0].id}) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "sandbox allow-same-origin" in policy
            assert "allow-scripts" not in policy
            assert "Elm Street Family Practice" in await response.text()
        async with session.get(url, params={"id": "L99"}) as response:
            assert response.status == 404


async def test_what_cannot_be_sent_is_said(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as playground, aiohttp.ClientSession() as session:
        page = AtPage(playground, session)
        assert (await page.post("mail/send", client="nobody", kind="payments"))[
            "message"
        ] == "Choose a client."
        refused = await page.post("mail/send", client="nobody", kind="telegrams")
        assert refused["message"] == "Choose which e-mail is to be sent."
