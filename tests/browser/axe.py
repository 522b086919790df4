"""axe-core on a page as it stands: what is in the way of somebody without a mouse or without a screen."""

from importlib import resources

from playwright.async_api import Page

# The package brings axe-core along; its own few lines of Python are not needed.
SCRIPT = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
  ({ id, help, nodes }) => nodes.map(({ target, html, failureSummary }) =>
    `${id} (${help}): ${target.join(" ")}\\n    ${html.slice(0, 200)}\\n    ${failureSummary}`))"""


async def violations(page: Page) -> list[str]:
    """Run every rule of axe on the page; one line or more for each element that breaks one."""
    await page.evaluate(SCRIPT)
    found: list[str] = await page.evaluate(RUN)
    return found
