"""Switching the sharing of e-mails, each direction on its own, and stopping all of it at once."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import AlreadyRemoved, ChangedMeanwhile
from bot.domain.family import Family, LinkedClient, Member
from bot.handlers.card import after_act, removed_already
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import Reply, UpdateModal
from bot.handlers.seen import client_of, member_of_family, metadata_of, relation_of
from bot.handlers.showing import opened
from bot.services.outcome import Outcome
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.mail_changes import from_now_on, is_shared, last_copies
from bot.views.meanwhile import told_above
from bot.views.merging import merged
from bot.views.metadata import Metadata
from bot.views.sentences import say
from bot.views.sharing_fields import TO_CLIENT, TO_RELATED, SharingInput
from bot.views.sharing_form import SharingFormInput, read_sharing_form, sharing_form, stopped_above
from bot.views.undo import undo_offer


async def open_sharing_form(
    interaction: Interaction, services: Services, family: Family, member: Member, *, page: int
) -> Reply:
    """Show what is shared over one relation."""
    return opened(interaction, await sharing_form_for(interaction, services, family, member, page=page))


async def sharing_form_for(
    interaction: Interaction, services: Services, family: Family, member: Member, *, page: int
) -> Json:
    """Return the sharing form as it is stored; above it, what the recipient has stopped."""
    stopped = await services.history.stopped_by_recipient(interaction.actor, member.relation.id)
    metadata = Metadata(
        client_id=family.client.id,
        relation_id=member.relation.id,
        version=member.relation.version,
        page=page,
    )
    above = stopped_above(family.client, member, stopped, services.zone)
    return _form(services, SharingFormInput.of(member), family, member, metadata, above=above)


def _form(
    services: Services,
    given: SharingFormInput,
    family: Family,
    member: Member,
    metadata: Metadata,
    *,
    above: Sequence[Json] = (),
) -> Json:
    today, majority = services.clock.today(), services.in_force.adult_at
    other_is_minor = isinstance(member, LinkedClient) and member.client.is_minor(
        today=today, majority=majority
    )
    minors = (family.client.is_minor(today=today, majority=majority), other_is_minor)
    return sharing_form(
        given,
        client=family.client,
        member=member,
        minors=minors,
        metadata=metadata,
        ended_on=member.relation.ends_on if family.has_ended(member) else None,
        above=above,
    )


async def redraw_sharing_form(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the form with what follows from a choice made in it."""
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    member = member_of_family(family, relation_of(interaction))
    given, above = read_sharing_form(seen.state), told_above(seen.json)
    view = _form(services, given, family, member, metadata_of(interaction), above=above)
    return Reply(calls=(UpdateModal(seen.id, view),))


async def submit_sharing(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save what is shared."""
    given = read_sharing_form(seen.state)
    is_link = seen.state.has(TO_CLIENT.scope)
    try:
        outcome = await services.relationships.share(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            relation_id=relation_of(interaction),
            sharing=given.sharing.choice(TO_RELATED),
            reverse_sharing=given.reverse.choice(TO_CLIENT) if is_link else None,
            expected_version=metadata_of(interaction).version,
            submission=interaction.submission,
        )
    except ChangedMeanwhile as error:
        return await _again(interaction, services, seen, error)
    done = await _done(interaction, services, outcome) if outcome.is_saved else say("client.unchanged")
    return after_act(interaction, outcome.family, done, undo=undo_offer(outcome.entry, services.zone))


async def _done(interaction: Interaction, services: Services, outcome: Outcome) -> str:
    """Return that it was saved, and what goes out from now on (R28)."""
    saved = say("sharing.changed", name=outcome.name)
    member = outcome.family.member(relation_of(interaction))
    if member is None:
        return saved
    from_now = from_now_on(outcome.family.client, member)
    if is_shared(member):
        return f"{saved} {from_now}"
    return " ".join((saved, from_now, *await _last(interaction, services)))


async def _last(interaction: Interaction, services: Services) -> list[str]:
    last = await services.copies.last_over(interaction.actor, relation_of(interaction))
    return last_copies(last, zone=services.zone, reader=interaction.actor.reader)


async def _again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    family = await services.relationships.family(interaction.actor, then.client_id)
    member = member_of_family(family, relation_of(interaction))
    given = merged(
        read_sharing_form(seen.state),
        opened=SharingFormInput.of_sides(then.side, then.reverse(member)),
        stored=SharingFormInput.of(member),
        whole=(SharingInput,),
    )
    metadata = replace(metadata_of(interaction), version=member.relation.version)
    view = _form(services, given, family, member, metadata, above=then.above)
    return again(view, seen, member.relation.version)


async def stop_sharing(interaction: Interaction, services: Services) -> Reply:
    """Stop all sharing over one relation, at once."""
    try:
        outcome = await services.relationships.stop_sharing(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            relation_id=relation_of(interaction),
        )
    except AlreadyRemoved as error:
        return await removed_already(interaction, services, error)
    key = "sharing.stopped" if outcome.changed else "sharing.already_off"
    return after_act(
        interaction,
        outcome.family,
        " ".join((say(key, name=outcome.name), *await _last(interaction, services))),
        undo=undo_offer(outcome.entry, services.zone),
    )
