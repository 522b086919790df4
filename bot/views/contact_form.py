"""The form of a contact: a person who is not a client; new, or to be edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.client import Client
from bot.domain.family import ContactPerson
from bot.domain.kinship import Kinship
from bot.domain.likeness import Known
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role
from bot.views.blocks import Choice, Input, Json, context, divider, modal
from bot.views.ends_on_field import ends_on_field, read_ends_on
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.known_question import asking, known_question, names_a_client
from bot.views.metadata import Metadata
from bot.views.person_fields import PersonInput, name_fields, reach_fields, read_person
from bot.views.relationship_fields import inverse_words_field, read_relationship, relationship_fields
from bot.views.sentences import say
from bot.views.sharing_fields import TO_RELATED, SharingInput, read_sharing, sharing_fields
from bot.views.wording import names_of, role_text, told_apart

EMERGENCY = "emergency_contact"
"""The value of the checkbox that is no role but a place in the emergency order (R33)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInput:
    """What the contact form says, complete or not."""

    person: PersonInput = field(default_factory=PersonInput)
    relationship: RelationshipChoice = field(default_factory=RelationshipChoice)
    emergency: bool = False
    roles: tuple[Role, ...] = ()
    sharing: SharingInput = field(default_factory=SharingInput)
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """The contact's name, or the words for them while none is typed."""
        return self.person.name or say("contact.new_person")


def new_contact_form(
    given: ContactInput,
    *,
    client: Client,
    client_is_minor: bool,
    metadata: Metadata,
    known: Sequence[Known] = (),
) -> Json:
    """Return the form for a new contact; `known` are those on record who may be the one (R35)."""
    name, related = told_apart(client, given.name)
    may_link = names_a_client(known) and given.relationship.kinship is Kinship.OTHER
    return modal(
        callback_id=ViewId.CONTACT_NEW,
        title=say("contact.new_title"),
        submit=say("contact.submit"),
        close=say("button.cancel"),
        blocks=[
            *known_question(known),
            context(say("contact.about", client=name)),
            *name_fields(given.person),
            *relationship_fields(given.relationship, other=related, client=name, both_sides=False),
            *([inverse_words_field(given.relationship, other=related, client=name)] if may_link else []),
            role_boxes(given.roles, emergency=given.emergency, dispatch=False),
            *reach_fields(given.person),
            divider(),
            *sharing_fields(
                given.sharing, TO_RELATED, recipient=related, client=name, client_is_minor=client_is_minor
            ),
            context(say("contact.no_access"), say("form.no_notes")),
        ],
        metadata=asking(metadata, known).encode(),
    )


def role_boxes(roles: Iterable[Role], *, emergency: bool, dispatch: bool) -> Json:
    """Return the checkboxes of all roles, the emergency contact first (R30)."""
    boxes = Input(
        block_id=BlockId.ROLES,
        action_id=ActionId.FORM_CHOICE if dispatch else ActionId.INPUT,
        label=say("roles.label"),
        hint=say("roles.hint"),
        optional=True,
        dispatch=dispatch,
    )
    choices = [
        Choice(
            text=say("role.emergency_contact"),
            value=EMERGENCY,
            description=say("role.emergency_contact_about"),
        ),
        *(Choice(text=role_text(role), value=role) for role in Role),
    ]
    chosen = [*([EMERGENCY] if emergency else []), *(str(role) for role in roles)]
    return boxes.checkboxes(choices, chosen)


def read_role_boxes(state: FormState) -> tuple[bool, tuple[Role, ...]]:
    """Return whether the emergency contact is ticked, and which roles are."""
    ticked = state.ticked(BlockId.ROLES)
    return EMERGENCY in ticked, tuple(role for role in Role if role in ticked)


def read_contact(state: FormState) -> ContactInput:
    """Return what the form says."""
    emergency, roles = read_role_boxes(state)
    return ContactInput(
        person=read_person(state),
        relationship=read_relationship(state),
        emergency=emergency,
        roles=roles,
        sharing=read_sharing(state, TO_RELATED),
        ends_on=read_ends_on(state),
    )


def edit_contact_form(
    given: ContactInput,
    *,
    client: Client,
    contact: ContactPerson,
    other_clients: int,
    metadata: Metadata,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form of a contact who is there already; other clients who have them are counted (R36).

    `above` is what is said first: what others changed meanwhile.
    """
    name, related = names_of(client, contact)
    blocks = [
        *name_fields(given.person),
        *relationship_fields(given.relationship, other=related, client=name, both_sides=False),
        *reach_fields(given.person),
        ends_on_field(given.ends_on),
        context(say("form.no_notes")),
    ]
    if other_clients:
        blocks.insert(0, context(say("contact.other_clients", count=other_clients)))
    blocks = [*above, *blocks]
    return modal(
        callback_id=ViewId.CONTACT_EDIT,
        title=say("contact.edit_title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=metadata.encode(),
    )
