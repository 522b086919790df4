"""What holds of every undo, said of the plain entries of the history and without the services' own words."""

from collections.abc import Sequence
from typing import Any

from bot.domain.history import UNDO_WINDOW, UNDOABLE, HistoryEntry
from tests.services.made_again import Kept
from tests.services.replay import without_versions


def check_undo(entries: Sequence[HistoryEntry], original: HistoryEntry) -> None:
    """Once, in time, exactly what was there before; and no mail begins anew after other changes."""
    *earlier, undo = entries
    assert undo.undoes == original.number
    assert undo.subject_id == original.subject_id
    assert undo.client_ids == original.client_ids
    assert [entry.number for entry in entries if entry.undoes == original.number] == [undo.number]
    assert original.act in UNDOABLE
    assert undo.at - original.at <= UNDO_WINDOW
    between = [entry for entry in earlier if entry.number > original.number]
    was, before, after = (_kept(each) for each in (original.before, undo.before, undo.after))
    if not between:
        assert without_versions(after) == without_versions(was)
    if any(_is_wider(then, now) for then, now in zip(_shared(before), _shared(after), strict=True)):
        assert _shared(after) == _shared(was)
        assert not [entry for entry in between if _disturbs(entry, original)]


def _kept(kept: Any) -> Kept:  # noqa: ANN401 - plain JSON
    assert kept is not None
    return dict(kept)


def _shared(kept: Kept) -> list[frozenset[str]]:
    """Return the kinds of e-mails that are shared, of each side."""
    return [
        frozenset(side["sharing"]["categories"] if side["sharing"] else ()) for side in kept.get("sides", ())
    ]


def _is_wider(before: frozenset[str], after: frozenset[str]) -> bool:
    return not after <= before


def _disturbs(entry: HistoryEntry, original: HistoryEntry) -> bool:
    """Say whether an entry is about the same relation, or changes the address of one of its people."""
    if entry.subject_id == original.subject_id:
        return True
    about = {entry.subject_id, entry.person_id} & {*original.client_ids, original.person_id} - {None}
    return bool(about) and _address(entry.before) != _address(entry.after)


def _address(kept: Any) -> object:  # noqa: ANN401 - plain JSON
    return None if kept is None else kept.get("person", kept).get("email")
