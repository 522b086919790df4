"""What the stories of undoing begin with, and undoing itself."""

from dataclasses import replace
from datetime import date

from bot.domain.client import Client
from bot.domain.history import HistoryEntry
from bot.domain.relationship import Contact, Link
from bot.domain.sharing import NOT_SHARED, Basis, Category, SharingChoice
from bot.services.outcome import ClientSaved, Outcome, Undone
from tests.services.practice import AGREED, SIBLING, Practice

SOME = SharingChoice(
    categories=frozenset({Category.APPOINTMENTS}), basis=Basis.AUTHORIZATION, expires_on=date(2026, 3, 3)
)


def entry_of(outcome: Outcome | ClientSaved) -> HistoryEntry:
    assert outcome.entry is not None
    return outcome.entry


async def undo(practice: Practice, client: Client, outcome: Outcome | ClientSaved) -> Undone:
    """Undo as the other person at the desk."""
    return await practice.relationships.undo(
        practice.sam, client_id=client.id, entry=entry_of(outcome).number
    )


async def link(practice: Practice, *, shared: bool = True) -> tuple[Client, Client, Link]:
    ana, ben = await practice.pair()
    outcome = await practice.relationships.link(
        practice.dana,
        client_id=ana.id,
        other_id=ben.id,
        relationship=SIBLING,
        sharing=AGREED if shared else NOT_SHARED,
    )
    assert isinstance(outcome.relation, Link)
    return ana, ben, outcome.relation


async def present(practice: Practice, client: Client, relation: Link | Contact) -> Link | Contact:
    found = (await practice.relationships.family(practice.dana, client.id)).member(relation.id)
    assert found is not None
    return found.relation


async def remove(practice: Practice, client: Client, relation: Link | Contact) -> Outcome:
    return await practice.relationships.remove(practice.dana, client_id=client.id, relation_id=relation.id)


async def edit(practice: Practice, client: Client, **details: object) -> ClientSaved:
    now = await practice.clients.get(practice.dana, client.id)
    changed = replace(now.details, **details)  # type: ignore[arg-type] # any detail
    return await practice.clients.edit(
        practice.dana, client.id, changed, expected_version=now.version, address_confirmed=True
    )
