"""The composer and what comes back: completion, ephemeral replies, what Slack says, the DM, the Home."""

from playwright.async_api import expect

from bot.playground.slack import LocalSlack
from tests.browser.at_page import command, composer
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp
from tests.impatience import impatient

pytestmark = AT_THE_PAGE


async def test_a_command_is_completed_with_the_keyboard(open_page: OpenPage) -> None:
    page = await open_page()
    field = composer(page)
    await field.press_sequentially("/t")
    commands = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(commands).to_have_count(2)
    await expect(commands.nth(0)).to_contain_text("Open one of the toys")
    await field.press("ArrowDown")
    await expect(commands.nth(1)).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(field).to_have_value("/toy-dm ")
    await expect(commands).to_have_count(0)
    await expect(page.get_by_text("[anything]")).to_be_visible()


async def test_tab_completes_and_escape_sends_the_list_away(open_page: OpenPage) -> None:
    page = await open_page()
    field = composer(page)
    await field.press_sequentially("/fa")
    await field.press("Tab")
    await expect(field).to_have_value("/family ")
    await field.fill("/")
    commands = page.get_by_role("listbox", name="Commands")
    await expect(commands).to_be_visible()
    await field.press("Escape")
    await expect(commands).to_be_hidden()
    await expect(field).to_have_value("/")


async def test_an_ephemeral_reply_is_marked_and_nobody_else_sees_it(open_page: OpenPage) -> None:
    ana, noa = await open_page("U0ANA"), await open_page("U0NOA")
    await command(ana, "/toy hello")
    reply = ana.get_by_role("article", name="Toybox").filter(has_text="You typed: hello")
    await expect(reply).to_contain_text("Only visible to you")
    await command(ana, "done")
    await expect(noa.get_by_role("log")).to_contain_text("done")
    await expect(noa.get_by_text("You typed: hello")).to_have_count(0)


async def test_what_is_no_command_is_said_and_stays_to_be_mended(open_page: OpenPage) -> None:
    page = await open_page()
    await command(page, "/famly link")
    await expect(page.get_by_role("log")).to_contain_text("/famly is not a valid command")
    await expect(composer(page)).to_have_value("/famly link")


async def test_a_command_nobody_answers_ends_with_slacks_sentence(
    open_page: OpenPage, slack: LocalSlack
) -> None:
    page = await open_page()
    with impatient(slack, seconds=1.5):
        await command(page, "/toy silent")
        await expect(page.get_by_text("Waiting for Toybox…")).to_be_visible()
        await expect(page.get_by_role("log")).to_contain_text("operation_timeout")
    await expect(page.get_by_text("Waiting for Toybox…")).to_have_count(0)


async def test_a_direct_message_is_announced_read_and_answered(open_page: OpenPage) -> None:
    page = await open_page()
    await command(page, "/toy-dm")
    app = page.get_by_role("link", name="Toybox")
    await expect(app).to_contain_text("1")
    await app.click()
    await expect(page.get_by_role("log")).to_contain_text("Maria López")
    await command(page, "thank you")
    await expect(page.get_by_role("log")).to_contain_text("You said: thank you")


async def test_a_button_on_an_ephemeral_message_replaces_it(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    await command(page, "/toy message")
    await page.get_by_role("button", name="Add contact").click()
    await expect(page.get_by_role("log")).to_contain_text("Did add: new")
    await expect(page.get_by_text("In a message")).to_have_count(0)
    assert toy.acted[0]["value"] == "new"


async def test_home_is_opened_and_answers(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_role("link", name="Toybox").click()
    await expect(page.get_by_role("heading", name="Welcome home")).to_be_visible()
    await page.get_by_role("button", name="More actions: Maria López").click()
    await page.get_by_role("menuitem", name="Remove Contact").click()
    await expect(page.get_by_text('Did row: "remove maria"')).to_be_visible()
    await page.get_by_role("link", name="Messages").click()
    await expect(composer(page)).to_be_visible()


async def test_the_page_finds_its_way_back_after_the_playground_was_started_again(
    open_page: OpenPage, slack: LocalSlack
) -> None:
    ana, noa = await open_page("U0ANA"), await open_page("U0NOA")
    port = slack.port
    await slack.stop()
    lost = ana.get_by_text("Reconnecting to the playground…")
    await expect(lost).to_be_visible()
    await slack.start(port=port)
    await expect(lost).to_have_count(0)
    await command(noa, "Here again")
    await expect(ana.get_by_role("log")).to_contain_text("Here again")


async def test_it_is_said_when_the_app_goes_and_when_it_is_back(
    open_page: OpenPage, slack: LocalSlack, toy: ToyApp
) -> None:
    page = await open_page()
    await toy.stop()
    await expect(page.get_by_text("Toybox is not connected")).to_be_visible()
    await command(page, "/toy hello")
    await expect(page.get_by_role("log")).to_contain_text("dispatch_failed")
    again = ToyApp(slack)
    await again.start()
    await expect(page.get_by_text("Toybox is connected")).to_be_visible()
    await again.stop()
