"""What becomes of the rows of relations, and carrying it out: additions many at once, changes one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Relation
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, EmergencyOrders, store_change
from bot.services.held import Held

ADDED = {True: Act.CONTACT_ADDED, False: Act.LINK_ADDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A relation that is new; `orders` are the emergency orders that it stands at the end of."""

    relation: Relation
    person: Person | None = None
    is_new_person: bool = False
    orders: Mapping[ClientId, tuple[RelationId, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """A relation that changes: as it was and what becomes of it; `moved` are the orders that were."""

    act: Act
    held: Held
    change: Change
    moved: EmergencyOrders


async def carry_out(errand: Errand, deeds: Sequence[Addition | Alteration]) -> None:
    """Write what was decided, in its order.

    Raises:
        ChangedMeanwhile: a relation or a person is no longer as it was when it was decided.
    """
    added: list[Addition] = []
    for deed in deeds:
        if isinstance(deed, Addition):
            added.append(deed)
        else:
            # A change may be about what was added just before it.
            await _add(errand, added)
            added = []
            await store_change(errand, deed.act, deed.held, deed.change, moved=deed.moved)
    await _add(errand, added)


async def _add(errand: Errand, added: Sequence[Addition]) -> None:
    families = errand.unit.families
    await families.add_people([each.person for each in added if each.is_new_person and each.person])
    await families.add_relations([each.relation for each in added])
    await errand.unit.history.append_all([_entry(errand, each) for each in added])


def _entry(errand: Errand, added: Addition) -> HistoryEntry:
    state = RelationState(relation=added.relation, person=added.person, orders=added.orders)
    act = ADDED[isinstance(added.relation, Contact)]
    return errand.relation_entry(act, before=None, after=state)
