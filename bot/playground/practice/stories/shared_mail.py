"""Addresses: one that a whole family uses, none at all, and mail that goes to somebody else."""

from datetime import date, timedelta

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything, only
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="shared_address",
        title="A family with one address",
        told="The Fitzgeralds read their mail together. Their cards say that one login may open each "
        "other's accounts; give one of them an address of their own and the notice goes.",
        own_ids=("K-1020", "K-1021", "K-1022"),
    ),
    Story(
        key="no_address",
        title="Somebody without e-mail",
        told="Walter Brandt has no address, and his daughter receives what would go to him. Sharing "
        "Heike's e-mails with Walter is refused: there is nowhere to send them.",
        own_ids=("K-1023", "K-1024"),
    ),
    Story(
        key="authorization",
        title="Sharing that ends on a day",
        told="Simone Baptiste has authorized her lawyer to receive receipts for three months.",
        own_ids=("K-1025",),
    ),
    Story(
        key="part_of_the_mail",
        title="Only some of the e-mails",
        told="Owen Gallagher's payer gets payments and Superbills, his sister the appointments. "
        "Superbills carry diagnosis codes, and his card says so.",
        own_ids=("K-1026", "K-1027"),
    ),
)

_FITZGERALD = "fitzgerald.family@example.com"


def write(book: PracticeBook, today: date) -> None:
    """Write the chapter."""
    _one_address(book)
    _no_address(book)
    book.client("Simone", "Baptiste", date(1969, 5, 27), own_id="K-1025")
    book.contact(
        "K-1025",
        PersonDetails(
            first_name="Marguerite",
            last_name="Oyelaran",
            email="m.oyelaran.law@example.org",
            phones=(book.phone(),),
        ),
        related(Kinship.PROFESSIONAL),
        seen=Seen(sharing=only(Basis.AUTHORIZATION, Category.PAYMENTS, until=today + timedelta(days=90))),
    )
    _some_of_it(book)


def _one_address(book: PracticeBook) -> None:
    home = (book.phone(),)
    maeve = book.client(
        "Maeve", "Fitzgerald", date(1978, 9, 9), own_id="K-1020", email=_FITZGERALD, phones=home
    )
    conor = book.client(
        "Conor", "Fitzgerald", date(1976, 1, 14), own_id="K-1021", email=_FITZGERALD, phones=home
    )
    # The same login, typed another way: capitals do not matter to it.
    finn = book.client(
        "Finn", "Fitzgerald", date(2011, 6, 6), own_id="K-1022", email=_FITZGERALD.title(), phones=()
    )
    book.link(
        maeve,
        conor,
        related(Word.HUSBAND, Word.WIFE),
        seen=Seen(emergency=True),
        seen_back=Seen(emergency=True),
    )
    book.link(finn, maeve, related(Word.MOTHER, Word.SON), seen=Seen(emergency=True))
    book.link(finn, conor, related(Word.FATHER, Word.SON), seen=Seen(emergency=True))


def _no_address(book: PracticeBook) -> None:
    walter = book.client("Walter", "Brandt", date(1938, 10, 2), own_id="K-1023", email=None)
    heike = book.client("Heike", "Brandt", date(1966, 4, 4), own_id="K-1024")
    book.link(
        walter,
        heike,
        related(Word.DAUGHTER, Word.FATHER),
        seen=Seen(
            emergency=True,
            roles=(RoleHeld(role=Role.HEALTHCARE_PROXY, document="Advance directive of 2019"),),
            sharing=everything(Basis.PERSONAL_REPRESENTATIVE),
        ),
    )


def _some_of_it(book: PracticeBook) -> None:
    owen = book.client("Owen", "Gallagher", date(1997, 3, 30), own_id="K-1026")
    sister = book.client("Brigid", "Gallagher", date(1993, 8, 1), own_id="K-1027")
    book.link(
        owen,
        sister,
        related(Word.SISTER, Word.BROTHER),
        seen=Seen(emergency=True, sharing=only(Basis.CLIENT_AGREED_VERBALLY, Category.APPOINTMENTS)),
    )
    book.contact(
        owen,
        PersonDetails(
            first_name="Declan",
            last_name="Gallagher",
            email="declan.gallagher@example.net",
            phones=(book.phone(),),
        ),
        related(Word.FATHER),
        seen=Seen(
            roles=(RoleHeld(role=Role.PAYER),),
            sharing=only(Basis.CLIENT_AGREED_IN_WRITING, Category.PAYMENTS, Category.SUPERBILLS),
        ),
    )
