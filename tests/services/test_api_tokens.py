"""Tokens of systems that hand in notices: shown once, counted, revoked."""

import pytest

from bot.domain.api_token import TokenText
from bot.domain.errors import NotFound, NotPermitted, TokenNameRefused
from bot.domain.ids import TokenId
from bot.domain.staff import Actor
from bot.services.api_tokens import ApiTokens
from storage.database import Database
from tests.services.practice import Practice


@pytest.fixture
def tokens(practice: Practice, database: Database) -> ApiTokens:
    return ApiTokens(storage=database, clock=practice.clock, new_id=practice.new_id)


async def test_a_token_opens_the_door_and_each_use_is_counted(practice: Practice, tokens: ApiTokens) -> None:
    workspace = practice.dana.workspace_id
    assert not await tokens.any_counts(workspace)
    made = await tokens.create(practice.dana, "  EHR,  front office ")
    assert await tokens.any_counts(workspace)
    for _ in range(3):
        known = await tokens.recognise(workspace, made.text.shown)
        assert known is not None
        assert known.name == "EHR, front office"
    (kept,) = await tokens.every(practice.dana)
    assert kept.uses == 3
    assert kept.last_used_at is not None


async def test_what_is_kept_does_not_open_it(practice: Practice, tokens: ApiTokens) -> None:
    made = await tokens.create(practice.dana, "EHR")
    (kept,) = await tokens.every(practice.dana)
    assert made.text.secret not in repr(made)
    assert kept.digest not in repr(kept)
    assert made.text.secret not in kept.digest
    assert TokenText.read(f"kwt_{kept.id}_{kept.digest}") is not None
    workspace = practice.dana.workspace_id
    assert await tokens.recognise(workspace, f"kwt_{kept.id}_{kept.digest}") is None


@pytest.mark.parametrize(
    "shown", ["", "nothing", "kwt_x", "kwt_id_short", "kwt_nobody_" + "x" * 43, "kwt_é_" + "x" * 43]
)
async def test_what_is_no_token_opens_nothing(practice: Practice, tokens: ApiTokens, shown: str) -> None:
    await tokens.create(practice.dana, "EHR")
    assert await tokens.recognise(practice.dana.workspace_id, shown) is None
    (kept,) = await tokens.every(practice.dana)
    assert kept.uses == 0


async def test_a_revoked_token_opens_nothing_and_the_first_who_revoked_it_stays(
    practice: Practice, tokens: ApiTokens
) -> None:
    made = await tokens.create(practice.dana, "EHR")
    revoked = await tokens.revoke(practice.dana, made.token.id)
    assert revoked.revoked_by_name == "Dana"
    again = await tokens.revoke(practice.sam, made.token.id)
    assert again.revoked_by_name == "Dana"
    assert await tokens.recognise(practice.dana.workspace_id, made.text.shown) is None
    assert not await tokens.any_counts(practice.dana.workspace_id)
    with pytest.raises(NotFound):
        await tokens.revoke(practice.dana, TokenId("nobody"))


async def test_a_token_of_another_practice_opens_nothing(
    practice: Practice, other_practice: Practice, tokens: ApiTokens
) -> None:
    made = await tokens.create(other_practice.dana, "Theirs")
    assert await tokens.recognise(practice.dana.workspace_id, made.text.shown) is None
    assert await tokens.recognise(other_practice.dana.workspace_id, made.text.shown) is not None


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
async def test_a_token_says_what_it_is_for(practice: Practice, tokens: ApiTokens, name: str) -> None:
    with pytest.raises(TokenNameRefused):
        await tokens.create(practice.dana, name)


async def test_only_who_may_change_the_settings_makes_one(practice: Practice, tokens: ApiTokens) -> None:
    nobody = Actor(
        workspace_id=practice.dana.workspace_id,
        staff_id=practice.dana.staff_id,
        name="Dana",
        surface=practice.dana.surface,
    )
    with pytest.raises(NotPermitted):
        await tokens.create(nobody, "EHR")
