"""Undo in the browser: one person unlinks, the other puts it back from their own client's history."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.domain.relationship_choice import RelationshipChoice
from tests.browser.at_page import command
from tests.browser.conftest import AT_THE_PAGE, PAGE
from tests.browser.test_the_bot import button, menu, sit_down, top
from tests.databases import copied_sqlite_url
from tests.office import Office, open_office

pytestmark = AT_THE_PAGE


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(copied_sqlite_url(sqlite_template, tmp_path), page=PAGE) as opened:
        yield opened


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_a_wrong_unlink_is_undone_by_the_other_person(
    browser: Browser, office: Office, *, phone: bool
) -> None:
    rosa = await office.client("Rosa", "López", own_id="K-2", born=date(1980, 2, 3))
    luis = await office.client("Luis", "López", own_id="K-3", born=date(1978, 2, 3))
    await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    ana = await sit_down(browser, office, "U0ANA", phone=phone)
    await command(ana, "/family show K-2")
    await menu(ana, 0, "Remove Linked Client Account")
    await button(ana, "Unlink").click()
    await expect(top(ana)).to_contain_text("Luis López was unlinked, from both accounts.")
    undo = top(ana).get_by_role("button", name="Undo until")
    await expect(undo).to_be_visible()

    samir = await sit_down(browser, office, "U0SAMIR", phone=phone)
    await command(samir, "/family history K-3")
    await expect(top(samir)).to_contain_text("Rosa López (1980) was unlinked, from both accounts.")
    await top(samir).get_by_role("button", name="Undo until").click()
    await expect(top(samir)).to_contain_text("Rosa López is linked again, on both accounts.")
    await expect(top(samir)).to_contain_text("Undone by Samir Haddad")

    await undo.click()
    await expect(top(ana)).to_contain_text("This was already undone by Samir Haddad on")
    await expect(top(ana)).to_contain_text("Linked clients (1)")
    await button(ana, "History").click()
    await expect(top(ana)).to_contain_text("Undone: Luis López (1978) was unlinked, from both accounts.")
