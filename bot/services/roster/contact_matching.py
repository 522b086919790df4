"""Which contact of a client a row is about: by key, by all that is said, by name and reach.

A name alone says it only where nobody else on the account could be meant.
"""

from collections.abc import Collection, Iterable, Sequence

from bot.domain.ids import PersonId
from bot.domain.likeness import Likeness, likeness
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact

Candidate = tuple[Contact, Person]


def matching_contact(
    candidates: Iterable[Candidate],
    details: PersonDetails,
    *,
    person_id: PersonId | None,
    key: str,
    stated: frozenset[str],
    keyed: Collection[PersonId],
) -> Candidate | None:
    """Return the contact that a row is about, or None where it is about somebody else.

    Args:
        candidates: the contacts of the client.
        details: what the row says of the person.
        person_id: whom its key means, as earlier rows of the import have it.
        key: its key; another key is another person, however alike.
        stated: the contacts that earlier rows of the import were about.
        keyed: the people whom other keys mean already.
    """
    present = list(candidates)
    if person_id is not None:
        return next((each for each in present if each[1].id == person_id), None)
    free = [each for each in present if each[0].id not in stated]
    among = [each for each in present if each[1].id not in keyed] if key else present
    # Of several alike, each row has one of its own.
    among.sort(key=lambda each: each[0].id in stated)
    same = [each for each in among if each[1].details == details]
    if same:
        return same[0]
    alike = [each for each in among if _name_and_reach(each[1], details)]
    if alike:
        return alike[0]
    named = [each for each in present if Likeness.NAME in likeness(each[1], details)]
    return _only(named, free)


def _name_and_reach(person: Person, details: PersonDetails) -> bool:
    found = likeness(person, details)
    return Likeness.NAME in found and len(found) > 1


def _only(named: Sequence[Candidate], free: Sequence[Candidate]) -> Candidate | None:
    """Return the one person of a name whom no other row was about; of two nobody knows who is meant."""
    return named[0] if len(named) == 1 and named[0] in free else None
