"""A recipient stops the copies: a page that asks first, and the one click of a mail program (RFC 8058)."""

from storage.database import Database
from tests.api.practice_with_token import PracticeWithToken


async def stop_path(caller: PracticeWithToken, name: str) -> str:
    sent = await caller.send()
    database: Database = caller.office.bot.database
    async with database.writing(caller.office.actor.workspace_id) as unit:
        (token,) = [
            mail.stop_token for mail in await unit.copies.of_notice(sent.json["id"]) if mail.name == name
        ]
    return f"/stop/{token}"


async def test_looking_at_the_link_stops_nothing_and_pressing_does(caller: PracticeWithToken) -> None:
    path = await stop_path(caller, "Linh Tran")
    for _ in range(2):
        page = await caller.ask("GET", path, shown="")
        assert page.status == 200
        assert "Stop these e-mails?" in page.json
        assert "Linh" not in page.json
        assert "Minh" not in page.json
        assert page.headers["Cache-Control"] == "no-store"
    assert (await caller.send()).json["mails"][1]["reason"] == "shared"

    pressed = await caller.ask("POST", path, shown="", data={"List-Unsubscribe": "One-Click"})
    assert pressed.status == 200
    assert (await caller.send()).json["mails"][1]["reason"] == "sharing_off"
    again = await caller.ask("GET", path, shown="")
    assert "There is nothing left to do" in again.json


async def test_another_link_says_that_it_does_not_work(caller: PracticeWithToken) -> None:
    own = await stop_path(caller, "Minh Tran")
    for path in ("/stop/nobody", own, "/stop/" + "x" * 5000):
        for method in ("GET", "POST"):
            assert (await caller.ask(method, path, shown="")).status == 404
