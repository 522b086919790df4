"""The interface keeps to its own document, whatever is sent: Schemathesis makes the requests from it."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.api.practice_with_token import PracticeWithToken

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
EXAMPLES = "10"


@pytest.mark.parametrize("way", [("sqlite", "http")], ids=["sqlite-http"], indirect=True)
async def test_every_answer_is_one_that_the_document_knows(caller: PracticeWithToken, tmp_path: Path) -> None:
    ran = await asyncio.create_subprocess_exec(
        SCHEMATHESIS,
        "run",
        f"{caller.root}/v1/openapi.json",
        "--header",
        f"Authorization: Bearer {caller.token.text.shown}",
        "--max-examples",
        EXAMPLES,
        "--seed",
        "2026",
        "--generation-database",
        "none",
        "--no-color",
        "--request-timeout",
        "20",
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await ran.communicate()
    assert ran.returncode == 0, said.decode()
    assert b"generated" in said or b"passed" in said, said.decode()
