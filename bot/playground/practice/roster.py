"""The whole made-up practice: the stories first, then families from the lists until the house is full."""

from datetime import date

from bot.playground.practice.drawn import write_drawn_families
from bot.playground.practice.made_up import Practice, PracticeBook
from bot.playground.practice.stories import write_stories

CLIENTS_AT_LEAST = 400
# The stories name own ids below; whoever is not named there gets one from here on.
FIRST_OWN_ID_TO_GIVE = 1200


def made_up_practice(today: date) -> Practice:
    """Return the practice: the same for the same day, and all but a few dates the same on every day."""
    book = PracticeBook(first_own_id=FIRST_OWN_ID_TO_GIVE)
    write_stories(book, today)
    write_drawn_families(book, until=CLIENTS_AT_LEAST)
    return book.closed()
