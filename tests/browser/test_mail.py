"""The Mail view: a new user sees within seconds what the switch does, with a keyboard and on a phone too."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.sharing import Basis
from bot.playground.playground import Playground, playing
from bot.playground.practice import Practice, PracticeBook
from bot.playground.practice.made_up import Seen, related
from bot.playground.practice.stories.agreements import everything
from tests.browser.at_page import choose, command
from tests.browser.axe import violations
from tests.browser.conftest import AT_THE_PAGE, PATIENCE_MS, PHONE, WIDE
from tests.office import PATIENT

pytestmark = AT_THE_PAGE

WIDTHS = pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])


@pytest.fixture
def practice() -> Practice:
    book = PracticeBook()
    book.client("Mía", "López", date(1992, 5, 1), own_id="K-1")
    book.client("Rosa", "López", date(1960, 2, 3), own_id="K-2")
    shared = Seen(sharing=everything(Basis.CLIENT_AGREED_IN_WRITING))
    book.link("K-1", "K-2", related(Word.MOTHER), seen=shared)
    book.contact(
        "K-1",
        PersonDetails(first_name="Teresa", last_name="Ruiz", email="teresa@example.com"),
        related(Kinship.FRIEND),
    )
    return book.closed()


@pytest_asyncio.fixture(loop_scope="session")
async def playground(tmp_path: Path, practice: Practice) -> AsyncIterator[Playground]:
    async with playing(tmp_path, practice=practice) as running:
        running.slack.timing = PATIENT
        yield running


async def at_mail(browser: Browser, playground: Playground, *, phone: bool = False) -> Page:
    context = await browser.new_context(
        viewport=PHONE if phone else WIDE, locale="en-US", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{playground.slack.page_url}#/as/U0ANA/in/mail")
    await expect(page.get_by_role("heading", name="No e-mail has been sent yet")).to_be_visible()
    return page


async def send(page: Page, client: str, kind: str) -> None:
    await choose(page.get_by_role("combobox", name="To"), client)
    await page.get_by_role("radio", name=kind).check()
    await page.get_by_role("button", name="Send").click()


def mailboxes(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Mailboxes").get_by_role("button")


@WIDTHS
async def test_what_the_switch_does(browser: Browser, playground: Playground, *, phone: bool) -> None:
    page = await at_mail(browser, playground, phone=phone)
    found = await violations(page)

    await send(page, "Mía", "Reminder")
    said = page.get_by_role("form", name="Send an e-mail").get_by_role("status")
    await expect(said).to_contain_text("2 e-mails go out, each alone.")
    await expect(said).to_contain_text("Teresa Ruiz does not get it. No e-mails are shared with them.")
    await expect(mailboxes(page)).to_have_count(2)
    found += await violations(page)

    # As Rosa, who gets the copy.
    await mailboxes(page).filter(has_text="Rosa").click()
    mailbox = page.get_by_role("region", name="Mailbox")
    await expect(mailbox).to_contain_text("Rosa López <")
    frame = mailbox.frame_locator("iframe")
    await expect(frame.get_by_text("For Rosa López: this is a copy")).to_be_visible()
    await mailbox.get_by_role("button", name="Plain text").click()
    await expect(mailbox.get_by_text("For Rosa López: this is a copy")).to_be_visible()
    found += await violations(page)

    # And stops it, as any mail program offers.
    await mailbox.get_by_role("button", name="Stop these e-mails").click()
    await expect(mailbox.get_by_role("status")).to_contain_text("gets copies of e-mails for Mía any more.")
    found += await violations(page)
    if phone:
        await page.get_by_role("button", name="All mailboxes").click()
    await expect(mailboxes(page).filter(has_text="Rosa").locator(".unread")).to_have_count(0)

    assert not found, "\n".join(found)


async def test_new_mail_is_marked_wherever_one_is(browser: Browser, playground: Playground) -> None:
    page = await at_mail(browser, playground)
    await send(page, "Mía", "Receipt")
    await expect(mailboxes(page)).to_have_count(2)

    await page.get_by_role("link", name="front-desk").click()
    link = page.get_by_role("link", name="Mail")
    await expect(link).to_contain_text("2")
    await link.click()
    await mailboxes(page).first.focus()
    await page.keyboard.press("Enter")
    await expect(link).to_contain_text("1")


async def test_sharing_is_switched_on_by_hand_and_off_from_the_other_side(
    browser: Browser, playground: Playground
) -> None:
    page = await at_mail(browser, playground)
    top = page.get_by_role("dialog").last
    await page.get_by_role("link", name="front-desk").click()

    # Teresa gets Mía's e-mails from now on.
    await command(page, "/family show K-1")
    await top.get_by_role("button", name="More").nth(1).click()
    await page.get_by_role("menuitem", name="Share e-mails").click()
    await top.get_by_role("radio", name="Yes, every notification e-mail").first.check()
    await choose(top.get_by_role("combobox", name="Who agreed"), "The client agreed, in w")
    await top.get_by_role("button", name="Save").click()
    await expect(top).to_contain_text("Teresa Ruiz also gets every notification e-mail")
    await page.keyboard.press("Escape")

    await page.get_by_role("link", name="Mail").click()
    await send(page, "Mía", "Reminder")
    await expect(mailboxes(page)).to_have_count(3)

    # Rosa is unlinked from her own account.
    await page.get_by_role("link", name="front-desk").click()
    await command(page, "/family unlink K-2")
    await top.get_by_role("button", name="Unlink").click()
    await expect(top).to_contain_text("was unlinked, from both accounts")
    await page.keyboard.press("Escape")

    await page.get_by_role("link", name="Mail").click()
    await send(page, "Mía", "Reminder")
    said = page.get_by_role("form", name="Send an e-mail").get_by_role("status")
    await expect(said).not_to_contain_text("Rosa")
    await expect(said).to_contain_text("2 e-mails go out")
    await expect(mailboxes(page).filter(has_text="Rosa")).to_contain_text("1")
