"""What a message holds, checked wherever it comes from: a call, a response_url, the ack of a command."""

import json
from dataclasses import dataclass

from bot.playground.slack.block_kit import completed_blocks, message_problems
from bot.playground.slack.refused import Refused, invalid_blocks
from bot.playground.slack.wire import Json

LONGEST_MESSAGE = 40_000
"""Slack cuts a longer text off; here it is refused, so that nothing is lost unseen."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text and the blocks of a message."""

    text: str
    blocks: list[Json]


def content_of(body: Json) -> Content:
    """Read and check the content of a message.

    Raises:
        Refused: it is empty, too long, or its blocks are not sound.
    """
    text = body.get("text") or ""
    blocks = body.get("blocks") or []
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError:
            raise Refused("invalid_blocks_format") from None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if not isinstance(text, str) or body.get("attachments"):
        raise Refused("invalid_attachments" if body.get("attachments") else "no_text")
    if not text and not blocks:
        raise Refused("no_text")
    if len(text) > LONGEST_MESSAGE:
        raise Refused("msg_too_long")
    problems = message_problems(blocks)
    if problems:
        raise invalid_blocks(problems)
    return Content(text, completed_blocks(blocks))
