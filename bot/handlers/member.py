"""The `[...]` of a row on the card, and the form in which a row is chosen."""

from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.family import ContactPerson, LinkedClient
from bot.domain.ids import LinkId, RelationId
from bot.handlers.become import open_become_form
from bot.handlers.contact import open_edit_contact
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.link import open_edit_link
from bot.handlers.removal import open_prompt, prompt_for
from bot.handlers.reply import Reply
from bot.handlers.roles import open_roles_form
from bot.handlers.seen import client_of, member_of_family, metadata_of
from bot.handlers.share import open_sharing_form, sharing_form_for
from bot.handlers.showing import in_place
from bot.services.services import Services
from bot.views.form_state import member_of
from bot.views.ids import MemberMenu, Purpose
from bot.views.metadata import Metadata, UnreadableMetadataError, opaque_id
from bot.views.relation_choice import read_relation_choice


async def member_menu(interaction: Interaction, services: Services) -> Reply:
    """Open the form or prompt that was chosen for a row."""
    relation_id = _relation_of_row(interaction)
    client_id, page = client_of(interaction, from_view=True), metadata_of(interaction).page
    chosen = member_of(MemberMenu, interaction.action.value if interaction.action else None)
    family = await services.relationships.family(interaction.actor, client_id)
    if chosen is MemberMenu.REMOVE or family.member(relation_id) is None:
        # A row that is gone is gone whatever was chosen: the prompt knows who removed it.
        metadata = Metadata(client_id=client_id, relation_id=relation_id, page=page)
        return await open_prompt(interaction, services, metadata)
    member = member_of_family(family, relation_id)
    match chosen:
        case MemberMenu.SHARE:
            return await open_sharing_form(interaction, services, family, member, page=page)
        case MemberMenu.ROLES:
            return await open_roles_form(interaction, family, member, page=page)
        case MemberMenu.EDIT:
            if isinstance(member, LinkedClient):
                return await open_edit_link(interaction, family.client, member, page=page)
            return await open_edit_contact(interaction, services, family.client, member, page=page)
        case MemberMenu.BECOME if isinstance(member, ContactPerson):
            return await open_become_form(interaction, services, family.client, member, page=page)
        case _:
            raise UnreadableMetadataError("not on the menu")


def _relation_of_row(interaction: Interaction) -> RelationId:
    block_id = interaction.action.block_id if interaction.action else ""
    _, _, relation_id = block_id.partition(":")
    return LinkId(opaque_id(relation_id))


async def submit_relation_choice(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Go on with the row that was chosen."""
    relation_id = read_relation_choice(seen.state)
    if relation_id is None:
        raise InvalidInput(Problem(field=Field.RELATION, key="choose.needed"))
    metadata = metadata_of(interaction)
    client_id = client_of(interaction, from_view=True)
    if metadata.purpose is Purpose.UNLINK:
        onward = Metadata(client_id=client_id, relation_id=relation_id)
        return in_place(interaction, await prompt_for(interaction, services, onward))
    family = await services.relationships.family(interaction.actor, client_id)
    member = member_of_family(family, relation_id)
    return in_place(interaction, await sharing_form_for(interaction, services, family, member, page=0))
