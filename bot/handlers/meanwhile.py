"""A form that comes back because somebody else saved first: what changed above it, what was typed below."""

from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.errors import ChangedMeanwhile
from bot.domain.family import LinkedClient, Member
from bot.domain.ids import ClientId
from bot.domain.person import Person
from bot.domain.relationship import Side
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import ReplaceForm, Reply
from bot.handlers.seen import client_of
from bot.services.errand import RelationState
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.meanwhile import meanwhile_blocks, shown_anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """What the form was opened with, and what is said above it."""

    before: Client | RelationState
    client_id: ClientId
    above: list[Json]

    @property
    def client(self) -> Client:
        """The client as the form was opened with.

        Raises:
            ChangedMeanwhile: it was about something else.
        """
        if not isinstance(self.before, Client):
            raise ChangedMeanwhile
        return self.before

    @property
    def relation(self) -> RelationState:
        """The relation as the form was opened with.

        Raises:
            ChangedMeanwhile: it was about something else.
        """
        if isinstance(self.before, Client):
            raise ChangedMeanwhile
        return self.before

    @property
    def person(self) -> Person:
        """The contact person as the form was opened with.

        Raises:
            ChangedMeanwhile: it was about something else.
        """
        if self.relation.person is None:
            raise ChangedMeanwhile
        return self.relation.person

    @property
    def side(self) -> Side:
        """The relation as the client's account showed it then."""
        return self.relation.relation.side_of(self.client_id)

    def reverse(self, member: Member) -> Side | None:
        """The other side of a link, then; a contact has none."""
        if not isinstance(member, LinkedClient):
            return None
        return self.relation.relation.side_of(member.client.id)

    def position(self, now: int | None) -> int | None:
        """Return the place in the emergency order then; where nothing moved it, it is as it is `now`."""
        order = self.relation.orders.get(self.client_id)
        if order is None:
            return now
        relation_id = self.relation.relation.id
        return [*order].index(relation_id) + 1 if relation_id in order else None


async def meanwhile(interaction: Interaction, services: Services, error: ChangedMeanwhile) -> Meanwhile:
    """Return what is needed to show the form again.

    Raises:
        ChangedMeanwhile: nothing is known of what changed.
    """
    client_id = client_of(interaction, from_view=True)
    rows = await services.history.told(interaction.actor, error.entries)
    before = rows[0].before if rows else None
    if before is None:
        raise error
    return Meanwhile(
        before=before,
        client_id=client_id,
        above=meanwhile_blocks(rows, client_id, services.zone),
    )


def again(view: Json, seen: ViewSeen, *versions: int) -> Reply:
    """Put the form back, fields that were not touched showing what is stored."""
    return Reply(ack=ReplaceForm(shown_anew(view, seen.state, "-".join(map(str, versions)))))
