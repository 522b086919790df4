"""The roles of one person toward one client, and their place in the emergency order."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import ChangedMeanwhile
from bot.domain.family import Family, Member
from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import Reply, UpdateModal
from bot.handlers.seen import client_of, member_of_family, metadata_of, relation_of
from bot.handlers.showing import opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.meanwhile import told_above
from bot.views.metadata import Metadata
from bot.views.roles_form import RolesInput, merged_roles, read_roles, roles_form
from bot.views.sentences import say
from bot.views.undo import undo_offer


async def open_roles_form(interaction: Interaction, family: Family, member: Member, *, page: int) -> Reply:
    """Show the roles of one person."""
    metadata = Metadata(
        client_id=family.client.id,
        relation_id=member.relation.id,
        version=member.relation.version,
        page=page,
    )
    return opened(interaction, _form(RolesInput.of(member.side), family, member, metadata))


def _form(
    given: RolesInput, family: Family, member: Member, metadata: Metadata, *, above: Sequence[Json] = ()
) -> Json:
    others = [each for each in family.emergency_contacts if each.relation.id != member.relation.id]
    return roles_form(
        given,
        client=family.client,
        member=member,
        emergency_count=len(others),
        metadata=metadata,
        above=above,
    )


async def redraw_roles_form(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the form with the fields that the ticked roles need."""
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    member = member_of_family(family, relation_of(interaction))
    above = told_above(seen.json)
    view = _form(read_roles(seen.state), family, member, metadata_of(interaction), above=above)
    return Reply(calls=(UpdateModal(seen.id, view),))


async def submit_roles(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the roles and the place in the order."""
    given = read_roles(seen.state)
    try:
        outcome = await services.relationships.change_roles(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            relation_id=relation_of(interaction),
            roles=given.held(),
            emergency=given.emergency,
            position=given.position,
            expected_version=metadata_of(interaction).version,
            submission=interaction.submission,
        )
    except ChangedMeanwhile as error:
        return await _again(interaction, services, seen, error)
    done = say("roles.changed", name=outcome.name) if outcome.is_saved else say("client.unchanged")
    if outcome.lost_last_emergency_contact:
        done = f"{done} {say('roles.last_emergency_contact')}"
    return after_act(interaction, outcome.family, done, undo=undo_offer(outcome.entry, services.zone))


async def _again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    family = await services.relationships.family(interaction.actor, then.client_id)
    member = member_of_family(family, relation_of(interaction))
    position = then.position(member.side.emergency_position)
    given = merged_roles(
        read_roles(seen.state),
        opened=RolesInput.of(replace(then.side, emergency_position=position)),
        stored=RolesInput.of(member.side),
    )
    metadata = replace(metadata_of(interaction), version=member.relation.version)
    view = _form(given, family, member, metadata, above=then.above)
    return again(view, seen, member.relation.version)
