"""What holds of every stored family, whatever was done."""

from collections.abc import Iterable, Sequence

from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.kinship import inverse
from bot.domain.relationship import Contact, Link, Relation


def check_family(family: Family) -> None:
    """Nobody is linked to themselves or twice, the order has no gaps, and mail goes somewhere."""
    others = [linked.client.id for linked in family.linked_clients]
    assert family.client.id not in others
    assert len(set(others)) == len(others)
    places = [member.side.emergency_position for member in family.emergency_contacts]
    assert places == [*range(1, len(places) + 1)]
    assert all(member.relation.is_active for member in family.members)
    assert all(member.email for member in family.members if member.side.sharing)


def check_relation(relation: Relation, families: dict[ClientId, Family]) -> None:
    """Both accounts show the same, labels are inverse, and nothing outlives a removal."""
    for client_id in relation.client_ids:
        member = families[client_id].member(relation.id)
        assert (member is not None) is relation.is_active
        assert member is None or member.relation == relation
    if not relation.is_active:
        assert all(side.sharing is None for side in relation.sides)
        assert all(side.emergency_position is None for side in relation.sides)
    for side in relation.sides:
        assert side.sharing is None or (side.sharing.categories and side.sharing.basis)
    if isinstance(relation, Link):
        low, high = relation.low.label, relation.high.label
        assert low.kinship is inverse(high.kinship)
        assert bool(low.own_words) is bool(high.own_words)


def check_conversion(acts: Sequence[Act]) -> None:
    """Each contact of the person became a link, in its place; the client is new, or was there before."""
    relations = acts[1:] if acts[0] is Act.CLIENT_ADDED else acts
    assert relations == [Act.LINK_ADDED, Act.CONTACT_BECAME_CLIENT] * (len(relations) // 2)


def check_nobody_is_both(relations: Iterable[Relation], entries: Sequence[HistoryEntry]) -> None:
    """A client is never a contact (R2), whatever was undone."""
    clients = {entry.person_id for entry in entries if entry.act is Act.CONTACT_BECAME_CLIENT}
    contacts = [each for each in relations if isinstance(each, Contact) and each.is_active]
    assert not [each for each in contacts if each.person_id in clients]
