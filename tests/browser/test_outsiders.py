"""Somebody of another company at the page: what is not there for them, and what is."""

from playwright.async_api import expect

from bot.playground.slack import LocalSlack
from tests.browser.at_page import command, composer
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp

pytestmark = AT_THE_PAGE


async def test_they_are_told_apart_and_see_the_shared_channel_alone(open_page: OpenPage) -> None:
    page = await open_page("U0OLA", "home")
    await expect(page.get_by_role("button", name="Acting as Ola Nord")).to_contain_text("External")
    await expect(page.get_by_role("heading", name="with-the-school", level=1)).to_contain_text("Shared")
    sidebar = page.get_by_role("navigation", name="Workspace")
    await expect(sidebar.get_by_role("link")).to_have_count(1)
    await expect(sidebar.get_by_role("img", name="shared with another company")).to_be_visible()
    await expect(page.get_by_role("link", name="Toybox")).to_have_count(0)


async def test_the_apps_commands_are_neither_offered_nor_taken(
    open_page: OpenPage, slack: LocalSlack
) -> None:
    page = await open_page("U0OLA", "C0SCHOOL")
    await composer(page).press_sequentially("/t")
    await expect(page.get_by_role("listbox", name="Commands")).to_be_hidden()
    await command(page, "/toy form")
    await expect(page.get_by_role("log")).to_contain_text("/toy is not a valid command.")
    assert slack.traffic.envelopes() == []


async def test_they_can_click_what_the_app_has_posted(
    open_page: OpenPage, toy: ToyApp, slack: LocalSlack
) -> None:
    ana, ola = await open_page("U0ANA", "C0SCHOOL"), await open_page("U0OLA", "C0SCHOOL")
    await command(ana, "/toy all")
    await ola.get_by_role("button", name="Add contact").click()
    await expect(ana.get_by_role("log")).to_contain_text("Did add: new")
    assert len(toy.acted) == 1
    (click,) = slack.traffic.envelopes("block_actions")
    assert (click.sent["user"]["team_id"], click.sent["team"]["id"]) == ("T0SCHOOL", "T0KINWARD")
