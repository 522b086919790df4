"""Modals: three deep, questions before an act, menus, updates while a person types, and words."""

from playwright.async_api import expect

from tests.browser.at_page import open_toy
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp

pytestmark = AT_THE_PAGE


async def test_three_modals_lie_on_each_other_and_come_back_as_they_were_left(open_page: OpenPage) -> None:
    page = await open_page()
    await open_toy(page, "stack")
    for number in (1, 2, 3):
        modal = page.get_by_role("dialog", name=f"View {number}")
        await modal.get_by_label("Word").fill(f"word {number}")
        if number < 3:
            await modal.get_by_role("button", name="Go deeper").click()
    await page.get_by_role("dialog", name="View 3").get_by_role("button", name="Cancel").click()
    second = page.get_by_role("dialog", name="View 2")
    await expect(second.get_by_label("Word")).to_have_value("word 2")
    await expect(page.get_by_role("dialog")).to_have_count(1)
    await second.get_by_role("button", name="Close").click()
    first = page.get_by_role("dialog", name="View 1")
    await expect(first.get_by_label("Word")).to_have_value("word 1")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_act_that_asks_first_waits_for_the_answer(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    modal = await open_toy(page, "buttons")
    question = page.get_by_role("alertdialog", name="Switch off?")
    await modal.get_by_role("button", name="Stop sharing").click()
    await expect(question).to_have_accessible_description("Maria will get no more e-mails.")
    await question.get_by_role("button", name="Keep").click()
    await expect(question).to_have_count(0)
    await modal.get_by_role("button", name="Stop sharing").click()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(modal.get_by_text("Nothing yet")).to_be_visible()
    assert toy.acted == []
    await modal.get_by_role("button", name="Stop sharing").click()
    await question.get_by_role("button", name="Switch off").click()
    await expect(modal.get_by_text("Did stop")).to_be_visible()
    assert [action["action_id"] for action in toy.acted] == ["stop"]


async def test_a_menu_is_used_with_the_keyboard(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    modal = await open_toy(page, "buttons")
    button = modal.get_by_role("button", name="More actions: Maria López")
    await button.press("ArrowDown")
    await expect(modal.get_by_role("menuitem", name="Edit")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await button.press("Enter")
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await expect(modal.get_by_text('Did row: "remove maria"')).to_be_visible()
    assert toy.acted[0]["selected_option"]["value"] == "remove maria"


async def test_selects_ticks_and_dates_in_blocks_act_at_once(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    modal = await open_toy(page, "buttons")
    await modal.get_by_role("combobox", name="Colour").click()
    await modal.get_by_role("option", name="Blue").click()
    await expect(modal.get_by_text('Did pick: "blue"')).to_be_visible()
    await modal.get_by_label("Legal guardian").check()
    await expect(modal.get_by_text("Did tick: several")).to_be_visible()
    await modal.get_by_label("Since").fill("2020-01-31")
    await modal.get_by_label("Since").press("Tab")
    await expect(modal.get_by_text("Did day: 2020-01-31")).to_be_visible()
    await expect(modal.get_by_label("Legal guardian")).to_be_checked()
    await expect(modal.get_by_role("combobox", name="Colour")).to_have_value("Blue")
    assert [action["action_id"] for action in toy.acted] == ["pick", "tick", "day"]


async def test_what_is_typed_and_where_stays_when_the_app_updates_the_view(
    open_page: OpenPage, toy: ToyApp
) -> None:
    page = await open_page()
    modal = await open_toy(page, "growing")
    await modal.get_by_label("Kept").fill("changed by hand")
    typed = modal.get_by_label("Typed")
    await typed.press_sequentially("abcd")
    await expect(modal.get_by_text("Line 1")).to_be_visible()
    await expect(typed).to_be_focused()
    await typed.press("ArrowLeft")
    await typed.press("ArrowLeft")
    await typed.press("X")
    await expect(modal.get_by_text("Line 2")).to_be_visible()
    await typed.press("Y")
    await expect(modal.get_by_text("Line 3")).to_be_visible()
    await expect(typed).to_have_value("abXYcd")
    await modal.get_by_role("button", name="Add a line").click()
    await expect(modal.get_by_text("Line 4")).to_be_visible()
    await expect(modal.get_by_label("Kept")).to_have_value("changed by hand")
    await modal.get_by_role("button", name="Save").click()
    await expect(modal).to_have_count(0)
    (values,) = toy.submitted
    assert values["kept"]["kept"]["value"] == "changed by hand"
    assert values["typed"]["typed"]["value"] == "abXYcd"


async def test_words_come_out_as_typed_and_formatting_as_meant(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "words")
    await expect(modal.get_by_role("heading", name="Family of María José")).to_be_visible()
    await expect(modal.get_by_role("strong").filter(has_text="bold").first).to_be_visible()
    await expect(modal.get_by_role("emphasis")).to_have_text("italic")
    await expect(modal.get_by_role("code")).to_have_text("code")
    await expect(modal.get_by_role("blockquote").first).to_have_text("quoted")
    await expect(modal.get_by_role("link", name="a page")).to_have_attribute("href", "https://example.com/")
    await expect(modal.get_by_text("snake_case_name")).to_be_visible()
    await expect(modal.get_by_text("and *_~<plain>&~_* as typed")).to_be_visible()
    await expect(modal.get_by_text("@Ana Ruiz")).to_be_visible()
    await expect(modal.get_by_role("listitem").filter(has_text="נועה אברהם")).to_have_count(2)


async def test_a_modal_opens_in_every_window_of_its_person_and_in_no_other(open_page: OpenPage) -> None:
    here, there = await open_page("U0ANA"), await open_page("U0ANA")
    noa = await open_page("U0NOA")
    await open_toy(here, "buttons")
    await expect(there.get_by_role("dialog", name="Buttons")).to_be_visible()
    await there.keyboard.press("Escape")
    await expect(here.get_by_role("dialog")).to_have_count(0)
    await expect(noa.get_by_role("dialog")).to_have_count(0)
