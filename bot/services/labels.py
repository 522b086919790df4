"""From the relationship as chosen in a form to the labels of the sides (R10)."""

import dataclasses

from bot.domain.errors import Field
from bot.domain.folding import tidy
from bot.domain.kinship import MAX_OWN_WORD_LENGTH, Kinship, Label, kinship_of
from bot.domain.relationship_choice import RelationshipChoice
from bot.services.findings import Findings


def label_of(choice: RelationshipChoice, findings: Findings) -> Label:
    """Return what the related person is to the client; what is missing goes to `findings`."""
    if choice.kinship is not Kinship.OTHER:
        return Label(kinship=choice.kinship, word=choice.word)
    own_words = tidy(choice.own_words)
    if not own_words:
        findings.add(Field.OWN_WORDS, "own_words.needed")
    elif len(own_words) > MAX_OWN_WORD_LENGTH:
        findings.add(Field.OWN_WORDS, "own_words.too_long", max=MAX_OWN_WORD_LENGTH)
    return Label.in_own_words(own_words) if own_words else Label()


def labels_of_pair(choice: RelationshipChoice, findings: Findings) -> tuple[Label, Label]:
    """Return the label on the client's account and the one on the other's: the inverse by itself (R10).

    The word chosen for the other side counts where it fits the inverse kind; otherwise that side shows
    the neutral one, as when a daughter's mother is corrected to her aunt.
    """
    label = label_of(choice, findings)
    if choice.kinship is Kinship.OTHER:
        inverse_words = tidy(choice.inverse_words)
        if not inverse_words:
            findings.add(Field.INVERSE_WORDS, "inverse_words.needed")
        elif len(inverse_words) > MAX_OWN_WORD_LENGTH:
            findings.add(Field.INVERSE_WORDS, "inverse_words.too_long", max=MAX_OWN_WORD_LENGTH)
        if not label.own_words or not inverse_words:
            return label, Label()
        return label, label.seen_from_the_other_side(own_words=inverse_words)
    reverse = label.seen_from_the_other_side()
    if choice.inverse_word is not None and kinship_of(choice.inverse_word) is reverse.kinship:
        reverse = dataclasses.replace(reverse, word=choice.inverse_word)
    return label, reverse
