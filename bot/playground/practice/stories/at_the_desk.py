"""A morning at the front desk: one client for each thing the bot is for."""

from datetime import date

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import PhoneLabel
from bot.domain.sharing import Basis, Category
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything, only
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="new_client",
        title="A new client",
        told="Jonathan Reyes was entered last week. Enter him again, born 5 May 1990, and Kinward asks "
        "whether he is the one you mean; with another birth date he is somebody else.",
        own_ids=("K-1001",),
    ),
    Story(
        key="link_existing",
        title="Link a client to one who is known",
        told="Chidi and Adaeze Okafor are married and both come here, but nobody has linked them yet.",
        own_ids=("K-1002", "K-1003"),
    ),
    Story(
        key="link_new",
        title="Link a client to one who is new",
        told="Grace Parker's daughter Lily has her first appointment on Monday and is no client yet. "
        "Link Grace to her, which enters Lily as well.",
        own_ids=("K-1004",),
    ),
    Story(
        key="emergency_contact",
        title="An emergency contact, and one without a phone",
        told="Harold Whitfield lives alone and has nobody to call. His neighbor Doris is there with an "
        "e-mail address only: as an emergency contact she needs a phone number first.",
        own_ids=("K-1005",),
    ),
    Story(
        key="share_each_way",
        title="Share e-mails, each direction on its own",
        told="Minh and Linh Tran are linked and share nothing. Let his e-mails go to her, look at both "
        "cards, then the other way round.",
        own_ids=("K-1006", "K-1007"),
    ),
    Story(
        key="unlink_other_side",
        title="Unlink from the other side",
        told="Dana and Robert Kowalski were linked on Dana's account, and her e-mails go to him. They have "
        "parted: unlink them from Robert's account, and it is gone from hers.",
        own_ids=("K-1008", "K-1009"),
    ),
    Story(
        key="summary",
        title="The summary as a direct message",
        told="Ruth Abernathy has fostered for forty years. Her family is longer than a message can show.",
        own_ids=("K-1010",),
    ),
    Story(
        key="guest",
        title="A guest is refused",
        told="Act as Toby Finch, who is a guest of one channel: every way in is closed to him.",
    ),
)

_FOSTERED = (
    ("Alisha", "Monroe", Word.FOSTER_MOTHER),
    ("Brandon", "Teller", Word.FOSTER_MOTHER),
    ("Cecily", "Drake", Word.FOSTER_MOTHER),
    ("Damian", "Frost", Word.FOSTER_MOTHER),
    ("Elodie", "Garner", Word.FOSTER_MOTHER),
    ("Farid", "Nasser", Word.FOSTER_MOTHER),
    ("Georgia", "Pike", Word.FOSTER_MOTHER),
    ("Hamish", "Rowe", Word.FOSTER_MOTHER),
    ("Isla", "Sutter", Word.FOSTER_MOTHER),
    ("Jerome", "Tully", Word.FOSTER_MOTHER),
    ("Keisha", "Vance", Word.FOSTER_MOTHER),
    ("Lorenzo", "Webb", Word.FOSTER_MOTHER),
    ("Mina", "Yates", Word.ADOPTIVE_MOTHER),
    ("Noel", "Abernathy", Word.ADOPTIVE_MOTHER),
)
_AROUND_RUTH = (
    ("Priya", "Raman", Kinship.PROFESSIONAL),
    ("Glenn", "Otis", Kinship.PROFESSIONAL),
    ("Wilma", "Abernathy", Word.SISTER),
    ("Orson", "Abernathy", Word.BROTHER),
    ("Petra", "Lindgren", Kinship.FRIEND),
    ("Sal", "Ferrante", Kinship.NEIGHBOR),
    ("Thelma", "Ferrante", Kinship.NEIGHBOR),
    ("Ulla", "Berg", Kinship.FRIEND),
    ("Viola", "Abernathy", Word.NIECE),
    ("Quentin", "Abernathy", Word.NEPHEW),
)


def write(book: PracticeBook, _today: date) -> None:
    """Write the chapter."""
    book.client("Jonathan", "Reyes", date(1990, 5, 5), own_id="K-1001", preferred_name="Jon")
    book.client("Chidi", "Okafor", date(1979, 9, 14), own_id="K-1002")
    book.client("Adaeze", "Okafor", date(1982, 1, 30), own_id="K-1003")
    _grace(book)
    book.client("Harold", "Whitfield", date(1947, 3, 8), own_id="K-1005")
    book.contact(
        "K-1005",
        PersonDetails(first_name="Doris", last_name="Blythe", email="doris.blythe@example.org"),
        related(Kinship.NEIGHBOR),
    )
    book.client("Minh", "Tran", date(1974, 6, 2), own_id="K-1006")
    book.client("Linh", "Tran", date(1977, 11, 19), own_id="K-1007")
    book.link("K-1006", "K-1007", related(Word.WIFE, Word.HUSBAND), seen=Seen(emergency=True))
    book.client("Dana", "Kowalski", date(1986, 2, 11), own_id="K-1008")
    book.client("Robert", "Kowalski", date(1984, 8, 23), own_id="K-1009")
    book.link(
        "K-1008",
        "K-1009",
        related(Word.HUSBAND, Word.WIFE),
        seen=Seen(emergency=True, sharing=everything(Basis.CLIENT_AGREED_IN_WRITING)),
        seen_back=Seen(emergency=True),
    )
    _ruth(book)


def _grace(book: PracticeBook) -> None:
    book.client("Grace", "Parker", date(1991, 12, 3), own_id="K-1004")
    book.contact(
        "K-1004",
        PersonDetails(
            first_name="Theo", last_name="Parker", email="theo.parker@example.com", phones=(book.phone(),)
        ),
        related(Word.HUSBAND),
        seen=Seen(emergency=True, sharing=only(Basis.CLIENT_AGREED_VERBALLY, Category.APPOINTMENTS)),
    )


def _ruth(book: PracticeBook) -> None:
    ruth = book.client("Ruth", "Abernathy", date(1950, 4, 17), own_id="K-1010")
    for year, (first_name, last_name, word) in enumerate(_FOSTERED, start=1984):
        fostered = book.client(first_name, last_name, date(year, 1 + year % 12, 1 + year % 28))
        book.link(
            fostered,
            ruth,
            related(word),
            seen=Seen(emergency=True),
            seen_back=Seen(emergency=last_name == "Abernathy"),
        )
    for first_name, last_name, what in _AROUND_RUTH:
        book.contact(
            ruth,
            PersonDetails(first_name=first_name, last_name=last_name, phones=(book.phone(PhoneLabel.HOME),)),
            related(what),
        )
