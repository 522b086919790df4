"""Whether something was changed after a form was opened, and what was recorded of that."""

from bot.domain.client import Client
from bot.domain.errors import ChangedMeanwhile
from bot.domain.history import HistoryEntry
from bot.domain.person import Person
from bot.domain.relationship import Relation
from bot.services.changes import State, states_of
from bot.services.ports import UnitOfWork


async def refuse_if_changed(
    unit: UnitOfWork,
    subject: Client | Relation,
    expected_version: int | None,
    *,
    person: Person | None = None,
    person_version: int | None = None,
) -> None:
    """Refuse to save over what the person at the desk has not seen.

    Args:
        unit: in which the subject is held.
        subject: the client, link or contact as it stands now.
        expected_version: the version that the form was opened with; None asks for none.
        person: the contact person, where the form is about them too.
        person_version: the same of the person.

    Raises:
        ChangedMeanwhile: with the entries since.
    """
    is_expected = expected_version is None or subject.version == expected_version
    if person is not None and person_version is not None:
        is_expected = is_expected and person.version == person_version
    if is_expected:
        return
    entries = await unit.history.of_subject(subject.id)
    since = (expected_version, person_version)
    raise ChangedMeanwhile(*(entry for entry in entries if _is_later(entry, since)))


def _is_later(entry: HistoryEntry, since: tuple[int | None, int | None]) -> bool:
    """Say whether an entry left a version that the form does not know."""
    before, after = states_of(entry)
    known, known_person = since
    version, person_version = _versions(after)
    later = known is not None and version > known
    return before is not None and (later or (known_person is not None and person_version > known_person))


def _versions(state: State | None) -> tuple[int, int]:
    if state is None:
        return 0, 0
    if isinstance(state, Client):
        return state.version, 0
    return state.relation.version, state.person.version if state.person else 0
