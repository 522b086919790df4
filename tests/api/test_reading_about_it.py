"""The document of the interface, and the page of it for people."""

import re

from tests.api.practice_with_token import PracticeWithToken


async def test_the_page_says_all_that_the_document_says_and_loads_nothing(caller: PracticeWithToken) -> None:
    document = await caller.ask("GET", "/v1/openapi.json", shown="")
    page = await caller.ask("GET", "/v1/", shown="")
    assert page.headers["Content-Type"].startswith("text/html")
    for path, methods in document.json["paths"].items():
        assert f"<code>{path}</code>" in page.json
        for operation in methods.values():
            assert operation["summary"] in page.json
    for shape in ("NotificationIn", "AttachmentIn", "RecipientOut", "MailOut"):
        for field in document.json["components"]["schemas"][shape]["properties"]:
            assert field in page.json
    assert re.findall(r'(?:src|href)="([^"]*)"', page.json) == ["openapi.json"]
    assert "<script" not in page.json
