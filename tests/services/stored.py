"""All that is stored of a practice, checked against its rules and against what the history comes to."""

from collections.abc import Sequence

from bot.domain.family import Family
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.relationship import Contact
from tests.services.family_rules import check_family, check_nobody_is_both, check_relation
from tests.services.practice import Practice
from tests.services.replay import Replay


async def everything(practice: Practice) -> tuple[dict[ClientId, Family], list[HistoryEntry]]:
    """Read every family, and every entry of the history in order."""
    clients = (await practice.clients.find(practice.dana, "", limit=100)).clients
    families = {each.id: await practice.relationships.family(practice.dana, each.id) for each in clients}
    entries = {
        entry.number: entry
        for client_id in families
        for entry in await practice.reader.of_client(practice.dana, client_id, limit=10_000)
    }
    return families, [entries[number] for number in sorted(entries)]


async def check_everything(
    practice: Practice, families: dict[ClientId, Family], entries: Sequence[HistoryEntry]
) -> None:
    """Check what is stored against its rules, and against what the history comes to."""
    replay = Replay()
    for entry in entries:
        replay.apply(entry)
    stored: dict[str, object] = {client_id: family.client for client_id, family in families.items()}
    relations = []
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        for subject_id, kept in replay.kept.items():
            if "sides" not in kept:
                continue
            relation = await unit.relations.get(subject_id)  # type: ignore[arg-type] # a link's or a contact's
            assert relation is not None
            check_relation(relation, families)
            relations.append(relation)
            person = None
            if isinstance(relation, Contact) and relation.is_active:
                person = await unit.people.get(relation.person_id)
            stored[subject_id] = relation, person
    assert stored == replay.state()
    check_nobody_is_both(relations, entries)
    for family in families.values():
        check_family(family)
        order = [member.relation.id for member in family.emergency_contacts]
        assert order == replay.orders.get(family.client.id, [])
