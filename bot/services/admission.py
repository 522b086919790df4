"""Adding and changing a client inside a unit: for the desk, for a link to a new client, for the import."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.client import Client, ClientDetails, may_be_the_same
from bot.domain.email import same_login
from bot.domain.errors import AddressInUse, Field, LikelyDuplicates
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.services.errand import Errand
from bot.services.findings import Findings
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What staff have answered already: who is not the same person, and that the address is meant.

    `despite` may name the client whom the new one is linked to: nobody is a duplicate of their family.
    """

    despite: Collection[ClientId] = frozenset()
    address_confirmed: bool = False


async def admit(errand: Errand, client: Client, answers: Answers) -> Client:
    """Store a new client with checked details and record it.

    Raises:
        LikelyDuplicates: somebody in the roster may be the same person (R12).
        AddressInUse: other clients have the address, and nobody confirmed it (R14).
        InvalidInput: the own id belongs to another client.
    """
    alike = await errand.unit.clients.alike(client.details)
    candidates = [
        one for one in alike if may_be_the_same(one, client.details) and one.id not in answers.despite
    ]
    if candidates:
        raise LikelyDuplicates(*candidates)
    holders = await same_address(errand.unit, client)
    if holders and not answers.address_confirmed:
        raise AddressInUse(*holders)
    await errand.unit.clients.add(client)
    await errand.record_client(Act.CLIENT_ADDED, before=None, after=client)
    return client


async def amend(
    errand: Errand, client: Client, details: ClientDetails, *, address_confirmed: bool
) -> tuple[Client, HistoryEntry | None]:
    """Store checked details of a locked client and record it; without a change do neither.

    Returns:
        The client as stored, and the entry, or None without a change.

    Raises:
        InvalidInput: the address is cleared while somebody's e-mails are shared to it (R27), or the
            own id belongs to another client.
        AddressInUse: other clients have the new address, and nobody confirmed it (R14).
    """
    if details == client.details:
        return client, None
    after = replace(client, details=details, version=client.version + 1)
    if client.email and not after.email:
        await refuse_while_receiving(errand.unit, client)
    if not same_login(client.email, after.email) and not address_confirmed:
        holders = await same_address(errand.unit, after)
        if holders:
            raise AddressInUse(*holders)
    await errand.unit.clients.update(after, expected_version=client.version)
    return after, await errand.record_client(Act.CLIENT_EDITED, before=client, after=after)


async def same_address(unit: UnitOfWork, client: Client) -> tuple[Client, ...]:
    """Return the other clients whose address opens the same login (R14)."""
    if not client.email:
        return ()
    return tuple(one for one in await unit.clients.with_email(client.email) if one.id != client.id)


async def refuse_while_receiving(unit: UnitOfWork, client: Client) -> None:
    """Refuse to clear the address of a client to whom somebody's e-mails are shared (R27).

    Raises:
        InvalidInput: there is such a relation.
    """
    family = await unit.relations.family(client.id)
    if family and any(linked.reverse.sharing for linked in family.linked_clients):
        findings = Findings()
        findings.add(Field.EMAIL, "email.needed_for_sharing", name=client.display_name)
        findings.refuse_if_any()
