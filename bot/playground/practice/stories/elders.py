"""Old age and absence: the deceased, the archived, and those who speak for somebody."""

from datetime import date

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="deceased",
        title="A client who has died",
        told="Eleanor Marsh died last spring. Her husband Cyril keeps her on his card; no picker offers her.",
        own_ids=("K-1070", "K-1071"),
    ),
    Story(
        key="archived",
        title="A client who no longer comes",
        told="Peter Novak is archived. He can still be found, after everybody who comes.",
        own_ids=("K-1072",),
    ),
    Story(
        key="proxy",
        title="Somebody else decides",
        told="Agnes Thorne's nephew holds her health-care proxy, and her neighbor is called first.",
        own_ids=("K-1073",),
    ),
    Story(
        key="numbers_as_given",
        title="Numbers as they were given",
        told="Otis Greer has five numbers, one with an extension and one that is a sentence. Each is shown "
        "as it was given.",
        own_ids=("K-1074",),
    ),
    Story(
        key="little_known",
        title="Hardly anything known",
        told="Of Sasha no surname, birth date, phone or address is known.",
        own_ids=("K-1075",),
    ),
)


def write(book: PracticeBook, today: date) -> None:
    """Write the chapter."""
    cyril = book.client("Cyril", "Marsh", date(1943, 5, 5), own_id="K-1070")
    eleanor = book.client(
        "Eleanor", "Marsh", date(1945, 2, 2), own_id="K-1071", died=date(today.year - 1, 4, 19)
    )
    book.link(cyril, eleanor, related(Word.WIFE, Word.HUSBAND))
    book.contact(
        cyril,
        PersonDetails(
            first_name="Joanna", last_name="Marsh", email="joanna.marsh@example.org", phones=(book.phone(),)
        ),
        related(Word.DAUGHTER),
        seen=Seen(emergency=True, sharing=everything(Basis.CLIENT_AGREED_VERBALLY)),
    )
    peter = book.client("Peter", "Novak", date(1971, 9, 17), own_id="K-1072", archived=True)
    eva = book.client("Eva", "Novak", date(1973, 3, 28))
    book.link(eva, peter, related(Word.BROTHER, Word.SISTER))
    _agnes(book)
    _otis(book)
    book.client("Sasha", "", None, own_id="K-1075", email=None, phones=())


def _agnes(book: PracticeBook) -> None:
    agnes = book.client("Agnes", "Thorne", date(1936, 12, 6), own_id="K-1073", email=None)
    book.contact(
        agnes,
        PersonDetails(first_name="Rosa", last_name="Calabrese", phones=(book.phone(PhoneLabel.HOME),)),
        related(Kinship.NEIGHBOR),
        seen=Seen(emergency=True),
    )
    book.contact(
        agnes,
        PersonDetails(
            first_name="Julian", last_name="Thorne", email="julian.thorne@example.net", phones=(book.phone(),)
        ),
        related(Word.NEPHEW),
        seen=Seen(
            emergency=True,
            roles=(
                RoleHeld(role=Role.HEALTHCARE_PROXY, document="Durable power of attorney, 2021"),
                RoleHeld(role=Role.NEXT_OF_KIN),
            ),
            sharing=everything(Basis.PERSONAL_REPRESENTATIVE),
        ),
    )


def _otis(book: PracticeBook) -> None:
    extension = f"{book.phone().number} ext. 12"
    book.client(
        "Otis",
        "Greer",
        date(1959, 6, 30),
        own_id="K-1074",
        phones=(
            book.phone(PhoneLabel.MOBILE),
            book.phone(PhoneLabel.HOME),
            Phone(number=extension, label=PhoneLabel.WORK),
            Phone(number="desk 104 of the home, ask for Mona", label=PhoneLabel.OTHER),
            book.phone(PhoneLabel.OTHER),
        ),
    )
