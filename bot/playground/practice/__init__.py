"""The made-up practice: clients in believable families, and who works there. Nobody in it exists."""

from bot.playground.practice.filling import fill
from bot.playground.practice.made_up import Practice, PracticeBook
from bot.playground.practice.responsible import RESPONSIBLE, KnownStaff, name_responsible
from bot.playground.practice.roster import made_up_practice
from bot.playground.practice.settling import settle
from bot.playground.practice.staff import (
    ANA,
    CHANNELS,
    GROUPS,
    GUEST,
    OFFICER,
    OUTSIDER,
    OWNER,
    PEOPLE,
    THERAPIST,
    VIEWER,
)
from bot.playground.practice.stories import STORIES, Story

__all__ = [
    "ANA",
    "CHANNELS",
    "GROUPS",
    "GUEST",
    "OFFICER",
    "OUTSIDER",
    "OWNER",
    "PEOPLE",
    "RESPONSIBLE",
    "STORIES",
    "THERAPIST",
    "VIEWER",
    "KnownStaff",
    "Practice",
    "PracticeBook",
    "Story",
    "fill",
    "made_up_practice",
    "name_responsible",
    "settle",
]
