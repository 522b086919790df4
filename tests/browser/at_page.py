"""What a person does at the page again and again, said once."""

from playwright.async_api import Locator, Page, expect


def composer(page: Page) -> Locator:
    """Find the field where messages and commands are typed."""
    return page.get_by_role("textbox", name="Message")


async def command(page: Page, text: str) -> None:
    """Type a whole command and send it."""
    await composer(page).fill(text)
    await composer(page).press("Enter")


async def open_toy(page: Page, name: str) -> Locator:
    """Open one of the toy app's modals."""
    await command(page, f"/toy {name}")
    modal = page.get_by_role("dialog")
    await expect(modal).to_be_visible()
    return modal


async def choose(field: Locator, words: str) -> None:
    """Type into a select and take the option that begins with these words."""
    await field.click()
    await field.fill(words)
    option = field.page.get_by_role("option", name=words)
    await expect(option.first).to_be_visible()
    await option.first.click()
