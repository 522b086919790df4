"""Who people are, as Slack says it: what is remembered, what counts as no, and whom Slack's answer means."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_directory import REMEMBERED_SECONDS, SlackDirectory, staff_member
from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import StaffId, WorkspaceId
from bot.manifest import manifest
from bot.playground.practice import ANA, CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack

WORKSPACE = WorkspaceId("T0KINWARD")
ANAS_ID = StaffId(ANA.id)


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@asynccontextmanager
async def directory(monotonic: Callable[[], float]) -> AsyncIterator[tuple[LocalSlack, SlackDirectory]]:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS)
    await slack.start()
    try:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        yield slack, SlackDirectory(client, monotonic=monotonic)
    finally:
        await slack.stop()


def asked(slack: LocalSlack) -> int:
    return len(slack.traffic.calls("users.info"))


async def test_an_answer_counts_for_a_while_and_no_longer() -> None:
    watch = Watch()
    async with directory(watch) as (slack, known):
        assert (await known.member(ANAS_ID)).name == "Ana Ruiz"
        slack.hub.workspace.people[ANA.id] = replace(ANA, is_restricted=True)
        watch.seconds += REMEMBERED_SECONDS - 1
        assert not (await known.member(ANAS_ID)).is_guest
        assert asked(slack) == 1
        watch.seconds += 1
        assert (await known.member(ANAS_ID)).is_guest
        assert asked(slack) == 2


async def test_what_is_forgotten_is_asked_anew() -> None:
    async with directory(Watch()) as (slack, known):
        await known.member(ANAS_ID)
        known.forget(ANAS_ID)
        known.forget(StaffId("U0NOBODY"))
        await known.member(ANAS_ID)
        assert asked(slack) == 2


@pytest.mark.parametrize("error", ["internal_error", "ratelimited", "missing_scope", "invalid_auth"])
async def test_when_slack_cannot_be_asked_nobody_is_let_in(error: str) -> None:
    watch = Watch()
    async with directory(watch) as (slack, known):
        slack.fail_next("users.info", error)
        with pytest.raises(DirectoryUnavailable):
            await known.member(ANAS_ID)
        # The failure is not remembered; and an answer too old does not count in its place.
        await known.member(ANAS_ID)
        watch.seconds += REMEMBERED_SECONDS
        slack.fail_next("users.info", error)
        with pytest.raises(DirectoryUnavailable):
            await known.member(ANAS_ID)


async def test_a_slack_that_is_gone_lets_nobody_in() -> None:
    async with directory(Watch()) as (_, known):
        pass
    with pytest.raises(DirectoryUnavailable):
        await known.member(ANAS_ID)


async def test_whom_slack_does_not_know_or_show_is_not_found() -> None:
    async with directory(Watch()) as (slack, known):
        with pytest.raises(NotFound):
            await known.member(StaffId("U0NOBODY"))
        slack.fail_next("users.info", "user_not_visible")
        with pytest.raises(NotFound):
            await known.member(ANAS_ID)


FULL = {"id": "U1", "team_id": WORKSPACE, "name": "ana", "profile": {"real_name": "Ana Ruiz"}}


@pytest.mark.parametrize(
    ("user", "is_full"),
    [
        (FULL, True),
        ({**FULL, "is_admin": True, "is_app_user": True}, True),
        ({**FULL, "is_restricted": True}, False),
        ({**FULL, "is_ultra_restricted": True}, False),
        ({**FULL, "is_stranger": True}, False),
        ({**FULL, "is_bot": True}, False),
        ({**FULL, "is_workflow_bot": True}, False),
        ({**FULL, "is_connector_bot": True}, False),
        ({**FULL, "id": "USLACKBOT"}, False),
        ({**FULL, "deleted": True}, False),
        ({**FULL, "is_invited_user": True}, False),
        ({**FULL, "team_id": "T0OTHER"}, False),
        ({"id": "U1"}, False),
        ({**FULL, "team_id": "E1", "enterprise_user": {"teams": ["T0OTHER", WORKSPACE]}}, True),
        ({**FULL, "team_id": "E1", "enterprise_user": {"teams": ["T0OTHER"]}}, False),
        ({**FULL, "team_id": "E1", "enterprise_user": {}}, False),
        ({**FULL, "team_id": "E1", "enterprise_user": None}, False),
    ],
)
def test_who_is_a_full_member(user: dict[str, object], is_full: bool) -> None:  # noqa: FBT001 - a case
    assert staff_member(user).is_full_member_of(WORKSPACE) is is_full


@pytest.mark.parametrize(
    ("user", "name"),
    [
        (FULL, "Ana Ruiz"),
        ({**FULL, "profile": {"real_name": ""}, "real_name": "Ana R."}, "Ana R."),
        ({**FULL, "profile": None}, "ana"),
        ({"id": "U1"}, "U1"),
    ],
)
def test_a_name_is_found_wherever_slack_puts_it(user: dict[str, object], name: str) -> None:
    assert staff_member(user).name == name
