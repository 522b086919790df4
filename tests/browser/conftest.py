"""A browser at the page, the page at a local Slack, and a toy app behind it."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

import bot.playground
from bot.playground.slack import Channel, LocalSlack, Person, Timing
from tests.browser.toy_app import MANIFEST, ToyApp

PAGE = Path(bot.playground.__file__).parent / "page"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
ACK_SECONDS = 30
"""More than Slack's three: nothing is too late only because the machine is busy."""
AT_THE_PAGE = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
"""For every test at the page: they share one browser, and so the loop in which it is spoken to."""

PEOPLE = [
    Person(id="U0ANA", name="ana", real_name="Ana Ruiz", title="Front desk", color="c76b4a"),
    Person(id="U0TOM", name="tom", real_name="Tom Becker", title="Therapist", color="4a6fc7"),
    Person(id="U0NOA", name="noa", real_name="נועה אברהם", title="Practice owner", color="7a4ac7"),
    Person(
        id="U0GUS",
        name="gus",
        real_name="Gus Ode",
        title="Bookkeeping",
        color="f2c14e",
        is_restricted=True,
        is_ultra_restricted=True,
    ),
    Person(
        id="U0OLA",
        name="ola",
        real_name="Ola Nord",
        title="At the school",
        color="3d6b35",
        team_id="T0SCHOOL",
        is_stranger=True,
    ),
]
CHANNELS = [
    Channel(id="C0FRONT", name="front-desk", topic="Who comes today, and who called"),
    Channel(id="C0CLIN", name="clinical", is_private=True, members=frozenset({"U0TOM", "U0NOA"})),
    Channel(id="C0BOOKS", name="bookkeeping", members=frozenset({"U0ANA", "U0GUS"})),
    Channel(id="C0SCHOOL", name="with-the-school", members=frozenset({"U0ANA", "U0OLA"}), is_ext_shared=True),
]

OpenPage = Callable[..., Awaitable[Page]]


def chromium() -> str:
    """Find the browser; without one the tests are skipped, though never in CI."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        reason = f"none of {', '.join(CHROMIUM_NAMES)} is installed, so the page cannot be tested here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[LocalSlack]:
    local = LocalSlack(MANIFEST, PEOPLE, CHANNELS, page=PAGE, timing=Timing(ack_seconds=ACK_SECONDS))
    await local.start()
    yield local
    await local.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def toy(slack: LocalSlack) -> AsyncIterator[ToyApp]:
    app = ToyApp(slack)
    await app.start()
    await slack.app_connected()
    yield app
    await app.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_browser() -> AsyncIterator[Browser]:
    binary = chromium()
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=binary, args=CHROMIUM_ARGUMENTS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(running_browser: Browser) -> AsyncIterator[Browser]:
    """A browser without any window, which knows nothing of earlier tests."""
    yield running_browser
    for context in running_browser.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(slack: LocalSlack, toy: ToyApp, browser: Browser) -> AsyncIterator[OpenPage]:
    """Open the page as a person; each call is a window of its own, and in none may anything go wrong."""
    assert toy.app is not None
    wrong: list[str] = []

    async def open_one(person: str = "U0ANA", place: str = "C0FRONT", *, phone: bool = False) -> Page:
        context = await browser.new_context(
            viewport=PHONE if phone else WIDE, has_touch=phone, locale="en-US", reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        await page.goto(f"{slack.page_url}#/as/{person}/in/{place}")
        await page.get_by_text("Toybox is connected").wait_for(state="attached")
        return page

    yield open_one
    for context in browser.contexts:
        await context.close()
    assert wrong == []
    assert slack.refusals == []
