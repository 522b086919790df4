"""`kinward tokens`: made and shown once, listed without the secret, revoked."""

import re

from bot.domain.api_token import TokenText
from tests.cli.commands import Commands
from tests.databases import opened


async def test_a_token_is_shown_once_and_listed_without_its_secret(
    commands: Commands, sqlite_url: str
) -> None:
    async with opened(sqlite_url):
        pass
    settings = {"DATABASE_URL": sqlite_url}
    none = await commands.run("tokens", "list", settings=settings)
    assert "There is no token" in none.out

    made = await commands.run("tokens", "create", "EHR, front office", settings=settings)
    text = TokenText.read(made.out.strip())
    assert text is not None
    assert "never shown again" in made.err

    listed = await commands.run("tokens", "list", settings=settings)
    assert re.search(rf"{text.token_id}\s+EHR, front office\s.*\s0\s+never", listed.out)
    assert text.secret not in listed.out

    revoked = await commands.run("tokens", "revoke", text.token_id, settings=settings)
    assert revoked.out == "Revoked: EHR, front office. It opens nothing any more.\n"
    unknown = await commands.run("tokens", "revoke", "nobody", settings=settings)
    assert (unknown.code, unknown.err) == (1, "There is no such token: see kinward tokens list.\n")
    nameless = await commands.run("tokens", "create", " ", settings=settings)
    assert nameless.code == 1
    assert "what the token is for" in nameless.err
