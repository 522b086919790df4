"""What an import leaves for staff to look at: sharing that nobody is known to have agreed to."""

from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.person import Person
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.errand import Desk
from bot.services.held import related_person
from bot.services.rights import needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfounded:
    """E-mails of a client that go to somebody without a basis (R51)."""

    client: Client
    recipient: Client | Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """The first directions of sharing without a basis, and how many there are."""

    first: tuple[Unfounded, ...]
    total: int


class RosterReview(Desk):
    """Lists what staff still have to look at."""

    @needs(Right.SEE_CLIENTS)
    async def sharing(self, actor: Actor, *, limit: int) -> ToReview:
        """Return where e-mails are shared and nobody is on record as having agreed."""
        async with self._storage.reading(actor.workspace_id) as unit:
            total, sides = await unit.families.without_basis(limit=limit)
            found = []
            for client_id, relation_id in sides:
                client, relation = await unit.clients.get(client_id), await unit.relations.get(relation_id)
                if client is not None and relation is not None:
                    recipient = await related_person(unit, client_id, relation)
                    found.append(Unfounded(client=client, recipient=recipient))
        return ToReview(first=tuple(found), total=total)
