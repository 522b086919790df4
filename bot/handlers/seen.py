"""What the view or the button that was used knows: opaque ids out of metadata and values."""

from bot.domain.errors import NotFound
from bot.domain.family import Family, Member
from bot.domain.ids import ClientId, RelationId
from bot.handlers.interaction import Interaction
from bot.views.metadata import Metadata, UnreadableMetadataError, decode, opaque_id


def metadata_of(interaction: Interaction) -> Metadata:
    """Return what the view remembers; nothing where there is no modal.

    Raises:
        UnreadableMetadataError: the view is of another version, or was tampered with.
    """
    if interaction.view is None or not interaction.view.is_modal:
        return Metadata()
    return decode(interaction.view.metadata)


def client_of(interaction: Interaction, *, from_view: bool = False) -> ClientId:
    """Return the client a button names, or the one whose view it stands in.

    Raises:
        UnreadableMetadataError: neither names one.
    """
    value = interaction.action.value if interaction.action and not from_view else ""
    client_id = ClientId(opaque_id(value)) if value else metadata_of(interaction).client_id
    if client_id is None:
        raise UnreadableMetadataError("no client")
    return client_id


def relation_of(interaction: Interaction) -> RelationId:
    """Return the relation that the view is about.

    Raises:
        UnreadableMetadataError: it names none.
    """
    relation_id = metadata_of(interaction).relation_id
    if relation_id is None:
        raise UnreadableMetadataError("no relation")
    return relation_id


def member_of_family(family: Family, relation_id: RelationId) -> Member:
    """Return the row of a relation.

    Raises:
        NotFound: it is not on this account, or no longer.
    """
    member = family.member(relation_id)
    if member is None:
        raise NotFound
    return member
