"""Children and teenagers: guardians with and without papers, and one who comes of age soon."""

from datetime import date, timedelta

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import PhoneLabel
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything, only
from bot.playground.practice.stories.story import Story

DAYS_UNTIL_OF_AGE = 50

STORIES = (
    Story(
        key="seventeen",
        title="Seventeen, and of age in seven weeks",
        told="Jayden Brooks' e-mails go to his mother because he is a minor. Soon that reason ends.",
        own_ids=("K-1030", "K-1031"),
    ),
    Story(
        key="grandparents_as_guardians",
        title="Grandparents as legal guardians",
        told="Tyler Dawson lives with his grandparents, who are his legal guardians by order of a court. "
        "Relationship and role are two things on the card.",
        own_ids=("K-1032", "K-1033"),
    ),
    Story(
        key="twins",
        title="Twins",
        told="Amara and Zuri Mwangi share a birthday and a surname. Their mother is linked to Amara only.",
        own_ids=("K-1034", "K-1035", "K-1036"),
    ),
    Story(
        key="guardian_ad_litem",
        title="A child with professionals around",
        told="Nia Holloway's family list has a guardian ad litem, a case worker, a teacher, and foster "
        "parents who decide nothing without a paper.",
        own_ids=("K-1037",),
    ),
)


def birthday_of_age_in(days: int, today: date) -> date:
    """Return the birth date of somebody who turns eighteen that many days after `today`."""
    eighteenth = today + timedelta(days=days)
    # The one date that has no counterpart eighteen years before; of age on 1 March then (R62).
    if (eighteenth.month, eighteenth.day) == (2, 29):
        eighteenth += timedelta(days=1)
    return eighteenth.replace(year=eighteenth.year - 18)


def write(book: PracticeBook, today: date) -> None:
    """Write the chapter."""
    _jayden(book, today)
    _tyler(book, today)
    _twins(book)
    _nia(book)


def _jayden(book: PracticeBook, today: date) -> None:
    jayden = book.client("Jayden", "Brooks", birthday_of_age_in(DAYS_UNTIL_OF_AGE, today), own_id="K-1030")
    denise = book.client("Denise", "Brooks", date(1981, 7, 12), own_id="K-1031")
    book.link(
        jayden,
        denise,
        related(Word.MOTHER, Word.SON),
        seen=Seen(
            emergency=True,
            roles=(RoleHeld(role=Role.PAYER),),
            sharing=everything(Basis.PARENT_OF_MINOR),
        ),
    )


def _tyler(book: PracticeBook, today: date) -> None:
    order = RoleHeld(
        role=Role.LEGAL_GUARDIAN,
        document="Order of guardianship 24-PR-0117",
        valid_from=date(2024, 2, 1),
        valid_until=date(today.year + 6, 1, 31),
    )
    tyler = book.client("Tyler", "Dawson", date(2014, 11, 5), own_id="K-1032", email=None, phones=())
    lorraine = book.client("Lorraine", "Dawson", date(1956, 12, 24), own_id="K-1033")
    book.link(
        tyler,
        lorraine,
        related(Word.GRANDMOTHER),
        seen=Seen(emergency=True, roles=(order,), sharing=everything(Basis.PARENT_OF_MINOR)),
    )
    book.contact(
        tyler,
        PersonDetails(
            first_name="Earl",
            last_name="Dawson",
            phones=(book.phone(PhoneLabel.HOME), book.phone(PhoneLabel.MOBILE)),
        ),
        related(Word.GRANDFATHER),
        seen=Seen(emergency=True, roles=(order,)),
    )
    book.contact(
        tyler,
        PersonDetails(first_name="Crystal", last_name="Dawson", email="crystal.dawson@example.net"),
        related(Word.NATURAL_MOTHER),
    )


def _twins(book: PracticeBook) -> None:
    amara = book.client("Amara", "Mwangi", date(2013, 2, 28), own_id="K-1034", email=None, phones=())
    zuri = book.client("Zuri", "Mwangi", date(2013, 2, 28), own_id="K-1035", email=None, phones=())
    wanjiru = book.client("Wanjiru", "Mwangi", date(1985, 5, 19), own_id="K-1036")
    book.link(amara, zuri, related(Word.TWIN))
    book.link(
        amara,
        wanjiru,
        related(Word.MOTHER, Word.DAUGHTER),
        seen=Seen(emergency=True, sharing=everything(Basis.PARENT_OF_MINOR)),
    )


def _nia(book: PracticeBook) -> None:
    nia = book.client("Nia", "Holloway", date(2016, 8, 20), own_id="K-1037", email=None, phones=())
    foster = RoleHeld(role=Role.CAREGIVER)
    for first_name, word in (("Bettina", Word.FOSTER_MOTHER), ("Carl", Word.FOSTER_FATHER)):
        book.contact(
            nia,
            PersonDetails(
                first_name=first_name,
                last_name="Osterman",
                email=f"{first_name.lower()}.osterman@example.com",
                phones=(book.phone(),),
            ),
            related(word),
            seen=Seen(emergency=True, roles=(foster,)),
        )
    book.contact(
        nia,
        PersonDetails(
            first_name="Imani",
            last_name="Blackwell",
            email="i.blackwell@example.org",
            phones=(book.phone(PhoneLabel.WORK),),
        ),
        related(Kinship.PROFESSIONAL),
        seen=Seen(
            roles=(RoleHeld(role=Role.GUARDIAN_AD_LITEM, document="Appointment of 3 June"),),
            sharing=only(Basis.PERSONAL_REPRESENTATIVE, Category.APPOINTMENTS),
        ),
    )
    for first_name, last_name, own_words, inverse_words in (
        ("Marcus", "Delgado", "case worker", "child in his care"),
        ("Ellen", "Faraday", "class teacher", "pupil"),
    ):
        book.contact(
            nia,
            PersonDetails(first_name=first_name, last_name=last_name, phones=(book.phone(PhoneLabel.WORK),)),
            related(Kinship.OTHER, own_words=own_words, inverse_words=inverse_words),
        )
