"""Forms in modals: every kind of input, the client's own checks, the app's errors, type-ahead."""

from playwright.async_api import Page, expect

from bot.playground.slack import LocalSlack
from bot.playground.slack.wire import Json
from tests.browser.at_page import choose, open_toy
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp
from tests.impatience import impatient

pytestmark = AT_THE_PAGE

REQUIRED = "Please complete this required field."


async def fill_required(page: Page, *, name: str) -> None:
    """Fill what the form with every input cannot do without."""
    modal = page.get_by_role("dialog")
    await modal.get_by_label("Name").fill(name)
    await modal.get_by_label("E-mail").fill("maria@example.com")
    await modal.get_by_label("Age").fill("41")
    await modal.get_by_role("radiogroup", name="Basis").get_by_label("Legal guardian").check()


def value(values: Json, block: str) -> object:
    """Take what the app got from one input."""
    entry = values[block][block]
    return next(entry[key] for key in entry if key != "type")


async def test_every_input_sends_what_was_typed_and_chosen(
    open_page: OpenPage, slack: LocalSlack, toy: ToyApp
) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    await expect(modal.get_by_label("Name")).to_be_focused()
    await fill_required(page, name="*Zoë* <Ábc>")
    await modal.get_by_label("Note").fill("one\ntwo")
    await modal.get_by_label("Birth date").fill("3/5/2014")
    await choose(modal.get_by_role("combobox", name="Colour"), "Green")
    await choose(modal.get_by_role("combobox", name="Client"), "Lopez")
    await choose(modal.get_by_role("combobox", name="Responsible"), "Tom")
    roles = modal.get_by_role("combobox", name="Roles")
    await choose(roles, "Caregiver")
    await choose(roles, "Emergency")
    await page.keyboard.press("Escape")
    await modal.get_by_role("button", name="Remove Caregiver").click()
    await modal.get_by_role("group", name="Tick what is true").get_by_label("Legal guardian").check()
    await modal.get_by_role("button", name="Save").click()
    await expect(modal).to_have_count(0)
    (values,) = toy.submitted
    assert value(values, "name") == "*Zoë* <Ábc>"
    assert value(values, "note") == "one\ntwo"
    assert (value(values, "mail"), value(values, "age")) == ("maria@example.com", "41")
    assert value(values, "born") == "2014-03-05"
    assert value(values, "owner") == "U0TOM"
    chosen = {
        block: values[block][block]["selected_option"]["value"] for block in ("colour", "client", "basis")
    }
    assert chosen == {"colour": "green", "client": "2", "basis": "guardian"}
    several = {block: values[block][block]["selected_options"] for block in ("roles", "ticks")}
    assert [option["value"] for option in several["roles"]] == ["emergency"]
    assert [option["value"] for option in several["ticks"]] == ["guardian"]
    assert slack.hub.views.stack("U0ANA") == []


async def test_the_client_checks_before_it_sends(open_page: OpenPage, toy: ToyApp) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    await modal.get_by_label("E-mail").fill("maria at home")
    await modal.get_by_label("Age").fill("four")
    await modal.get_by_label("Birth date").fill("the ides of March")
    await modal.get_by_role("button", name="Save").click()
    await expect(modal.get_by_label("Name")).to_be_focused()
    await expect(modal.get_by_label("Name")).to_have_accessible_description(REQUIRED)
    await expect(modal.get_by_label("E-mail")).to_have_accessible_description(
        "Enter an e-mail address, such as name@example.com."
    )
    await expect(modal.get_by_label("Age")).to_have_accessible_description("Enter a number.")
    await expect(modal.get_by_label("Birth date")).to_have_accessible_description(
        "Enter a date, such as March 5, 2014 or 2014-03-05."
    )
    await expect(modal.get_by_role("radiogroup", name="Basis")).to_have_accessible_description(REQUIRED)
    await expect(modal.get_by_role("alert").filter(has_text=REQUIRED)).to_have_count(2)
    assert toy.submitted == []
    await modal.get_by_label("Name").fill("M")
    await expect(modal.get_by_label("Name")).to_have_accessible_description("")
    await page.keyboard.press("Enter")
    await expect(modal.get_by_label("Name")).to_have_accessible_description("Enter at least 2 characters.")


async def test_the_apps_error_stands_under_its_field_and_what_was_typed_stays(
    open_page: OpenPage, toy: ToyApp
) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    await fill_required(page, name="taken")
    await modal.get_by_label("Name").press("Enter")
    await expect(modal.get_by_label("Name")).to_have_accessible_description("Somebody has this name already.")
    await expect(modal.get_by_label("Name")).to_be_focused()
    await expect(modal.get_by_label("Name")).to_have_value("taken")
    await expect(modal.get_by_label("E-mail")).to_have_value("maria@example.com")
    await modal.get_by_label("Name").fill("free")
    await modal.get_by_role("button", name="Save").click()
    await expect(modal).to_have_count(0)
    assert [value(values, "name") for values in toy.submitted] == ["taken", "free"]


async def test_type_ahead_asks_the_app_and_shows_groups_and_descriptions(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    client = modal.get_by_role("combobox", name="Client")
    await client.click()
    await expect(modal.get_by_text("Type at least 1 character")).to_be_visible()
    await client.press_sequentially("a")
    await expect(modal.get_by_role("group", name="Active").get_by_role("option")).to_have_count(2)
    other = modal.get_by_role("group", name="Others").get_by_role("option", name="*Bold* & <Sons>, _Ana_")
    await expect(other).to_contain_text("born 2001, K-0105")
    await client.fill("zzz")
    await expect(modal.get_by_text("No results")).to_be_visible()
    await client.fill("נועה")
    await expect(modal.get_by_role("option", name="אברהם, נועה")).to_be_visible()
    await client.press("Enter")
    await expect(client).to_have_value("אברהם, נועה")
    # What is typed after a click replaces who was chosen, and does not follow their name.
    await modal.get_by_label("Name").click()
    await client.click()
    await page.keyboard.type("a")
    await expect(client).to_have_value("a")
    await expect(modal.get_by_role("group", name="Active").get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(client).to_have_value("אברהם, נועה")
    await modal.get_by_role("button", name="Clear").click()
    await expect(client).to_have_value("")
    await expect(modal).to_be_visible()


async def test_type_ahead_says_when_the_app_does_not_answer(open_page: OpenPage, slack: LocalSlack) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    client = modal.get_by_role("combobox", name="Client")
    with impatient(slack, seconds=1.5):
        await client.fill("late")
        await expect(modal.get_by_text("Searching…")).to_be_visible()
        await expect(modal.get_by_text("The options could not be loaded.")).to_be_visible()
    await client.press("Enter")
    await expect(modal).to_be_visible()


async def test_escape_closes_the_list_first_and_then_the_modal(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    colour = modal.get_by_role("combobox", name="Colour")
    await colour.click()
    await expect(modal.get_by_role("option", name="Orange")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(colour).to_have_value("Orange")
    await page.keyboard.press("ArrowDown")
    await expect(modal.get_by_role("option", name="Orange")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Escape")
    await expect(modal.get_by_role("option")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)


async def test_a_date_is_picked_from_the_calendar_with_the_keyboard(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "form")
    born = modal.get_by_label("Birth date")
    await born.fill("2012-02-29")
    await modal.get_by_role("button", name="Open the calendar").click()
    await expect(modal.get_by_role("button", name="February 29, 2012")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(modal.get_by_role("button", name="March 1, 2012")).to_be_focused()
    await page.keyboard.press("PageUp")
    await modal.get_by_label("Year").select_option("1984")
    await modal.get_by_role("button", name="February 3, 1984").click()
    await expect(born).to_have_value("February 3, 1984")
    await expect(born).to_be_focused()


async def test_tab_stays_inside_the_modal(open_page: OpenPage) -> None:
    page = await open_page()
    modal = await open_toy(page, "stack")
    inside = "node => node.contains(document.activeElement)"
    for _ in range(8):
        await page.keyboard.press("Tab")
        assert await modal.evaluate(inside)
    await expect(modal.get_by_label("Word")).to_be_visible()


async def test_a_form_fills_the_screen_of_a_phone(open_page: OpenPage) -> None:
    page = await open_page(phone=True)
    modal = await open_toy(page, "form")
    box = await modal.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    await expect(modal.get_by_role("button", name="Save")).to_be_in_viewport()
