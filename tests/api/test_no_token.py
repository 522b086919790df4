"""Off unless a token exists: there is nothing to find, beside a socket and over signed HTTP alike."""

import aiohttp

from tests.office import open_office


async def test_without_a_token_nothing_listens_beside_a_socket(sqlite_url: str) -> None:
    async with open_office(sqlite_url, transport="socket") as office:
        assert office.bot.api is not None
        assert office.bot.api.root is None


async def test_without_a_token_there_is_nothing_at_slacks_own_address(sqlite_url: str) -> None:
    async with open_office(sqlite_url, transport="http") as office, aiohttp.ClientSession() as session:
        assert office.bot.api is not None
        for path in ("/v1/", "/v1/openapi.json", "/v1/notifications"):
            async with session.get(f"{office.bot.api.root}{path}") as answer:
                assert answer.status == 404
                assert "Kinward" not in await answer.text()
        # The first token opens it, without a new start.
        await office.services.api_tokens.create(office.actor, "EHR")
        async with session.get(f"{office.bot.api.root}/v1/") as answer:
            assert answer.status == 200
