"""English: every sentence a person reads, by key, a file a subject. Short and kind; values in braces."""

from collections.abc import Mapping

from bot.views.sentences.english import (
    blocks,
    card,
    client,
    contacts,
    copies,
    errors,
    everywhere,
    finding,
    history,
    linking,
    mail,
    problems,
    questions,
    recipients,
    relationship,
    removal,
    roles,
    settings,
    sharing,
    summary_help_home,
    trail,
)

SUBJECTS: tuple[Mapping[str, str], ...] = (
    everywhere.SENTENCES,
    errors.SENTENCES,
    client.SENTENCES,
    finding.SENTENCES,
    card.SENTENCES,
    linking.SENTENCES,
    relationship.SENTENCES,
    contacts.SENTENCES,
    roles.SENTENCES,
    sharing.SENTENCES,
    removal.SENTENCES,
    questions.SENTENCES,
    problems.SENTENCES,
    history.SENTENCES,
    trail.SENTENCES,
    mail.SENTENCES,
    recipients.SENTENCES,
    blocks.SENTENCES,
    copies.SENTENCES,
    settings.SENTENCES,
    summary_help_home.SENTENCES,
)

SENTENCES: Mapping[str, str] = {key: sentence for subject in SUBJECTS for key, sentence in subject.items()}
