"""What happened, in plain words: a sentence for each entry of the history, and a line for what it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.client import Client, ClientStatus, Owner
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.domain.kinship import Label
from bot.domain.phone import Phone
from bot.domain.relationship import Removal
from bot.domain.roles import RoleHeld
from bot.domain.sharing import Sharing
from bot.services import changes
from bot.services.changes import Part, parts_of, sharing_lost, states_of
from bot.services.errand import RelationState
from bot.services.history import HistoryRow
from bot.views.blocks import cut
from bot.views.sentences import say
from bot.views.undo import part_name
from bot.views.wording import (
    basis_text,
    categories_text,
    day_text,
    label_text,
    phones_text,
    role_held_text,
    stated_label,
    told_apart,
)

MOST_OF_A_VALUE = 150
"""Letters of one value before or after: a few full ones still fit into a row."""

_ADDED = frozenset({Act.CLIENT_ADDED, Act.LINK_ADDED, Act.CONTACT_ADDED})
_TOLD_OF_NEW = frozenset(
    {changes.RELATIONSHIP, changes.ROLES, changes.SHARING, changes.POSITION, changes.ENDS_ON}
)
_MISSING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """How the people of an entry are called, as of then: the client whose history it is, and the other."""

    client_id: ClientId
    client: str
    other: str
    whom: str
    """The other with what tells namesakes apart, for the sentence that begins a row (R13)."""

    def of_side(self, client_id: ClientId | None) -> tuple[str, str]:
        """Return the names of the client on whose side something stands, and of the related person."""
        mine = client_id in (None, self.client_id)
        return (self.client, self.other) if mine else (self.other, self.client)


def entry_sentence(row: HistoryRow, client_id: ClientId) -> str:
    """Return what happened, seen from a client's account, in one sentence."""
    if row.original is not None:
        before, after = states_of(row.original)
        original = replace(row, entry=row.original, before=before, after=after, original=None)
        return say("history.change.undone", what=entry_sentence(original, client_id))
    names = _names(row, client_id)
    return say(f"history.{row.entry.act}", client=names.client, name=names.whom)


def entry_lines(row: HistoryRow, client_id: ClientId) -> list[str]:
    """Return a line for each thing that changed, with what it was before and after, and the reason."""
    if row.original is not None:
        # It is the reverse of what stands a few rows below; only what did not come back is news.
        original, _ = states_of(row.original)
        return [say("history.sharing_left_off")] if sharing_lost(original, row.after) else []
    if row.entry.erased:
        return [say("history.erased")]
    names = _names(row, client_id)
    before, after = parts_of(row.before), parts_of(row.after)
    lines: list[str] = []
    for part in after | before:
        was, now = before.get(part, _MISSING), after.get(part, _MISSING)
        if was == now or _goes_without_saying(row.entry.act, part, now):
            continue
        lines += _lines(
            row, part, names, (None if was is _MISSING else was, None if now is _MISSING else now)
        )
    return lines


def _goes_without_saying(act: Act, part: Part, value: object) -> bool:
    """Say whether a part needs no line: an empty one of something new, or one that lives on in a link."""
    if act is Act.CONTACT_BECAME_CLIENT:
        return part.name != changes.REMOVAL
    return act in _ADDED and (value in (None, ()) or part.name not in _TOLD_OF_NEW)


def _names(row: HistoryRow, client_id: ClientId) -> _Names:
    client, state = row.clients[client_id], row.after or row.before
    if isinstance(state, RelationState) and state.person is not None:
        name, other = told_apart(client, state.person.name)
        return _Names(client_id=client_id, client=name, other=other, whom=other)
    if row.entry.erased and row.entry.person_id is not None:
        somebody = say("history.somebody")
        return _Names(client_id=client_id, client=client.display_name, other=somebody, whom=somebody)
    others = [each for known, each in row.clients.items() if known != client_id]
    if not others:
        own = client.display_name
        return _Names(client_id=client_id, client=own, other=own, whom=own)
    name, other = told_apart(client, others[0])
    return _Names(client_id=client_id, client=name, other=other, whom=_told_apart(others[0]))


def _told_apart(client: Client) -> str:
    """Return a linked client's name with what tells namesakes apart: birth year or own id (R13)."""
    about = client.birth_year or client.details.own_id
    return f"{client.display_name} ({about})" if about else client.display_name


def _lines(row: HistoryRow, part: Part, names: _Names, values: tuple[object, object]) -> Iterator[str]:
    was, now = values
    match part.name:
        case changes.REMOVAL:
            if isinstance(now, Removal) and now.reason:
                yield say("history.reason", reason=now.reason)
        case changes.RELATIONSHIP:
            yield from _relationship_lines(row, names, was, now)
        case changes.ROLES:
            client, other = names.of_side(part.client_id)
            yield say("history.roles", other=other, client=client, change=_change(_roles(was), _roles(now)))
        case changes.SHARING:
            yield _sharing_line(names.of_side(part.client_id), was, now)
        case changes.POSITION:
            places = _place(row.before, part), _place(row.after, part)
            yield _position_line(names.of_side(part.client_id), *places)
        case _:
            yield say("history.part", part=part_name(part.name), change=_change(_value(was), _value(now)))


def _change(before: str, after: str) -> str:
    return say("history.from_to", before=cut(before, MOST_OF_A_VALUE), after=cut(after, MOST_OF_A_VALUE))


def _relationship_lines(row: HistoryRow, names: _Names, was: object, now: object) -> Iterator[str]:
    """Yield what each is to the other, of each side that changed."""
    state = row.after
    if not isinstance(state, RelationState):
        return
    for number, side in enumerate(state.relation.sides):
        client, other = names.of_side(side.client_id)
        before, after = _label_at(was, number), _label_at(now, number)
        if before is None and after is not None:
            if stated_label(after):
                yield say("history.is_the", other=other, client=client, label=label_text(after))
        elif before is not None and after is not None and before != after:
            change = _change(label_text(before), label_text(after))
            yield say("history.relationship", other=other, client=client, change=change)


def _label_at(labels: object, number: int) -> Label | None:
    found = labels[number] if isinstance(labels, tuple) else None
    return found if isinstance(found, Label) else None


def _roles(value: object) -> str:
    roles = [each for each in value if isinstance(each, RoleHeld)] if isinstance(value, tuple) else []
    return ", ".join(map(role_held_text, roles)) or say("history.none")


def _sharing_line(names: tuple[str, str], was: object, now: object) -> str:
    client, recipient = names
    if isinstance(was, Sharing) and isinstance(now, Sharing):
        change = _change(_shared(was), _shared(now))
        return say("history.sharing", recipient=recipient, client=client, change=change)
    if isinstance(now, Sharing):
        return say("history.sharing_on", recipient=recipient, client=client, kinds=_shared(now))
    kinds = categories_text(was.categories) if isinstance(was, Sharing) else say("history.none")
    return say("history.sharing_off", recipient=recipient, client=client, kinds=kinds)


def _shared(sharing: Sharing) -> str:
    """Return the kinds of e-mails, and the basis with its end."""
    kinds = categories_text(sharing.categories)
    if sharing.basis is None:
        return kinds
    basis = basis_text(sharing.basis)
    if sharing.expires_on:
        basis = f"{basis}, {say('role.until', day=day_text(sharing.expires_on))}"
    return f"{kinds} ({basis})"


def _position_line(names: tuple[str, str], was: str, now: str) -> str:
    client, other = names
    if was and now:
        return say("history.position", other=other, client=client, change=_change(was, now))
    if now:
        return say("history.position_given", other=other, client=client, place=now)
    return say("history.position_lost", other=other, client=client, place=was)


def _place(state: object, part: Part) -> str:
    """Return the place in the emergency order, "2 of 3"; nothing for none."""
    if not isinstance(state, RelationState) or part.client_id is None:
        return ""
    order: Sequence[str] = state.orders.get(part.client_id, ())
    if state.relation.id not in order:
        return ""
    return say("roles.position_of", position=list(order).index(state.relation.id) + 1, count=len(order))


def _value(value: object) -> str:
    """Return a detail as forms show it."""
    if isinstance(value, ClientStatus):
        return say(f"status.{value}")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, tuple) and any(isinstance(each, Owner) for each in value):
        return ", ".join(each.name for each in value if isinstance(each, Owner))
    if isinstance(value, tuple):
        return phones_text(each for each in value if isinstance(each, Phone)) or say("history.none")
    return str(value) if value else say("history.none")
