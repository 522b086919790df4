"""The traffic drawer: what it shows, faults from it, the keyboard, and how little it is in the way."""

import asyncio

from playwright.async_api import Locator, Page, Route, expect

from bot.playground.slack import LocalSlack
from bot.playground.slack.faults import FaultKind
from bot.playground.slack.traffic import Entry
from tests.browser.at_page import command, composer, open_toy
from tests.browser.conftest import AT_THE_PAGE, OpenPage
from tests.browser.toy_app import ToyApp
from tests.impatience import impatient

pytestmark = AT_THE_PAGE


def traffic(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Traffic")


def lines(page: Page) -> Locator:
    return traffic(page).get_by_role("list", name="Newest first").get_by_role("listitem")


async def open_traffic(page: Page) -> Locator:
    await page.get_by_role("button", name="Traffic", exact=True).click()
    await expect(traffic(page)).to_be_visible()
    return traffic(page)


async def test_it_is_closed_until_asked_for_and_goes_with_escape(open_page: OpenPage) -> None:
    page = await open_page()
    await expect(traffic(page)).to_be_hidden()
    await composer(page).press("F2")
    await expect(traffic(page)).to_be_visible()
    assert await traffic(page).evaluate("node => node.contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(traffic(page)).to_be_hidden()
    await expect(composer(page)).to_be_focused()


async def test_payload_call_and_ack_are_there_newest_first(open_page: OpenPage) -> None:
    page = await open_page()
    await open_traffic(page)
    await open_toy(page, "buttons")
    newest = lines(page).nth(0)
    await expect(newest).to_contain_text("Ack")
    await expect(newest).to_contain_text(" ms")
    await expect(lines(page).nth(1)).to_contain_text("views.open")
    payload = lines(page).filter(has_text="Ana Ruiz · /toy buttons")
    await expect(payload).to_contain_text("slash_commands")
    await payload.get_by_text("slash_commands").click()
    await expect(payload.locator("pre")).to_contain_text('"command": "/toy"')
    await expect(payload.locator("pre")).to_contain_text('"trigger_id"')


async def test_what_was_before_is_shown_and_nothing_twice(open_page: OpenPage) -> None:
    page = await open_page()
    await command(page, "/toy hello")
    await expect(page.get_by_text("You typed: hello")).to_be_visible()
    await open_traffic(page)
    payload = lines(page).filter(has_text="Ana Ruiz · /toy hello")
    await expect(payload).to_have_count(1)
    await page.get_by_role("button", name="Close the traffic").click()
    await open_traffic(page)
    await expect(payload).to_have_count(1)


async def test_it_can_be_asked_for_before_the_page_is_ready(open_page: OpenPage) -> None:
    page = await open_page()
    ready = asyncio.Event()

    async def hold(route: Route) -> None:
        await ready.wait()
        await route.continue_()

    await page.route("**/ui/dm?*", hold)
    await page.reload()
    await expect(page.get_by_role("button", name="Traffic", exact=True)).to_be_attached()
    await page.keyboard.press("F2")
    await expect(traffic(page)).to_be_visible()
    ready.set()
    await expect(lines(page).filter(has_text="apps.connections.open")).to_have_count(1)


async def test_only_some_are_left_by_a_filter(open_page: OpenPage, slack: LocalSlack) -> None:
    page = await open_page()
    drawer = await open_traffic(page)
    slack.fail_next("views.open", "internal_error")
    await command(page, "/toy form")
    await expect(lines(page).filter(has_text="internal_error")).to_contain_text("ordered: refused")
    await drawer.get_by_role("button", name="Trouble").click()
    await expect(drawer.get_by_role("button", name="Trouble")).to_have_attribute("aria-pressed", "true")
    visible = lines(page).filter(visible=True)
    await expect(visible.filter(has_text="views.open")).to_have_count(1)
    await expect(visible.filter(has_text="auth.test")).to_have_count(0)
    await drawer.get_by_role("button", name="Payloads").click()
    await expect(visible).to_have_count(1)
    await expect(visible).to_contain_text("slash_commands")
    await drawer.get_by_role("button", name="Clear").click()
    await expect(drawer.get_by_text("Nothing of this kind yet.")).to_be_visible()


async def test_the_arrows_go_from_line_to_line_and_enter_opens_one(open_page: OpenPage) -> None:
    page = await open_page()
    await command(page, "/toy hello")
    await expect(page.get_by_text("You typed: hello")).to_be_visible()
    await composer(page).press("F2")
    await expect(lines(page).filter(has_text="/toy hello")).to_have_count(1)
    await lines(page).nth(0).locator("summary").focus()
    await page.keyboard.press("ArrowDown")
    await expect(lines(page).nth(1).locator("summary")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(lines(page).nth(1).locator("pre").first).to_be_visible()
    await page.keyboard.press("Home")
    await expect(lines(page).nth(0).locator("summary")).to_be_focused()


async def test_it_never_holds_more_than_some_hundred_lines(open_page: OpenPage, slack: LocalSlack) -> None:
    page = await open_page()
    await open_traffic(page)
    for number in range(350):
        slack.traffic.add(Entry(at_ms=slack.traffic.now_ms(), kind="call", name=f"call.{number}", sent={}))
    await expect(lines(page).nth(0)).to_contain_text("call.349")
    await expect(lines(page)).to_have_count(300)


async def test_a_fault_is_ordered_beside_an_open_form_and_befalls_it(
    open_page: OpenPage, slack: LocalSlack, toy: ToyApp
) -> None:
    page = await open_page()
    drawer = await open_traffic(page)
    modal = await open_toy(page, "growing")
    await modal.get_by_label("Kept").fill("by hand")
    await modal.get_by_label("Typed").fill("words")
    await expect(modal.get_by_text("Line 1")).to_be_visible()
    await drawer.locator("summary", has_text="Faults").click()
    await drawer.get_by_label("What goes wrong").select_option(label="arrives, and its ack is lost")
    await drawer.get_by_label("To the next").select_option("view_submission")
    await drawer.get_by_role("button", name="Order").click()
    waiting = drawer.get_by_role("list", name="Waiting to happen").get_by_role("listitem")
    await expect(waiting).to_have_text("Next view_submission arrives, and its ack is lost")
    with impatient(slack):
        await modal.get_by_role("button", name="Save").click()
        await expect(modal.get_by_role("alert")).to_contain_text("We had some trouble connecting. Try again?")
    await expect(waiting).to_have_count(0)
    await expect(modal.get_by_label("Kept")).to_have_value("by hand")
    assert len(toy.submitted) == 1
    await expect(lines(page).filter(has_text="no ack in time")).to_have_count(1)
    assert slack.faults.waiting == []


async def test_each_fault_asks_for_what_it_needs_and_is_taken_back(
    open_page: OpenPage, slack: LocalSlack
) -> None:
    page = await open_page()
    drawer = await open_traffic(page)
    await drawer.locator("summary", has_text="Faults").click()
    kind = drawer.get_by_label("What goes wrong")
    await kind.select_option("slow")
    await drawer.get_by_label("Seconds", exact=True).fill("2.5")
    await drawer.get_by_label("To the next").select_option("views.update")
    await drawer.get_by_label("Times").fill("3")
    await drawer.get_by_role("button", name="Order").click()
    await expect(drawer.get_by_text("Next 3 views.update is answered late: 2.5 s")).to_be_visible()
    await kind.select_option("server_error")
    await expect(drawer.get_by_label("Seconds", exact=True)).to_be_hidden()
    await drawer.get_by_label("HTTP status").fill("502")
    await drawer.get_by_role("button", name="Order").click()
    await expect(drawer.get_by_text("2 waiting")).to_be_visible()
    slow, gateway = (ordered.fault for ordered in slack.faults.waiting)
    assert (slow.kind, slow.on, slow.times, slow.seconds) == (FaultKind.SLOW, "views.update", 3, 2.5)
    assert (gateway.kind, gateway.status) == (FaultKind.SERVER_ERROR, 502)
    await drawer.get_by_role("button", name="Take back: Next 3 views.update is answered late").click()
    await expect(drawer.get_by_text("1 waiting")).to_be_visible()
    assert [ordered.fault.kind for ordered in slack.faults.waiting] == [FaultKind.SERVER_ERROR]


async def test_connections_are_cut_at_once_and_come_back(open_page: OpenPage) -> None:
    page = await open_page()
    drawer = await open_traffic(page)
    await drawer.locator("summary", has_text="Faults").click()
    await drawer.get_by_label("What goes wrong").select_option("refresh_requested")
    await expect(drawer.get_by_label("To the next")).to_be_hidden()
    await drawer.get_by_role("button", name="Do it now").click()
    await expect(lines(page).filter(has_text="disconnect: refresh_requested")).to_have_count(1)
    await expect(lines(page).filter(has_text="opened")).to_have_count(2)
    await expect(page.get_by_text("Toybox is connected")).to_be_visible()


async def test_on_a_phone_it_takes_the_lower_half_and_leaves_the_composer(open_page: OpenPage) -> None:
    page = await open_page(phone=True)
    await page.get_by_role("button", name="Open the sidebar").click()
    await open_traffic(page)
    await expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    box = await traffic(page).bounding_box()
    assert box == {"x": 0, "y": 422, "width": 390, "height": 422}
    place = await composer(page).bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= 422
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    modal = await open_toy(page, "form")
    assert await modal.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 422}
