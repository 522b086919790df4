"""Who one is and where: the switcher, the address, channels, two people in two windows, the drawer."""

from playwright.async_api import expect

from tests.browser.at_page import command, composer
from tests.browser.conftest import AT_THE_PAGE, OpenPage

pytestmark = AT_THE_PAGE


async def test_a_person_is_chosen_and_stands_in_the_address(open_page: OpenPage) -> None:
    page = await open_page("U0ANA")
    await page.get_by_role("button", name="Acting as Ana Ruiz").click()
    await page.get_by_role("menuitemradio", name="Tom Becker").click()
    await expect(page.get_by_role("button", name="Acting as Tom Becker")).to_be_visible()
    await expect(page).to_have_url(page.url.split("#", maxsplit=1)[0] + "#/as/U0TOM/in/C0FRONT")
    await expect(page.get_by_role("link", name="clinical")).to_be_visible()


async def test_a_guest_sees_only_the_channels_they_are_in(open_page: OpenPage) -> None:
    page = await open_page("U0GUS", "C0FRONT")
    await expect(page.get_by_role("heading", name="bookkeeping").first).to_be_visible()
    await expect(page.get_by_role("link", name="front-desk")).to_have_count(0)
    await expect(page.get_by_role("button", name="Acting as Gus Ode")).to_contain_text("Guest")


async def test_two_windows_are_two_people_who_read_each_other(open_page: OpenPage) -> None:
    ana = await open_page("U0ANA")
    noa = await open_page("U0NOA")
    await command(ana, "Is <b>Maria</b> *here*?")
    heard = noa.get_by_role("log").get_by_role("article", name="Ana Ruiz")
    await expect(heard).to_contain_text("Is <b>Maria</b> *here*?")
    await command(noa, "כן")
    await expect(ana.get_by_role("log")).to_contain_text("כן")


async def test_something_unread_is_marked_and_the_mark_goes_with_reading(open_page: OpenPage) -> None:
    ana = await open_page("U0ANA", "C0BOOKS")
    noa = await open_page("U0NOA", "C0FRONT")
    await command(noa, "Anybody there?")
    channel = ana.get_by_role("link", name="front-desk")
    await expect(channel).to_contain_text("1")
    await channel.click()
    await expect(ana.get_by_role("log")).to_contain_text("Anybody there?")
    await expect(channel).not_to_contain_text("1")


async def test_on_a_phone_the_sidebar_is_a_drawer(open_page: OpenPage) -> None:
    page = await open_page(phone=True)
    sidebar = page.get_by_role("navigation", name="Workspace")
    await expect(sidebar).to_be_hidden()
    await page.get_by_role("button", name="Open the sidebar").click()
    await expect(sidebar).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(sidebar).to_be_hidden()
    await expect(page.get_by_role("button", name="Open the sidebar")).to_be_focused()
    await page.get_by_role("button", name="Open the sidebar").click()
    await sidebar.get_by_role("link", name="bookkeeping").click()
    await expect(sidebar).to_be_hidden()
    await expect(page.get_by_role("heading", name="bookkeeping").first).to_be_visible()


async def test_nothing_is_wider_than_a_phone(open_page: OpenPage) -> None:
    page = await open_page(phone=True)
    await command(page, "/toy message")
    await expect(page.get_by_text("In a message")).to_be_visible()
    await command(page, "Wolfeschlegelsteinhausenbergerdorff" * 4)
    await expect(page.get_by_role("log")).to_contain_text("Wolfeschlegelsteinhausenbergerdorff")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await page.get_by_role("log").evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_the_composer_is_one_line_high_on_a_phone_too(open_page: OpenPage) -> None:
    page = await open_page("U0ANA", "app", phone=True)
    field = composer(page)
    assert await field.evaluate("node => node.clientHeight >= 30 && node.scrollHeight <= node.clientHeight")
    await field.fill("one\ntwo\nthree")
    assert await field.evaluate("node => node.clientHeight >= 70")


async def test_the_welcome_fills_the_composer_and_can_be_sent_away(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_role("button", name="/family link").click()
    await expect(composer(page)).to_have_value("/family link")
    await expect(composer(page)).to_be_focused()
    await page.get_by_role("button", name="Hide this hint").click()
    await page.reload()
    await expect(composer(page)).to_be_visible()
    await expect(page.get_by_role("complementary", name="How to begin")).to_have_count(0)
