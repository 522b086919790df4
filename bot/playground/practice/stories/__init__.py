"""Families written by hand, each with something to try; the rest of the practice is drawn from lists."""

from datetime import date

from bot.playground.practice.made_up import PracticeBook
from bot.playground.practice.stories import (
    at_the_desk,
    elders,
    names_as_typed,
    namesakes,
    several_homes,
    shared_mail,
    under_age,
)
from bot.playground.practice.stories.story import Story

_CHAPTERS = (at_the_desk, namesakes, shared_mail, under_age, several_homes, elders, names_as_typed)

STORIES: tuple[Story, ...] = tuple(story for chapter in _CHAPTERS for story in chapter.STORIES)
"""What can be tried, in the order in which somebody new would."""


def write_stories(book: PracticeBook, today: date) -> None:
    """Write every chapter into the book; a few dates count from `today`, so that a story stays true."""
    for chapter in _CHAPTERS:
        chapter.write(book, today)


__all__ = ["STORIES", "Story", "write_stories"]
