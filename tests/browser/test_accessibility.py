"""axe over each scene of the bot in the page, wide and on a phone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.playground.playground import Playground, playing
from bot.playground.practice import OUTSIDER, PEOPLE, Practice, PracticeBook
from bot.playground.practice.made_up import Seen, related
from tests.browser.at_page import command, composer, open_toy
from tests.browser.axe import violations
from tests.browser.conftest import AT_THE_PAGE, PATIENCE_MS, PHONE, WIDE, OpenPage
from tests.office import PATIENT

pytestmark = AT_THE_PAGE

WIDTHS = pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])


@pytest.fixture
def practice() -> Practice:
    book = PracticeBook()
    book.client("Rosa", "López", date(1980, 2, 3), own_id="K-1")
    book.client("Mía", "López", date(2012, 5, 1), own_id="K-2")
    book.link("K-2", "K-1", related(Word.MOTHER))
    book.contact(
        "K-2",
        PersonDetails(first_name="Teresa", last_name="Ruiz", phones=(book.phone(),)),
        related(Kinship.SIBLING),
        seen=Seen(emergency=True),
    )
    return book.closed()


@pytest_asyncio.fixture(loop_scope="session")
async def playground(tmp_path: Path, practice: Practice) -> AsyncIterator[Playground]:
    async with playing(tmp_path, practice=practice) as running:
        running.slack.timing = PATIENT
        yield running


class Viewing:
    """A page that axe looks at again and again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []
        self.scenes = 0

    async def look(self, scene: str) -> None:
        """Run axe on the page as it is now."""
        self.scenes += 1
        self.found += [f"{scene}: {violation}" for violation in await violations(self.page)]

    def modal(self) -> Locator:
        return self.page.get_by_role("dialog").last

    async def opened(self, text: str) -> Locator:
        """Type a command that opens a modal, and wait until what it shows has come."""
        await command(self.page, text)
        await expect(self.modal()).to_be_visible()
        await expect(self.page.get_by_text("One moment")).to_have_count(0)
        return self.modal()

    async def close_all(self) -> None:
        # Asked in one go: a modal that is just closing may be gone at a second question.
        last = "all => all.at(-1)?.getAttribute('aria-labelledby') ?? null"
        while title := await self.page.get_by_role("dialog").evaluate_all(last):
            await self.page.keyboard.press("Escape")
            await expect(self.page.locator(f"#{title}")).to_have_count(0)

    def assert_clean(self) -> None:
        assert not self.found, "\n".join(self.found)


@pytest_asyncio.fixture(loop_scope="session")
async def view(browser: Browser, playground: Playground) -> Callable[..., Awaitable[Viewing]]:
    async def sit_down(person: str, place: str, *, phone: bool) -> Viewing:
        context = await browser.new_context(
            viewport=PHONE if phone else WIDE, has_touch=phone, locale="en-US", reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"{playground.slack.page_url}#/as/{person}/in/{place}")
        await page.get_by_text("Kinward is connected").wait_for(state="attached")
        return Viewing(page)

    return sit_down


View = Callable[..., Awaitable[Viewing]]


@WIDTHS
async def test_the_page_around_the_bot(view: View, *, phone: bool) -> None:
    viewing = await view("U0ANA", "C0FRONT", phone=phone)
    page = viewing.page
    await viewing.look("start")
    await composer(page).press_sequentially("/f")
    await expect(page.get_by_role("option")).to_have_count(1)
    await viewing.look("completion")
    await command(page, "/family help")
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await viewing.look("ephemeral reply")
    await command(page, "/nonsense")
    await expect(page.get_by_text("is not a valid command")).to_be_visible()
    await viewing.look("what Slack itself says")
    await command(page, "/family summary K-2")
    await expect(page.get_by_text("The summary is in your direct messages")).to_be_visible()
    await viewing.look("unread")
    if phone:
        await page.get_by_role("button", name="Open the sidebar").click()
        await viewing.look("sidebar on a phone")
    await page.get_by_role("button", name="Acting as").click()
    await expect(page.get_by_role("menuitemradio")).to_have_count(len(PEOPLE))
    await viewing.look("switcher")
    await page.keyboard.press("Escape")
    await page.goto(page.url.replace("C0FRONT", "app"))
    await expect(page.get_by_role("log")).to_contain_text("Mía López")
    await viewing.look("direct messages")
    await page.goto(page.url.replace("/app", "/home"))
    await expect(page.get_by_role("button", name="Find a client")).to_be_visible()
    await viewing.look("Home")
    viewing.assert_clean()
    assert viewing.scenes == (9 if phone else 8)


@WIDTHS
async def test_the_forms_of_the_bot(view: View, *, phone: bool) -> None:
    viewing = await view("U0ANA", "C0FRONT", phone=phone)
    page = viewing.page
    for scene, text in {
        "find": "/family",
        "link": "/family link K-2",
        "add": "/family add K-2",
        "share": "/family share K-2",
        "unlink": "/family unlink K-2",
        "new client": "/family client new",
    }.items():
        modal = await viewing.opened(text)
        await viewing.look(scene)
        if scene == "find":
            await modal.get_by_role("combobox").first.click()
            await page.keyboard.type("lop")
            await expect(page.get_by_role("option").first).to_be_visible()
            await viewing.look("find, with a list open")
            await page.keyboard.press("Escape")
        if scene == "new client":
            await modal.get_by_role("button", name="Save").click()
            await expect(modal.get_by_role("alert").first).to_be_visible()
            await viewing.look("errors")
        await viewing.close_all()
    viewing.assert_clean()


@WIDTHS
async def test_the_card_and_what_it_leads_to(view: View, *, phone: bool) -> None:
    viewing = await view("U0ANA", "C0FRONT", phone=phone)
    page = viewing.page
    card = await viewing.opened("/family show K-2")
    await viewing.look("card")
    more = card.get_by_role("button", name="More")
    await more.first.click()
    items = await page.get_by_role("menuitem").all_inner_texts()
    await viewing.look("menu of a row")
    await page.keyboard.press("Escape")
    title = await card.get_attribute("aria-labelledby")
    for item in items:
        await more.first.click()
        await page.get_by_role("menuitem", name=item).first.click()
        await expect(page.locator(f"dialog[aria-labelledby={title}]")).to_have_attribute("data-covered", "")
        await expect(page.get_by_text("One moment")).to_have_count(0)
        await viewing.look(item)
        await page.keyboard.press("Escape")
        await expect(page.locator(f"dialog[aria-labelledby={title}]")).not_to_have_attribute(
            "data-covered", ""
        )
    viewing.assert_clean()


@WIDTHS
async def test_the_traffic_and_its_faults(view: View, playground: Playground, *, phone: bool) -> None:
    viewing = await view("U0ANA", "C0FRONT", phone=phone)
    page = viewing.page
    playground.slack.fail_next("views.publish", "fatal_error", times=3)
    await viewing.opened("/family show K-2")
    await page.keyboard.press("F2")
    drawer = page.get_by_role("complementary", name="Traffic")
    await expect(drawer.locator("summary", has_text="views.open").first).to_be_visible()
    await viewing.look("traffic beside a modal")
    await page.keyboard.press("Escape")
    await viewing.close_all()
    await page.keyboard.press("F2")
    await drawer.locator("summary", has_text="views.open").first.click()
    await drawer.locator("summary", has_text="Faults").click()
    await expect(drawer.get_by_text("Next 3 views.publish is refused")).to_be_visible()
    await viewing.look("JSON and faults")
    viewing.assert_clean()


async def test_somebody_of_another_company(view: View) -> None:
    viewing = await view(OUTSIDER.id, "C0SCHOOL", phone=False)
    await command(viewing.page, "/family show K-2")
    await expect(viewing.page.get_by_text("/family is not a valid command.")).to_be_visible()
    await viewing.look("outsider")
    viewing.assert_clean()


@WIDTHS
@pytest.mark.parametrize("name", ["form", "buttons", "words", "stack"])
async def test_every_block_and_element(open_page: OpenPage, name: str, *, phone: bool) -> None:
    viewing = Viewing(await open_page(phone=phone))
    await open_toy(viewing.page, name)
    await viewing.look(name)
    viewing.assert_clean()


async def test_a_confirmation_a_calendar_and_a_message_with_a_menu(open_page: OpenPage) -> None:
    viewing = Viewing(await open_page())
    page = viewing.page
    modal = await open_toy(page, "buttons")
    await modal.get_by_role("button", name="Stop sharing").click()
    await viewing.look("confirmation")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    modal = await open_toy(page, "form")
    await modal.get_by_role("button", name="Open the calendar").click()
    await viewing.look("calendar")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await command(page, "/toy message")
    await page.get_by_role("log").get_by_role("button", name="More actions").first.click()
    await viewing.look("menu in a message")
    viewing.assert_clean()
