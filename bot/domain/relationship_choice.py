"""What a form says of a relationship, before it is checked."""

from dataclasses import dataclass

from bot.domain.kinship import Kinship, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipChoice:
    """The relationship as chosen: "X is the ___ of the client".

    `own_words` and `inverse_words` are typed where the kind is `OTHER`: what X is to the client, and what
    the client is to X. `inverse_word` is the word chosen for the other side of a link, None for neutral.
    """

    kinship: Kinship = Kinship.NOT_STATED
    word: Word | None = None
    own_words: str = ""
    inverse_words: str = ""
    inverse_word: Word | None = None
