"""Block Kit as Slack checks it: the specification of each block and element, and the validator over it."""

from bot.playground.slack.block_kit.completed import completed_blocks, completed_view
from bot.playground.slack.block_kit.rules import Problem
from bot.playground.slack.block_kit.surfaces import message_problems, suggestion_problems, view_problems

__all__ = [
    "Problem",
    "completed_blocks",
    "completed_view",
    "message_problems",
    "suggestion_problems",
    "view_problems",
]
