"""Families of more than one home: divorced, blended, and one that moved apart."""

from datetime import date

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category
from bot.playground.practice.made_up import PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything, only
from bot.playground.practice.stories.story import Story

STORIES = (
    Story(
        key="divorced",
        title="Divorced parents",
        told="Emma Sorensen's parents are divorced. Both are to be called, and both get the appointments; "
        "the receipts go to her father alone, who pays. The parents are linked as former spouses.",
        own_ids=("K-1050", "K-1051", "K-1052"),
    ),
    Story(
        key="blended",
        title="A blended family",
        told="Camila Rivera and Wei Chen each brought a child and have one together: step-parents, "
        "step-siblings and a half-sibling on both sides.",
        own_ids=("K-1053", "K-1054", "K-1055", "K-1056", "K-1057"),
    ),
    Story(
        key="own_words",
        title="A relationship for which there is no word",
        told="Beatrix Holm is cared for by her grandmother's second husband. The form asks for the words of "
        "both sides.",
        own_ids=("K-1058", "K-1059"),
    ),
    Story(
        key="two_mothers",
        title="Two mothers",
        told="Jules Ferrer has two mothers, one by birth and one by adoption, and a donor whom nobody lists.",
        own_ids=("K-1060", "K-1061", "K-1062"),
    ),
)


def write(book: PracticeBook, _today: date) -> None:
    """Write the chapter."""
    _divorced(book)
    _blended(book)
    beatrix = book.client("Beatrix", "Holm", date(2008, 4, 11), own_id="K-1058")
    arvid = book.client("Arvid", "Sandberg", date(1949, 9, 1), own_id="K-1059")
    book.link(
        beatrix,
        arvid,
        related(
            Kinship.OTHER,
            own_words="grandmother's second husband",
            inverse_words="wife's granddaughter",
        ),
        seen=Seen(emergency=True, roles=(RoleHeld(role=Role.CAREGIVER),)),
    )
    _two_mothers(book)


def _divorced(book: PracticeBook) -> None:
    emma = book.client("Emma", "Sorensen", date(2012, 5, 16), own_id="K-1050", email=None, phones=())
    karen = book.client("Karen", "Lindholm", date(1983, 10, 10), own_id="K-1051")
    erik = book.client("Erik", "Sorensen", date(1980, 6, 25), own_id="K-1052")
    book.link(
        emma,
        karen,
        related(Word.MOTHER, Word.DAUGHTER),
        seen=Seen(emergency=True, sharing=only(Basis.PARENT_OF_MINOR, Category.APPOINTMENTS)),
    )
    book.link(
        emma,
        erik,
        related(Word.FATHER, Word.DAUGHTER),
        seen=Seen(
            emergency=True,
            roles=(RoleHeld(role=Role.PAYER),),
            sharing=only(Basis.PARENT_OF_MINOR, Category.APPOINTMENTS, Category.PAYMENTS),
        ),
    )
    book.link(karen, erik, related(Kinship.FORMER_SPOUSE))
    book.contact(
        emma,
        PersonDetails(
            first_name="Mats", last_name="Lindholm", email="mats.lindholm@example.com", phones=(book.phone(),)
        ),
        related(Word.STEP_FATHER),
    )


def _blended(book: PracticeBook) -> None:
    camila = book.client("Camila", "Rivera", date(1984, 7, 7), own_id="K-1053")
    wei = book.client("Wei", "Chen", date(1981, 2, 18), own_id="K-1054")
    mateo = book.client("Mateo", "Rivera", date(2010, 3, 3), own_id="K-1055", email=None, phones=())
    jia = book.client("Jia", "Chen", date(2011, 12, 12), own_id="K-1056", email=None, phones=())
    baby = book.client("Luna", "Chen-Rivera", date(2022, 9, 29), own_id="K-1057", email=None, phones=())
    called = Seen(emergency=True)
    told = Seen(emergency=True, sharing=everything(Basis.PARENT_OF_MINOR))

    book.link(camila, wei, related(Word.HUSBAND, Word.WIFE), seen=called, seen_back=called)
    book.link(mateo, camila, related(Word.MOTHER, Word.SON), seen=told)
    book.link(mateo, wei, related(Word.STEP_FATHER), seen=called)
    book.link(jia, wei, related(Word.FATHER, Word.DAUGHTER), seen=told)
    book.link(jia, camila, related(Word.STEP_MOTHER), seen=called)
    book.link(mateo, jia, related(Word.STEP_SIBLING))
    book.link(baby, camila, related(Word.MOTHER, Word.DAUGHTER), seen=told)
    book.link(baby, wei, related(Word.FATHER, Word.DAUGHTER), seen=told)
    book.link(baby, mateo, related(Word.HALF_SIBLING))
    book.link(baby, jia, related(Word.HALF_SIBLING))


def _two_mothers(book: PracticeBook) -> None:
    jules = book.client("Jules", "Ferrer", date(2017, 1, 22), own_id="K-1060", email=None, phones=())
    noor = book.client("Noor", "Ferrer", date(1987, 3, 15), own_id="K-1061")
    tess = book.client("Tess", "Ferrer", date(1986, 11, 8), own_id="K-1062")
    told = Seen(emergency=True, sharing=everything(Basis.PARENT_OF_MINOR))
    book.link(jules, noor, related(Word.NATURAL_MOTHER), seen=told)
    book.link(jules, tess, related(Word.ADOPTIVE_MOTHER), seen=told)
    book.link(noor, tess, related(Word.WIFE, Word.WIFE))
