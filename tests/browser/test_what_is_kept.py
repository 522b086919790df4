"""What stays over a reload or an update, and what does not: typed words, choices, what is unread."""

from playwright.async_api import expect

from bot.playground.slack import LocalSlack
from tests.browser.at_page import choose, command, open_toy
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp

pytestmark = AT_THE_PAGE


async def test_what_was_typed_and_chosen_is_there_after_a_reload(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    await modal.get_by_label("Name").fill("Maria")
    await choose(modal.get_by_role("combobox", name="Colour"), "Green")
    await modal.get_by_role("radiogroup", name="Basis").get_by_label("Legal guardian").check()
    await modal.get_by_label("Birth date").fill("2014-03-05")
    # Without a pause: what was typed last is told as the page goes.
    await modal.get_by_label("E-mail").fill("maria@example.com")
    await page.reload()
    await expect(modal.get_by_label("E-mail")).to_have_value("maria@example.com")
    await expect(modal.get_by_label("Name")).to_have_value("Maria")
    await expect(modal.get_by_role("combobox", name="Colour")).to_have_value("Green")
    await expect(modal.get_by_label("Birth date")).to_have_value("March 5, 2014")
    await expect(modal.get_by_role("radiogroup", name="Basis").get_by_label("Legal guardian")).to_be_checked()


async def test_a_choice_that_is_no_longer_offered_is_dropped(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    modal = await open_toy(page, "narrowing")
    await choose(modal.get_by_role("combobox", name="One role"), "Emergency contact")
    await modal.get_by_role("radiogroup", name="Only role").get_by_label("Emergency contact").check()
    some = modal.get_by_role("group", name="Some roles")
    await some.get_by_label("Emergency contact").check()
    await some.get_by_label("Caregiver").check()
    await modal.get_by_role("button", name="Offer fewer").click()
    await expect(modal.get_by_text("called first")).to_have_count(0)
    await expect(modal.get_by_role("combobox", name="One role")).to_have_value("")
    await expect(some.get_by_label("Caregiver")).to_be_checked()
    await modal.get_by_role("button", name="Save").click()
    await expect(modal).to_have_count(0)
    (values,) = toy.submitted
    assert values["one"]["one"]["selected_option"] is None
    assert values["only"]["only"]["selected_option"] is None
    assert [option["value"] for option in values["some"]["some"]["selected_options"]] == ["caregiver"]


async def test_what_is_unread_is_still_so_after_a_reload(open_page: OpenPage) -> None:
    ana, noa = await open_page("U0ANA", "C0BOOKS"), await open_page("U0NOA", "C0FRONT")
    await command(noa, "One")
    await command(noa, "Two")
    channel = ana.get_by_role("link", name="front-desk")
    await expect(channel).to_contain_text("2")
    await ana.reload()
    await expect(channel).to_contain_text("2")
    await channel.click()
    await expect(channel).not_to_contain_text("2")
    await ana.get_by_role("link", name="bookkeeping").click()
    await ana.reload()
    await expect(ana.get_by_role("heading", name="bookkeeping").first).to_be_visible()
    await expect(channel).not_to_contain_text("2")


async def test_reading_in_one_window_is_reading_in_all(open_page: OpenPage) -> None:
    here, there = await open_page("U0ANA", "C0BOOKS"), await open_page("U0ANA", "C0BOOKS")
    noa = await open_page("U0NOA", "C0FRONT")
    await command(noa, "Anybody?")
    await expect(there.get_by_role("link", name="front-desk")).to_contain_text("1")
    await here.get_by_role("link", name="front-desk").click()
    await expect(there.get_by_role("link", name="front-desk")).not_to_contain_text("1")


async def test_a_reply_only_one_can_see_marks_no_channel_but_a_direct_message_does(
    open_page: OpenPage, slack: LocalSlack
) -> None:
    page = await open_page("U0ANA", "C0BOOKS")
    hub = slack.hub
    hub.post(hub.from_app("C0FRONT", text="only for her", blocks=[], only="U0ANA"))
    hub.post(hub.from_app(hub.workspace.dm_of("U0ANA"), text="a summary", blocks=[]))
    await expect(page.get_by_role("link", name="Toybox")).to_contain_text("1")
    await expect(page.get_by_role("link", name="front-desk")).not_to_contain_text("1")
    await page.reload()
    await expect(page.get_by_role("link", name="Toybox")).to_contain_text("1")
    await page.get_by_role("link", name="front-desk").click()
    await expect(page.get_by_role("log")).to_contain_text("only for her")
