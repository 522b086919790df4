"""The relationship in a form: "X is the ___ of the client", own words where no word fits."""

from bot.domain.kinship import MAX_OWN_WORD_LENGTH, Kinship, Label, Word, inverse, kinship_of, words_of
from bot.domain.relationship_choice import RelationshipChoice
from bot.views.blocks import Choice, ChoiceGroup, Input, Json, OptionGroups
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.sentences import say
from bot.views.wording import as_sentence

_KIND, _WORD = "k:", "w:"

# The order in which a person at the desk looks for a word; every kind and word stands here once.
_GROUPS: tuple[tuple[str, tuple[Kinship | Word, ...]], ...] = (
    (
        "relationship.group.parents",
        (Word.MOTHER, Word.FATHER, Kinship.PARENT, Word.DAUGHTER, Word.SON, Kinship.CHILD),
    ),
    (
        "relationship.group.siblings",
        (Word.SISTER, Word.BROTHER, Kinship.SIBLING, Word.TWIN, Word.HALF_SIBLING, Word.STEP_SIBLING),
    ),
    (
        "relationship.group.partners",
        (
            Word.WIFE,
            Word.HUSBAND,
            Kinship.SPOUSE,
            Kinship.DOMESTIC_PARTNER,
            Kinship.SIGNIFICANT_OTHER,
            Kinship.FORMER_SPOUSE,
        ),
    ),
    (
        "relationship.group.grandparents",
        (Word.GRANDMOTHER, Word.GRANDFATHER, Kinship.GRANDPARENT, Kinship.GRANDCHILD),
    ),
    (
        "relationship.group.step",
        (
            Word.STEP_MOTHER,
            Word.STEP_FATHER,
            Kinship.STEP_PARENT,
            Kinship.STEP_CHILD,
            Word.FOSTER_MOTHER,
            Word.FOSTER_FATHER,
            Kinship.FOSTER_PARENT,
            Kinship.FOSTER_CHILD,
            Word.ADOPTIVE_MOTHER,
            Word.ADOPTIVE_FATHER,
            Kinship.ADOPTIVE_PARENT,
            Kinship.ADOPTED_CHILD,
            Word.NATURAL_MOTHER,
            Word.NATURAL_FATHER,
            Kinship.NATURAL_PARENT,
            Word.NATURAL_DAUGHTER,
            Word.NATURAL_SON,
            Kinship.NATURAL_CHILD,
        ),
    ),
    (
        "relationship.group.wider",
        (
            Word.AUNT,
            Word.UNCLE,
            Kinship.AUNT_UNCLE,
            Word.NIECE,
            Word.NEPHEW,
            Kinship.NIECE_NEPHEW,
            Kinship.COUSIN,
            Word.MOTHER_IN_LAW,
            Word.FATHER_IN_LAW,
            Kinship.PARENT_IN_LAW,
            Word.DAUGHTER_IN_LAW,
            Word.SON_IN_LAW,
            Kinship.CHILD_IN_LAW,
            Kinship.SIBLING_IN_LAW,
            Kinship.OTHER_FAMILY,
        ),
    ),
    (
        "relationship.group.others",
        (
            Kinship.FRIEND,
            Kinship.NEIGHBOR,
            Kinship.ROOMMATE,
            Kinship.PROFESSIONAL,
            Kinship.PROFESSIONAL_CLIENT,
            Kinship.OTHER,
            Kinship.NOT_STATED,
        ),
    ),
)


def _token(choice: Kinship | Word) -> str:
    return f"{_WORD}{choice}" if isinstance(choice, Word) else f"{_KIND}{choice}"


def _text(choice: Kinship | Word) -> str:
    return say(f"word.{choice}") if isinstance(choice, Word) else say(f"kinship.{choice}")


def offered() -> tuple[Kinship | Word, ...]:
    """Return everything that the picker offers."""
    return tuple(choice for _, choices in _GROUPS for choice in choices)


_OFFERED = OptionGroups(
    [
        ChoiceGroup(
            label=say(key), choices=tuple(Choice(text=_text(each), value=_token(each)) for each in choices)
        )
        for key, choices in _GROUPS
    ]
)
_BY_TOKEN = {_token(choice): choice for choice in offered()}


def relationship_fields(
    choice: RelationshipChoice, *, other: str, client: str, both_sides: bool, edit_inverse: bool = False
) -> list[Json]:
    """Return the inputs for a relationship.

    Args:
        choice: what is chosen so far.
        other: the related person's name, or the words for them while nobody is chosen.
        client: the client's name.
        both_sides: a link shows the client on the other account too, so own words are needed for both.
        edit_inverse: offer the word of the other side as well (R10).
    """
    field = Input(
        block_id=BlockId.RELATIONSHIP,
        action_id=ActionId.FORM_CHOICE,
        label=as_sentence(say("relationship.label", other=other, client=client)),
        hint=say("relationship.hint") if both_sides else "",
        optional=True,
        dispatch=True,
    )
    chosen = _chosen_token(choice)
    blocks = [field.grouped_select(_OFFERED, chosen, placeholder=say("relationship.placeholder"))]
    if choice.kinship is Kinship.OTHER:
        blocks += _own_words(choice, other=other, client=client, both_sides=both_sides)
    elif edit_inverse and words_of(inverse(choice.kinship)):
        blocks.append(_inverse_word(choice, other=other, client=client))
    return blocks


def _chosen_token(choice: RelationshipChoice) -> str | None:
    if choice.word is not None:
        return _token(choice.word)
    return None if choice.kinship is Kinship.NOT_STATED else _token(choice.kinship)


def _own_words(choice: RelationshipChoice, *, other: str, client: str, both_sides: bool) -> list[Json]:
    words = Input(
        block_id=BlockId.OWN_WORDS,
        action_id=ActionId.INPUT,
        label=say("relationship.own_words", other=other, client=client),
    )
    blocks = [words.text(choice.own_words, most=MAX_OWN_WORD_LENGTH)]
    if both_sides:
        inverse_words = Input(
            block_id=BlockId.INVERSE_WORDS,
            action_id=ActionId.INPUT,
            label=say("relationship.own_words", other=client, client=other),
        )
        blocks.append(inverse_words.text(choice.inverse_words, most=MAX_OWN_WORD_LENGTH))
    return blocks


def inverse_words_field(choice: RelationshipChoice, *, other: str, client: str) -> Json:
    """Return the input for what the client is to a contact, who may turn out to be a client to link."""
    field = Input(
        block_id=BlockId.INVERSE_WORDS,
        action_id=ActionId.INPUT,
        label=say("relationship.own_words", other=client, client=other),
        hint=say("contact.inverse_words_hint"),
        optional=True,
    )
    return field.text(choice.inverse_words, most=MAX_OWN_WORD_LENGTH)


def _inverse_word(choice: RelationshipChoice, *, other: str, client: str) -> Json:
    neutral = inverse(choice.kinship)
    field = Input(
        # The words depend on the kind chosen above: the kind in the block id makes Slack drop a stale pick.
        block_id=f"{BlockId.INVERSE_WORD}:{neutral}",
        action_id=ActionId.INPUT,
        label=say("relationship.label", other=client, client=other),
        optional=True,
    )
    words: tuple[Kinship | Word, ...] = (neutral, *words_of(neutral))
    choices = [Choice(text=_text(each), value=_token(each)) for each in words]
    return field.select(choices, _token(choice.inverse_word or neutral))


def read_relationship(state: FormState) -> RelationshipChoice:
    """Return what the form says of the relationship."""
    kinship, word = _parsed(state.chosen(BlockId.RELATIONSHIP))
    _, inverse_word = _parsed(state.chosen(f"{BlockId.INVERSE_WORD}:{inverse(kinship)}"))
    is_other = kinship is Kinship.OTHER
    return RelationshipChoice(
        kinship=kinship,
        word=word,
        own_words=state.text(BlockId.OWN_WORDS) if is_other else "",
        inverse_words=state.text(BlockId.INVERSE_WORDS) if is_other else "",
        inverse_word=inverse_word,
    )


def choice_of(label: Label, reverse: Label | None = None) -> RelationshipChoice:
    """Return the choice that a stored label was made of, for an edit form."""
    return RelationshipChoice(
        kinship=label.kinship,
        word=label.word,
        own_words=label.own_words,
        inverse_words=reverse.own_words if reverse else "",
        inverse_word=reverse.word if reverse else None,
    )


def _parsed(token: str | None) -> tuple[Kinship, Word | None]:
    """Read an option's value; one this version does not offer reads as not stated."""
    choice = _BY_TOKEN.get(token or "", Kinship.NOT_STATED)
    return (kinship_of(choice), choice) if isinstance(choice, Word) else (choice, None)
