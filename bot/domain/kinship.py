"""Relationship kinds, their inverse, the words people use for them, and their HL7 codes.

One key is stored for "X is the ___ of the client"; the other side shows the inverse (R10).
The keys are gender-neutral; the words (mother, father, parent) are what the picker offers.
Codes: http://terminology.hl7.org/CodeSystem/v3-RoleCode, where the player is the relative.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import tidy

MAX_OWN_WORD_LENGTH = 60
"""Long enough for "grandmother's second husband", short enough for one line of a card."""


class Kinship(StrEnum):
    """What the related person is to the client."""

    NOT_STATED = "not_stated"
    PARENT = "parent"
    CHILD = "child"
    NATURAL_PARENT = "natural_parent"
    NATURAL_CHILD = "natural_child"
    ADOPTIVE_PARENT = "adoptive_parent"
    ADOPTED_CHILD = "adopted_child"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    FOSTER_PARENT = "foster_parent"
    FOSTER_CHILD = "foster_child"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    AUNT_UNCLE = "aunt_uncle"
    NIECE_NEPHEW = "niece_nephew"
    COUSIN = "cousin"
    SPOUSE = "spouse"
    DOMESTIC_PARTNER = "domestic_partner"
    SIGNIFICANT_OTHER = "significant_other"
    FORMER_SPOUSE = "former_spouse"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    OTHER_FAMILY = "other_family"
    FRIEND = "friend"
    NEIGHBOR = "neighbor"
    ROOMMATE = "roommate"
    PROFESSIONAL = "professional"
    PROFESSIONAL_CLIENT = "professional_client"
    OTHER = "other"


class Word(StrEnum):
    """The word chosen for display, where the neutral one would not be what people say."""

    MOTHER = "mother"
    FATHER = "father"
    DAUGHTER = "daughter"
    SON = "son"
    NATURAL_MOTHER = "natural_mother"
    NATURAL_FATHER = "natural_father"
    NATURAL_DAUGHTER = "natural_daughter"
    NATURAL_SON = "natural_son"
    ADOPTIVE_MOTHER = "adoptive_mother"
    ADOPTIVE_FATHER = "adoptive_father"
    STEP_MOTHER = "step_mother"
    STEP_FATHER = "step_father"
    FOSTER_MOTHER = "foster_mother"
    FOSTER_FATHER = "foster_father"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    SISTER = "sister"
    BROTHER = "brother"
    HALF_SIBLING = "half_sibling"
    STEP_SIBLING = "step_sibling"
    TWIN = "twin"
    AUNT = "aunt"
    UNCLE = "uncle"
    NIECE = "niece"
    NEPHEW = "nephew"
    WIFE = "wife"
    HUSBAND = "husband"
    MOTHER_IN_LAW = "mother_in_law"
    FATHER_IN_LAW = "father_in_law"
    DAUGHTER_IN_LAW = "daughter_in_law"
    SON_IN_LAW = "son_in_law"


_PAIRS = (
    (Kinship.PARENT, Kinship.CHILD),
    (Kinship.NATURAL_PARENT, Kinship.NATURAL_CHILD),
    (Kinship.ADOPTIVE_PARENT, Kinship.ADOPTED_CHILD),
    (Kinship.STEP_PARENT, Kinship.STEP_CHILD),
    (Kinship.FOSTER_PARENT, Kinship.FOSTER_CHILD),
    (Kinship.GRANDPARENT, Kinship.GRANDCHILD),
    (Kinship.AUNT_UNCLE, Kinship.NIECE_NEPHEW),
    (Kinship.PARENT_IN_LAW, Kinship.CHILD_IN_LAW),
    (Kinship.PROFESSIONAL, Kinship.PROFESSIONAL_CLIENT),
)
_INVERSE = dict(_PAIRS) | {other: one for one, other in _PAIRS}

_KINSHIP_OF_WORD = {
    Word.MOTHER: Kinship.PARENT,
    Word.FATHER: Kinship.PARENT,
    Word.DAUGHTER: Kinship.CHILD,
    Word.SON: Kinship.CHILD,
    Word.NATURAL_MOTHER: Kinship.NATURAL_PARENT,
    Word.NATURAL_FATHER: Kinship.NATURAL_PARENT,
    Word.NATURAL_DAUGHTER: Kinship.NATURAL_CHILD,
    Word.NATURAL_SON: Kinship.NATURAL_CHILD,
    Word.ADOPTIVE_MOTHER: Kinship.ADOPTIVE_PARENT,
    Word.ADOPTIVE_FATHER: Kinship.ADOPTIVE_PARENT,
    Word.STEP_MOTHER: Kinship.STEP_PARENT,
    Word.STEP_FATHER: Kinship.STEP_PARENT,
    Word.FOSTER_MOTHER: Kinship.FOSTER_PARENT,
    Word.FOSTER_FATHER: Kinship.FOSTER_PARENT,
    Word.GRANDMOTHER: Kinship.GRANDPARENT,
    Word.GRANDFATHER: Kinship.GRANDPARENT,
    Word.SISTER: Kinship.SIBLING,
    Word.BROTHER: Kinship.SIBLING,
    Word.HALF_SIBLING: Kinship.SIBLING,
    Word.STEP_SIBLING: Kinship.SIBLING,
    Word.TWIN: Kinship.SIBLING,
    Word.AUNT: Kinship.AUNT_UNCLE,
    Word.UNCLE: Kinship.AUNT_UNCLE,
    Word.NIECE: Kinship.NIECE_NEPHEW,
    Word.NEPHEW: Kinship.NIECE_NEPHEW,
    Word.WIFE: Kinship.SPOUSE,
    Word.HUSBAND: Kinship.SPOUSE,
    Word.MOTHER_IN_LAW: Kinship.PARENT_IN_LAW,
    Word.FATHER_IN_LAW: Kinship.PARENT_IN_LAW,
    Word.DAUGHTER_IN_LAW: Kinship.CHILD_IN_LAW,
    Word.SON_IN_LAW: Kinship.CHILD_IN_LAW,
}

# These words say the same from both sides; the others give the neutral inverse until somebody chooses.
_MUTUAL_WORDS = frozenset({Word.HALF_SIBLING, Word.STEP_SIBLING, Word.TWIN})

CODE_OF_KINSHIP = {
    Kinship.PARENT: "PRN",
    Kinship.CHILD: "CHILD",
    Kinship.NATURAL_PARENT: "NPRN",
    Kinship.NATURAL_CHILD: "NCHILD",
    Kinship.ADOPTIVE_PARENT: "ADOPTP",
    Kinship.ADOPTED_CHILD: "CHLDADOPT",
    Kinship.STEP_PARENT: "STPPRN",
    Kinship.STEP_CHILD: "STPCHLD",
    Kinship.FOSTER_PARENT: "PRNFOST",
    Kinship.FOSTER_CHILD: "CHLDFOST",
    Kinship.GRANDPARENT: "GRPRN",
    Kinship.GRANDCHILD: "GRNDCHILD",
    Kinship.SIBLING: "SIB",
    Kinship.AUNT_UNCLE: "EXT",
    Kinship.NIECE_NEPHEW: "NIENEPH",
    Kinship.COUSIN: "COUSN",
    Kinship.SPOUSE: "SPS",
    Kinship.DOMESTIC_PARTNER: "DOMPART",
    Kinship.SIGNIFICANT_OTHER: "SIGOTHR",
    Kinship.FORMER_SPOUSE: "FMRSPS",
    Kinship.PARENT_IN_LAW: "PRNINLAW",
    Kinship.CHILD_IN_LAW: "CHLDINLAW",
    Kinship.SIBLING_IN_LAW: "SIBINLAW",
    Kinship.OTHER_FAMILY: "FAMMEMB",
    Kinship.FRIEND: "FRND",
    Kinship.NEIGHBOR: "NBOR",
    Kinship.ROOMMATE: "ROOM",
}
"""v3-RoleCode of each kind that has one; the others are exported as text."""

CODE_OF_WORD = {
    Word.MOTHER: "MTH",
    Word.FATHER: "FTH",
    Word.DAUGHTER: "DAUC",
    Word.SON: "SONC",
    Word.NATURAL_MOTHER: "NMTH",
    Word.NATURAL_FATHER: "NFTH",
    Word.NATURAL_DAUGHTER: "DAU",
    Word.NATURAL_SON: "SON",
    Word.ADOPTIVE_MOTHER: "ADOPTM",
    Word.ADOPTIVE_FATHER: "ADOPTF",
    Word.STEP_MOTHER: "STPMTH",
    Word.STEP_FATHER: "STPFTH",
    Word.FOSTER_MOTHER: "MTHFOST",
    Word.FOSTER_FATHER: "FTHFOST",
    Word.GRANDMOTHER: "GRMTH",
    Word.GRANDFATHER: "GRFTH",
    Word.SISTER: "SIS",
    Word.BROTHER: "BRO",
    Word.HALF_SIBLING: "HSIB",
    Word.STEP_SIBLING: "STPSIB",
    Word.TWIN: "TWIN",
    Word.AUNT: "AUNT",
    Word.UNCLE: "UNCLE",
    Word.NIECE: "NIECE",
    Word.NEPHEW: "NEPHEW",
    Word.WIFE: "WIFE",
    Word.HUSBAND: "HUSB",
    Word.MOTHER_IN_LAW: "MTHINLAW",
    Word.FATHER_IN_LAW: "FTHINLAW",
    Word.DAUGHTER_IN_LAW: "DAUINLAW",
    Word.SON_IN_LAW: "SONINLAW",
}
"""v3-RoleCode of each word; a relative is exported under the narrower code where one was chosen."""


def inverse(kinship: Kinship) -> Kinship:
    """Return what the client is to the related person; symmetric kinds map to themselves."""
    return _INVERSE.get(kinship, kinship)


def is_symmetric(kinship: Kinship) -> bool:
    """Say whether both sides use the same kind."""
    return inverse(kinship) is kinship


def kinship_of(word: Word) -> Kinship:
    """Return the kind that a word is stored under."""
    return _KINSHIP_OF_WORD[word]


def words_of(kinship: Kinship) -> tuple[Word, ...]:
    """Return the words offered for a kind, in the order of the list of words."""
    return tuple(word for word in Word if _KINSHIP_OF_WORD[word] is kinship)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the related person is to the client: a kind, perhaps a word for it, perhaps own words.

    Raises:
        ValueError: when the word belongs to another kind, or own words stand anywhere but at `OTHER`.
    """

    kinship: Kinship = Kinship.NOT_STATED
    word: Word | None = None
    own_words: str = ""

    def __post_init__(self) -> None:
        if self.word is not None and kinship_of(self.word) is not self.kinship:
            raise ValueError("the word belongs to another kind of relationship")
        if bool(self.own_words) != (self.kinship is Kinship.OTHER):
            raise ValueError("own words belong to the kind 'other', which needs them")

    @classmethod
    def of_word(cls, word: Word) -> "Label":
        """Return the label under which a word is stored."""
        return cls(kinship=kinship_of(word), word=word)

    @classmethod
    def in_own_words(cls, own_words: str) -> "Label":
        """Return a label of the kind `OTHER` with the staff's own words."""
        return cls(kinship=Kinship.OTHER, own_words=tidy(own_words))

    def seen_from_the_other_side(self, *, own_words: str = "") -> "Label":
        """Return the inverse label (R10): neutral, unless the word says the same from both sides.

        Args:
            own_words: what the client is to the related person, needed where the kind is `OTHER`.
        """
        if self.kinship is Kinship.OTHER:
            return Label.in_own_words(own_words)
        word = self.word if self.word in _MUTUAL_WORDS else None
        return Label(kinship=inverse(self.kinship), word=word)
