"""People of the same name, told apart by their birth year and own id."""

from datetime import date

from bot.domain.kinship import Word
from bot.domain.person import PersonDetails
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="namesakes",
        title="Four people called Maria Lopez",
        told="Look for Lopez: the list tells the four apart by birth year, and where two were born in the "
        "same year, by own id. Nothing opens by itself for a name that several have.",
        own_ids=("K-1041", "K-1042", "K-1043", "K-1044"),
    ),
    Story(
        key="same_year",
        title="Namesakes of the same year",
        told="Two of the four were born in 1984. Only the own id helps.",
        own_ids=("K-1042", "K-1043"),
    ),
)


def write(book: PracticeBook, _today: date) -> None:
    """Write the chapter."""
    eldest = book.client("Maria", "Lopez", date(1951, 8, 15), own_id="K-1041")
    maria = book.client("Maria", "Lopez", date(1984, 3, 2), own_id="K-1042")
    book.client("María", "López", date(1984, 10, 21), own_id="K-1043", preferred_name="Mari")
    youngest = book.client("Maria", "Lopez", date(2009, 1, 9), own_id="K-1044", email=None, phones=())
    diego = book.client("Diego", "Lopez", date(2012, 7, 26), email=None, phones=())

    book.link(maria, diego, related(Word.SON, Word.MOTHER), seen_back=Seen(emergency=True))
    book.link(maria, eldest, related(Word.MOTHER_IN_LAW), seen=Seen(emergency=True))
    book.link(youngest, eldest, related(Word.GRANDMOTHER), seen=Seen(emergency=True))
    book.contact(
        "K-1043",
        PersonDetails(
            first_name="Maria",
            last_name="Lopez",
            email="maria.lopez.senior@example.net",
            phones=(book.phone(),),
            language="Spanish",
        ),
        related(Word.MOTHER),
        seen=Seen(emergency=True),
    )
