"""Putting emergency contacts in the order that the files state, once all of them are in (R33)."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, RelationId
from bot.domain.staff import Surface
from bot.services.changes import states_of
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, store_change
from bot.services.held import hold
from bot.services.ports import StatedPlace
from bot.services.roster.taking import Run

CLIENTS_AT_ONCE = 50
"""Clients in one unit: written in well under a second, so that staff keep working meanwhile."""

NEVER_ENDS = 2**62
"""Above the number of any entry."""


async def put_in_order(errand: Errand, run: Run) -> bool:
    """Put the emergency contacts of the next clients in order, and say whether there were any.

    Each moves among those that the files state a place for; the others stay where they are. An order that
    staff have changed stays as they left it.
    """
    memory = errand.unit.import_memory
    places = await memory.next_places(run.id, clients=CLIENTS_AT_ONCE)
    for client_id, stated in groupby(places, key=lambda place: place.client_id):
        await _order(errand, client_id, [*stated])
    await memory.forget_places(run.id, {place.client_id for place in places})
    return bool(places)


async def _order(errand: Errand, client_id: ClientId, stated: Sequence[StatedPlace]) -> None:
    if len(stated) <= 1:
        return
    order = await errand.unit.relations.emergency_order(client_id)
    wanted = _wanted(order, stated)
    if wanted == order or await _is_staffs(errand, client_id, order):
        return
    for place, relation_id in enumerate(wanted):
        if order[place] == relation_id:
            continue
        moved = [each for each in order if each != relation_id]
        moved.insert(place, relation_id)
        held = await hold(errand.unit, client_id, relation_id)
        change = Change(relation=held.relation, orders={client_id: moved})
        await store_change(errand, Act.ROLES_CHANGED, held, change, moved={client_id: order})
        order = tuple(moved)


def _wanted(order: Sequence[RelationId], stated: Sequence[StatedPlace]) -> tuple[RelationId, ...]:
    """Return the order with those of a stated place sorted among themselves."""
    sorted_ones = iter([each.relation_id for each in stated if each.relation_id in order])
    known = {each.relation_id for each in stated}
    return tuple(next(sorted_ones) if each in known else each for each in order)


async def _is_staffs(errand: Errand, client_id: ClientId, order: Sequence[RelationId]) -> bool:
    """Say whether anybody but an import has moved one of them."""
    entries = await errand.unit.history.of_subjects(order, until=NEVER_ENDS)
    return any(_moves(entry, client_id) for entry in entries)


def _moves(entry: HistoryEntry, client_id: ClientId) -> bool:
    before, after = states_of(entry)
    if entry.surface is Surface.IMPORT or before is None:
        return False
    return isinstance(after, RelationState) and client_id in after.orders
