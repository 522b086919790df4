"""How calls to Slack are written, and that nothing of what they say is written anywhere else."""

import json
import logging

import pytest

from bot.adapters.slack_calls import CALL_LIMITS, slack_client
from bot.adapters.slack_session import slack_session, written
from bot.manifest import manifest
from bot.playground.practice import ANA, CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack
from tests.office import PATIENT


@pytest.mark.parametrize("text", ["Mía López", "half a character: \ud83d", "\N{GRINNING FACE}", ""])
def test_any_text_can_be_written(text: str) -> None:
    assert json.loads(written({"text": text, "blocks": (1, True, None)})) == {
        "text": text,
        "blocks": [1, True, None],
    }


async def test_a_call_and_its_answer_are_not_written_out_for_a_log(caplog: pytest.LogCaptureFixture) -> None:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS, timing=PATIENT)
    await slack.start()
    try:
        async with slack_session(CALL_LIMITS) as session:
            client = slack_client(slack.bot_token, base_url=slack.api_url)
            client.session = session
            with caplog.at_level(logging.DEBUG, logger="slack_sdk"):
                opened = await client.conversations_open(users=ANA.id)
                said = await client.chat_postMessage(channel=opened["channel"]["id"], text="Mía López")
            assert said["message"]["text"] == "Mía López"
    finally:
        await slack.stop()
    assert "López" not in caplog.text
