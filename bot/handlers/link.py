"""Linking two clients, existing or new, and editing what they are to each other."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import (
    AddressInUse,
    AlreadyLinked,
    ChangedMeanwhile,
    Field,
    InvalidInput,
    LikelyDuplicates,
    Problem,
)
from bot.domain.family import LinkedClient, Member
from bot.domain.ids import ClientId, LinkId
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import SharingChoice
from bot.handlers.card import after_act
from bot.handlers.ending import with_ending
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import ReplaceForm, Reply, UpdateModal
from bot.handlers.seen import client_of, member_of_family, metadata_of, relation_of
from bot.handlers.showing import opened
from bot.services.outcome import Outcome
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.client_fields import read_client_details
from bot.views.link_form import (
    LinkEditInput,
    LinkInput,
    LinkMode,
    edit_link_form,
    link_form,
    read_link,
    read_link_edit,
)
from bot.views.meanwhile import told_above
from bot.views.merging import merged
from bot.views.metadata import Metadata
from bot.views.questions import NO_QUESTIONS, AddressAnswer, Answers, Questions, read_answers
from bot.views.sentences import say
from bot.views.sharing_fields import TO_CLIENT, TO_RELATED
from bot.views.undo import undo_offer
from bot.views.wording import stated_label


async def open_link_form(interaction: Interaction, services: Services) -> Reply:
    """Show the link form of the client whose card it was asked on."""
    client = await services.clients.get(interaction.actor, client_of(interaction))
    return opened(interaction, link_form_for(services, client, page=metadata_of(interaction).page))


def link_form_for(services: Services, client: Client, *, page: int = 0) -> Json:
    """Return an empty link form."""
    metadata = Metadata(client_id=client.id, page=page)
    return _form(services, LinkInput(), client=client, other=None, metadata=metadata)


async def redraw_link_form(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the form with what follows from a choice made in it."""
    return Reply(
        calls=(UpdateModal(seen.id, await _as_it_stands(interaction, services, seen, NO_QUESTIONS)),)
    )


async def _as_it_stands(
    interaction: Interaction, services: Services, seen: ViewSeen, questions: Questions
) -> Json:
    given = read_link(seen.state)
    client = await services.clients.get(interaction.actor, client_of(interaction, from_view=True))
    other = await services.clients.get(interaction.actor, given.other_id) if given.other_id else None
    return _form(
        services, given, client=client, other=other, metadata=metadata_of(interaction), questions=questions
    )


def _form(
    services: Services,
    given: LinkInput,
    *,
    client: Client,
    other: Client | None,
    metadata: Metadata,
    questions: Questions = NO_QUESTIONS,
) -> Json:
    today, majority = services.clock.today(), services.in_force.adult_at
    minors = (
        client.is_minor(today=today, majority=majority),
        other is not None and other.is_minor(today=today, majority=majority),
    )
    return link_form(given, client=client, other=other, minors=minors, metadata=metadata, questions=questions)


async def submit_link(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Link the two clients, or ask what staff must decide first."""
    given = read_link(seen.state)
    answers = read_answers(seen.state)
    if answers.address is AddressAnswer.GO_BACK:
        return Reply(ack=ReplaceForm(await _as_it_stands(interaction, services, seen, NO_QUESTIONS)))
    try:
        if given.mode is LinkMode.NEW and answers.existing is None:
            outcome = await _link_new(interaction, services, seen, answers)
        else:
            outcome = await _link_existing(interaction, services, given, answers)
    except LikelyDuplicates as question:
        questions = Questions(duplicates=question.candidates)
        return Reply(ack=ReplaceForm(await _as_it_stands(interaction, services, seen, questions)))
    except AddressInUse as question:
        asked = await _asked_before(interaction, services) if answers.somebody_new else ()
        questions = Questions(
            duplicates=asked, address_holders=question.holders, somebody_new_chosen=bool(asked)
        )
        return Reply(ack=ReplaceForm(await _as_it_stands(interaction, services, seen, questions)))
    return after_act(interaction, outcome.family, say("link.added", name=outcome.name))


async def _asked_before(interaction: Interaction, services: Services) -> tuple[Client, ...]:
    asked_about = metadata_of(interaction).asked_about
    return tuple([await services.clients.get(interaction.actor, client_id) for client_id in asked_about])


async def _link_existing(
    interaction: Interaction, services: Services, given: LinkInput, answers: Answers
) -> Outcome:
    other_id = answers.existing or given.other_id
    if other_id is None:
        raise InvalidInput(Problem(field=Field.CLIENT, key="client.unknown"))
    sharing, reverse = _choices(given)
    client_id = client_of(interaction, from_view=True)
    try:
        return await services.relationships.link(
            interaction.actor,
            client_id=client_id,
            other_id=other_id,
            relationship=given.relationship,
            sharing=sharing,
            reverse_sharing=reverse,
            submission=interaction.submission,
        )
    except AlreadyLinked as error:
        raise taken(error, client_id) from error


def taken(error: AlreadyLinked, client_id: ClientId) -> InvalidInput:
    """Return what stands under the field in which a client was chosen who is linked already (R11)."""
    label = stated_label(error.link.side_of(client_id).label)
    key = "link.taken" if label else "link.taken_plain"
    values = {"name": error.other.display_name, "label": label}
    return InvalidInput(Problem(field=Field.CLIENT, key=key, values=values))


async def _link_new(
    interaction: Interaction, services: Services, seen: ViewSeen, answers: Answers
) -> Outcome:
    given = read_link(seen.state)
    sharing, reverse = _choices(given)
    return await services.relationships.link_new_client(
        interaction.actor,
        client_id=client_of(interaction, from_view=True),
        details=read_client_details(seen.state),
        relationship=given.relationship,
        sharing=sharing,
        reverse_sharing=reverse,
        despite=frozenset(metadata_of(interaction).asked_about) if answers.somebody_new else frozenset(),
        address_confirmed=answers.address is AddressAnswer.USE_ANYWAY,
        submission=interaction.submission,
    )


def _choices(given: LinkInput) -> tuple[SharingChoice, SharingChoice]:
    return given.sharing.choice(TO_RELATED), given.reverse.choice(TO_CLIENT)


async def open_edit_link(
    interaction: Interaction, client: Client, linked: LinkedClient, *, page: int
) -> Reply:
    """Show the form in which both labels are edited."""
    metadata = Metadata(
        client_id=client.id, relation_id=linked.link.id, version=linked.link.version, page=page
    )
    given = LinkEditInput.of(linked.side.label, linked.reverse.label, linked.link.ends_on)
    return opened(interaction, edit_link_form(given, client=client, linked=linked, metadata=metadata))


async def redraw_edit_link(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the edit form with what follows from the kind chosen in it."""
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    member: Member = member_of_family(family, relation_of(interaction))
    if not isinstance(member, LinkedClient):
        return Reply()
    view = edit_link_form(
        read_link_edit(seen.state),
        client=family.client,
        linked=member,
        metadata=metadata_of(interaction),
        above=told_above(seen.json),
    )
    return Reply(calls=(UpdateModal(seen.id, view),))


async def submit_edit_link(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save both labels and the end."""
    given = read_link_edit(seen.state)
    try:
        outcome = await services.relationships.edit_link(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            link_id=LinkId(relation_of(interaction)),
            relationship=given.relationship,
            ends_on=given.ends_on,
            expected_version=metadata_of(interaction).version,
            submission=interaction.submission,
        )
    except ChangedMeanwhile as error:
        return await _edit_link_again(interaction, services, seen, error)
    done = say("link.edited", name=outcome.name) if outcome.is_saved else say("client.unchanged")
    undo = undo_offer(outcome.entry, services.zone)
    return after_act(interaction, outcome.family, with_ending(done, outcome), undo=undo)


async def _edit_link_again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    family = await services.relationships.family(interaction.actor, then.client_id)
    member = member_of_family(family, relation_of(interaction))
    far = then.reverse(member)
    if not isinstance(member, LinkedClient) or far is None:
        raise error
    given = merged(
        read_link_edit(seen.state),
        opened=LinkEditInput.of(then.side.label, far.label, then.relation.relation.ends_on),
        stored=LinkEditInput.of(member.side.label, member.reverse.label, member.link.ends_on),
        whole=(RelationshipChoice,),
    )
    metadata = replace(metadata_of(interaction), version=member.link.version)
    view = edit_link_form(given, client=family.client, linked=member, metadata=metadata, above=then.above)
    return again(view, seen, member.link.version)
