"""A local Slack, as strict as Slack itself, for the playground and the tests."""

from bot.playground.slack.local_slack import LocalSlack, Timing
from bot.playground.slack.people import Channel, Person, UserGroup
from bot.playground.slack.traffic import Refusal

__all__ = ["Channel", "LocalSlack", "Person", "Refusal", "Timing", "UserGroup"]
