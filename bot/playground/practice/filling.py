"""Filling an empty workspace with the made-up practice, the way staff would: through the services."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.ids import RelationId
from bot.domain.staff import Actor
from bot.playground.practice.made_up import MadeUpContact, MadeUpLink, Practice, Seen
from bot.playground.practice.roster import made_up_practice
from bot.services.clients import Clients
from bot.services.relationships import Relationships
from bot.services.roster.importing import RosterImport
from bot.services.roster.plan import ImportPlan
from bot.services.roster.rows import ClientRow, Place


async def fill(
    *,
    clients: Clients,
    roster_import: RosterImport,
    relationships: Relationships,
    actor: Actor,
    today: date,
    practice: Practice | None = None,
) -> bool:
    """Fill an empty workspace; each client, link and contact comes with its history.

    It goes as a real practice begins: the list of clients is imported, and the families follow by hand.

    Args:
        clients: the client service.
        roster_import: the service that takes a whole list in.
        relationships: the relationship service.
        actor: who is to have entered it all.
        today: from which a few of the dates count.
        practice: what to fill in; the whole made-up practice unless given.

    Returns:
        False where the workspace has clients already: then nothing is touched.
    """
    if (await clients.find(actor, "", limit=1)).total:
        return False
    whole = practice or made_up_practice(today)
    await _take_in(roster_import, actor, whole.clients)
    found = await clients.find(actor, "", limit=len(whole.clients))
    by_own_id = {client.details.own_id: client for client in found.clients}
    await _Families(clients, relationships, actor, by_own_id).write(whole)
    return True


async def _take_in(roster_import: RosterImport, actor: Actor, clients: tuple[ClientDetails, ...]) -> None:
    rows = [
        ClientRow(place=Place(file="the made-up practice", line=number), details=details)
        for number, details in enumerate(clients, start=1)
    ]
    record = await roster_import.stage(actor, ImportPlan(), [rows])
    await roster_import.take_in(actor, record)
    rejected = (await roster_import.rejected(actor, record.id)).errors
    await roster_import.finish(actor, record.id)
    if rejected:
        raise RuntimeError(f"client {rejected[0].place.line} of the made-up practice: {rejected[0].key}")


class _Families:
    """Writes the relations down, knowing the clients by the practice's own id."""

    def __init__(
        self,
        clients: Clients,
        relationships: Relationships,
        actor: Actor,
        by_own_id: Mapping[str, Client],
    ) -> None:
        self._clients = clients
        self._relationships = relationships
        self._actor = actor
        self._by_own_id = by_own_id

    async def write(self, practice: Practice) -> None:
        for link in practice.links:
            await self._link(link)
        for contact in practice.contacts:
            await self._contact(contact)
        for own_id, day in practice.died:
            await self._died(own_id, day)

    async def _link(self, link: MadeUpLink) -> None:
        client, other = self._by_own_id[link.client], self._by_own_id[link.other]
        outcome = await self._relationships.link(
            self._actor,
            client_id=client.id,
            other_id=other.id,
            relationship=link.relationship,
            sharing=link.seen.sharing,
            reverse_sharing=link.seen_back.sharing,
        )
        if outcome.relation is None:
            raise RuntimeError(f"{link.client} and {link.other} were not linked")
        await self._roles(client, outcome.relation.id, link.seen)
        await self._roles(other, outcome.relation.id, link.seen_back)

    async def _roles(self, client: Client, relation_id: RelationId, seen: Seen) -> None:
        if seen.roles or seen.emergency:
            await self._relationships.change_roles(
                self._actor,
                client_id=client.id,
                relation_id=relation_id,
                roles=seen.roles,
                emergency=seen.emergency,
            )

    async def _contact(self, contact: MadeUpContact) -> None:
        await self._relationships.add_contact(
            self._actor,
            client_id=self._by_own_id[contact.client].id,
            person=contact.person,
            relationship=contact.relationship,
            roles=contact.seen.roles,
            emergency=contact.seen.emergency,
            sharing=contact.seen.sharing,
        )

    async def _died(self, own_id: str, day: date) -> None:
        client = await self._clients.get(self._actor, self._by_own_id[own_id].id)
        await self._clients.edit(
            self._actor,
            client.id,
            replace(client.details, status=ClientStatus.DECEASED, deceased_on=day),
            expected_version=client.version,
            address_confirmed=True,
        )
