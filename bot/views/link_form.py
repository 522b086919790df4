"""The link form: two clients, existing or new, how they are related, what is shared; and its edit form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.family import LinkedClient
from bot.domain.ids import ClientId
from bot.domain.kinship import Label
from bot.domain.relationship_choice import RelationshipChoice
from bot.views.blocks import Choice, Input, Json, context, divider, modal
from bot.views.client_choice import NOBODY, client_choice
from bot.views.client_fields import ClientInput, client_fields, read_client
from bot.views.ends_on_field import ends_on_field, read_ends_on
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import MOST_ASKED_ABOUT, Metadata, opaque_id
from bot.views.questions import NO_QUESTIONS, Questions, question_blocks
from bot.views.relationship_fields import choice_of, read_relationship, relationship_fields
from bot.views.sentences import say
from bot.views.sharing_fields import TO_CLIENT, TO_RELATED, SharingInput, read_sharing, sharing_fields
from bot.views.wording import told_apart


class LinkMode(StrEnum):
    """Whether the other one is a client already (R12)."""

    EXISTING = "existing"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkInput:
    """What the link form says, complete or not."""

    mode: LinkMode = LinkMode.EXISTING
    other_id: ClientId | None = None
    new_client: ClientInput = field(default_factory=ClientInput)
    relationship: RelationshipChoice = field(default_factory=RelationshipChoice)
    sharing: SharingInput = field(default_factory=SharingInput)
    reverse: SharingInput = field(default_factory=SharingInput)


def link_form(
    given: LinkInput,
    *,
    client: Client,
    other: Client | None,
    minors: tuple[bool, bool],
    metadata: Metadata,
    questions: Questions = NO_QUESTIONS,
) -> Json:
    """Return the link form.

    Args:
        given: what is chosen and typed so far.
        client: whose account the link is added on.
        other: the client who is picked, if any.
        minors: whether the client, and the other one, are under age.
        metadata: what the view remembers.
        questions: what staff must decide first.
    """
    name, other_name = _names(given, client, other)
    asked_about = tuple(each.id for each in questions.duplicates[:MOST_ASKED_ABOUT])
    return modal(
        callback_id=ViewId.LINK_NEW,
        title=say("link.title"),
        submit=say("link.submit"),
        close=say("button.cancel"),
        blocks=[
            *question_blocks(questions),
            context(say("link.about", client=name)),
            _mode(given),
            *_other_fields(given, other=other, client=client),
            *relationship_fields(given.relationship, other=other_name, client=name, both_sides=True),
            divider(),
            *sharing_fields(
                given.sharing, TO_RELATED, recipient=other_name, client=name, client_is_minor=minors[0]
            ),
            *sharing_fields(
                given.reverse, TO_CLIENT, recipient=name, client=other_name, client_is_minor=minors[1]
            ),
            context(say("link.changes_nothing_else")),
        ],
        metadata=Metadata(client_id=client.id, page=metadata.page, asked_about=asked_about).encode(),
    )


def _names(given: LinkInput, client: Client, other: Client | None) -> tuple[str, str]:
    if given.mode is LinkMode.NEW:
        return told_apart(client, given.new_client.name or say("link.new_client"))
    return told_apart(client, other or say("link.other_client"))


def _mode(given: LinkInput) -> Json:
    mode = Input(
        block_id=BlockId.LINK_MODE, action_id=ActionId.FORM_CHOICE, label=say("link.who"), dispatch=True
    )
    return mode.radio([Choice(text=say(f"link.mode.{each}"), value=each) for each in LinkMode], given.mode)


def _other_fields(given: LinkInput, *, other: Client | None, client: Client) -> list[Json]:
    if given.mode is LinkMode.NEW:
        return client_fields(given.new_client, with_status=False)
    picker = Input(
        block_id=BlockId.LINK_OTHER,
        action_id=ActionId.CLIENT_SEARCH_OTHER,
        label=say("link.other"),
        hint=say("picker.hint"),
        dispatch=True,
    )
    chosen = client_choice(other) if other else None
    blocks = [picker.type_ahead(chosen, placeholder=say("picker.placeholder"))]
    if other is not None and other.shares_login_with(client):
        name, related = told_apart(client, other)
        blocks.append(context(say("card.same_login", client=name, other=related)))
    return blocks


def read_link(state: FormState) -> LinkInput:
    """Return what the form says."""
    picked = state.chosen(BlockId.LINK_OTHER)
    return LinkInput(
        mode=member_of(LinkMode, state.chosen(BlockId.LINK_MODE)) or LinkMode.EXISTING,
        other_id=ClientId(opaque_id(picked)) if picked and picked != NOBODY else None,
        new_client=read_client(state),
        relationship=read_relationship(state),
        sharing=read_sharing(state, TO_RELATED),
        reverse=read_sharing(state, TO_CLIENT),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEditInput:
    """What the edit form of a link says."""

    relationship: RelationshipChoice = field(default_factory=RelationshipChoice)
    ends_on: date | None = None

    @classmethod
    def of(cls, near: Label, far: Label, ends_on: date | None) -> "LinkEditInput":
        """Return the input that shows what is stored."""
        return cls(relationship=choice_of(near, far), ends_on=ends_on)


def edit_link_form(
    given: LinkEditInput,
    *,
    client: Client,
    linked: LinkedClient,
    metadata: Metadata,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form in which the labels of both sides are edited as one pair (R10), and the end (R5).

    `above` is what is said first: what others changed meanwhile.
    """
    name, related = told_apart(client, linked.client)
    return modal(
        callback_id=ViewId.LINK_EDIT,
        title=say("link.edit_title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=[
            *above,
            *relationship_fields(
                given.relationship, other=related, client=name, both_sides=True, edit_inverse=True
            ),
            ends_on_field(given.ends_on),
            context(say("link.edit_hint")),
        ],
        metadata=metadata.encode(),
    )


def read_link_edit(state: FormState) -> LinkEditInput:
    """Return what the edit form says."""
    return LinkEditInput(relationship=read_relationship(state), ends_on=read_ends_on(state))
