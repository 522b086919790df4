"""The bot itself behind the page: what a new user does first, from the command to the database and back."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.at_page import choose, command
from tests.browser.conftest import AT_THE_PAGE, PAGE, PATIENCE_MS, PHONE, WIDE
from tests.databases import copied_sqlite_url
from tests.office import Office, open_office

pytestmark = AT_THE_PAGE


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(copied_sqlite_url(sqlite_template, tmp_path), page=PAGE) as opened:
        yield opened


async def sit_down(browser: Browser, office: Office, person: str, *, phone: bool = False) -> Page:
    context = await browser.new_context(
        viewport=PHONE if phone else WIDE, locale="en-US", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{office.slack.page_url}#/as/{person}/in/C0FRONT")
    await page.get_by_text("Kinward is connected").wait_for(state="attached")
    return page


def top(page: Page) -> Locator:
    return page.get_by_role("dialog").last


def button(page: Page, name: str) -> Locator:
    return top(page).get_by_role("button", name=name, exact=True)


async def menu(page: Page, row: int, item: str) -> None:
    await top(page).get_by_role("button", name="More").nth(row).click()
    await page.get_by_role("menuitem", name=item).click()


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_what_a_new_user_does_first(browser: Browser, office: Office, *, phone: bool) -> None:
    await office.client("Rosa", "López", own_id="K-2", born=date(1980, 2, 3), email="rosa@example.com")
    ana = await sit_down(browser, office, "U0ANA", phone=phone)

    # A new client, with a mistake on the way.
    await command(ana, "/family client new")
    await top(ana).get_by_label("First name").fill("Mía")
    await top(ana).get_by_label("Last name").fill("López")
    await top(ana).get_by_label("Birth date").fill("31/31/2012")
    await top(ana).get_by_role("textbox", name="E-mail").fill("mia@example.com")
    await button(ana, "Save").click()
    await expect(top(ana).get_by_role("alert")).to_contain_text("We cannot read this date.")
    await top(ana).get_by_label("Birth date").fill("5/1/2012")
    await button(ana, "Save").click()
    await expect(top(ana)).to_contain_text("Mía López was added.")

    # Linked with an existing one, who also gets the e-mails.
    await button(ana, "Link a client").click()
    await choose(top(ana).get_by_role("combobox", name="Client", exact=True), "Rosa")
    question = top(ana).get_by_role("radiogroup", name="Rosa López also gets the e-mails sent to Mía López")
    await question.get_by_role("radio", name="Yes, every notification e-mail").check()
    await choose(top(ana).get_by_role("combobox", name="Who agreed that Rosa"), "Parent or guardian")
    await choose(top(ana).get_by_role("combobox", name="Rosa López is the"), "mother")
    await button(ana, "Link").click()
    await expect(top(ana)).to_contain_text("Rosa López is now linked.")
    await expect(top(ana)).to_contain_text(
        "Rosa López also gets every notification e-mail sent to Mía López."
    )

    # An emergency contact.
    await button(ana, "Add a contact").click()
    await top(ana).get_by_label("First name").fill("Teresa")
    await top(ana).get_by_label("Phones").fill("202 555 0142")
    await top(ana).get_by_role("checkbox", name="Emergency contact").check()
    await button(ana, "Add contact").click()
    await expect(top(ana)).to_contain_text("Teresa was added as a contact.")
    await expect(top(ana).get_by_role("listitem").first).to_contain_text("Teresa")

    # The summary.
    await button(ana, "Summary").click()
    await expect(top(ana)).to_contain_text("The summary is in your direct messages")

    # Somebody else unlinks from the other side.
    samir = await sit_down(browser, office, "U0SAMIR", phone=phone)
    await command(samir, "/family show K-2")
    await expect(top(samir)).to_contain_text("Mía López · child")
    await menu(samir, 0, "Remove Linked Client Account")
    await expect(top(samir)).to_contain_text("Sharing: Rosa López also gets every notification e-mail")
    await button(samir, "Unlink").click()
    await expect(top(samir)).to_contain_text("Mía López was unlinked, from both accounts.")

    # What she still has before her is out of date, and says so.
    await menu(ana, 0, "Share e-mails")
    await expect(top(ana)).to_contain_text("Rosa López was already removed by Samir Haddad on")


async def test_a_guest_is_refused(browser: Browser, office: Office) -> None:
    page = await sit_down(browser, office, "U0TEMP")
    await page.goto(f"{office.slack.page_url}#/as/U0TEMP/in/C0GENERAL")
    await command(page, "/family show K-2")
    await expect(page.get_by_text("Kinward is for full members of this workspace.")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_new_client_is_linked_and_sharing_stopped_after_a_confirmation(
    browser: Browser, office: Office
) -> None:
    await office.client("Grace", "Parker", own_id="K-4", email="grace@example.com")
    ana = await sit_down(browser, office, "U0ANA")
    await command(ana, "/family link K-4")
    await top(ana).get_by_role("radio", name="A new client").check()
    await top(ana).get_by_label("First name").fill("Lily")
    await top(ana).get_by_role("textbox", name="E-mail").fill("lily@example.com")
    question = top(ana).get_by_role("radiogroup", name="Grace Parker also gets the e-mails sent to")
    await question.get_by_role("radio", name="Yes, every notification e-mail").check()
    await choose(top(ana).get_by_role("combobox", name="Who agreed that Grace"), "The client agreed, in w")
    await expect(top(ana).get_by_label("First name")).to_have_value("Lily")
    await button(ana, "Link").click()
    await expect(top(ana)).to_contain_text("Lily is now linked.")

    await menu(ana, 0, "Share e-mails")
    await button(ana, "Stop all sharing").click()
    await ana.get_by_role("button", name="Stop sharing", exact=True).click()
    await expect(top(ana)).to_contain_text("Nothing is shared with Lily any more.")
