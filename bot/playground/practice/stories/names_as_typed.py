"""Names that have to come out as they were typed: marks, scripts, directions, lengths."""

from datetime import date

from bot.domain.kinship import Word
from bot.domain.person import PersonDetails
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="marks_in_a_name",
        title="Names with marks that mean something elsewhere",
        told="DeShawn *DJ* Carter_Hill, Anne~Marie <Nan> O'Neil & Sons, a name with code marks and one with "
        "a rainbow: each is shown exactly as it was typed.",
        own_ids=("K-1080", "K-1081", "K-1082", "K-1083"),
    ),
    Story(
        key="right_to_left",
        title="Names written from right to left",
        told="Layla and Naama are written in their own scripts, next to birth years that are not.",
        own_ids=("K-1084", "K-1085"),
    ),
    Story(
        key="long_name",
        title="A very long name",
        told="Maximiliana's name is longer than an option of a list may be. It is cut there and whole on "
        "her card.",
        own_ids=("K-1086",),
    ),
    Story(
        key="accents",
        title="Found without accents",
        told="Type obrien and find Siobhán O'Brien; type zoe and find Zoë; type lukasz and find Łukasz.",
        own_ids=("K-1087", "K-1088", "K-1089"),
    ),
    Story(
        key="one_name",
        title="One name, and one with many parts",
        told="Wayan's father gave him one name; Ana Clara has four surnames and a particle.",
        own_ids=("K-1090", "K-1091"),
    ),
)

VERY_LONG = "Maximiliana Alexandrina Philippa Josephine Charlotte Wilhelmine Friederike"
VERY_LONG_SURNAME = (
    "von und zu Hohenlindenbach-Waldsteinburg-Rauschenberg auf Niederkirchenfels und Oberkaltenbrunn "
    "genannt Sternbergerhof"
)


def write(book: PracticeBook, _today: date) -> None:
    """Write the chapter."""
    deshawn = book.client("DeShawn *DJ*", "Carter_Hill", date(1994, 4, 1), own_id="K-1080")
    anne = book.client("Anne~Marie <Nan>", "O'Neil & Sons", date(1962, 7, 4), own_id="K-1081")
    book.link(deshawn, anne, related(Word.GRANDMOTHER), seen=Seen(emergency=True))
    book.client("`Code`", "{Marks} [@here] :tada:", date(1999, 9, 9), own_id="K-1082")
    book.client(
        "Skye \N{RAINBOW}", "Jensen", date(2003, 6, 28), own_id="K-1083", preferred_name="\N{RAINBOW}"
    )
    layla = book.client("ليلى", "حدّاد", date(1988, 1, 6), own_id="K-1084", email="layla.h@example.com")
    book.contact(
        layla,
        PersonDetails(first_name="عمر", last_name="حدّاد", phones=(book.phone(),), language="Arabic"),
        related(Word.BROTHER),
        seen=Seen(emergency=True),
    )
    book.client("נעמה", "בן־דוד", date(1975, 12, 30), own_id="K-1085", email="naama@example.org")
    book.client(VERY_LONG, VERY_LONG_SURNAME, date(1957, 11, 11), own_id="K-1086")
    siobhan = book.client("Siobhán", "O'Brien-Ní Dhomhnaill", date(1990, 2, 1), own_id="K-1087")
    zoe = book.client("Zoë", "D'Angelo", date(1992, 8, 14), own_id="K-1088")
    book.client("Łukasz", "Wiśniewski-Żółć", date(1985, 5, 5), own_id="K-1089")
    book.link(siobhan, zoe, related(Word.WIFE, Word.WIFE))
    book.client("Wayan", "", date(1968, 3, 21), own_id="K-1090")
    book.client("Ana Clara", "dos Santos e Silva de Albuquerque", date(2000, 10, 31), own_id="K-1091")
