"""The form in which sharing is switched: each direction of a link on its own, a contact one way (R20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from bot.domain.client import Client
from bot.domain.family import LinkedClient, Member
from bot.domain.ids import ClientId
from bot.domain.relationship import Side
from bot.views.blocks import Confirmation, Json, actions, button, context, cut, divider, modal, section
from bot.views.form_state import FormState
from bot.views.ids import ActionId, ViewId
from bot.views.mail_changes import is_shared
from bot.views.meanwhile import kept_above
from bot.views.metadata import Metadata
from bot.views.sentences import say
from bot.views.sharing_fields import TO_CLIENT, TO_RELATED, SharingInput, read_sharing, sharing_fields
from bot.views.wording import day_text, moment_text, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFormInput:
    """What the form says of both directions; a contact has only the first."""

    sharing: SharingInput = field(default_factory=SharingInput)
    reverse: SharingInput = field(default_factory=SharingInput)

    @classmethod
    def of(cls, member: Member) -> "SharingFormInput":
        """Return the input that shows what is stored."""
        return cls.of_sides(member.side, member.reverse if isinstance(member, LinkedClient) else None)

    @classmethod
    def of_sides(cls, side: Side, reverse: Side | None) -> "SharingFormInput":
        """Return the input that shows what two sides say; a contact has no reverse."""
        there, back = side.sharing, reverse.sharing if reverse else None
        return cls(
            sharing=SharingInput.of(there.choice if there else None),
            reverse=SharingInput.of(back.choice if back else None),
        )


def sharing_form(
    given: SharingFormInput,
    *,
    client: Client,
    member: Member,
    minors: tuple[bool, bool],
    metadata: Metadata,
    ended_on: date | None = None,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form.

    Args:
        given: what is chosen so far.
        client: from whose account it is asked.
        member: the related person.
        minors: whether the client and the linked client are under age.
        metadata: what the view remembers.
        ended_on: the relation's last day, where it has passed.
        above: what is said first: what others changed meanwhile.
    """
    name, related = names_of(client, member)
    blocks = sharing_fields(
        given.sharing, TO_RELATED, recipient=related, client=name, client_is_minor=minors[0]
    )
    if ended_on is not None:
        blocks.insert(0, section(f"⚠ {say('relation.nothing_shared', day=day_text(ended_on))}"))
    blocks = [*above, *blocks]
    if not member.email:
        blocks.append(context(say("sharing.recipient_without_email", name=related)))
    if isinstance(member, LinkedClient):
        blocks.append(divider())
        blocks += sharing_fields(
            given.reverse, TO_CLIENT, recipient=name, client=related, client_is_minor=minors[1]
        )
        if not client.email:
            blocks.append(context(say("sharing.recipient_without_email", name=name)))
    if is_shared(member):
        blocks += [divider(), actions(_stop(client, member))]
    return modal(
        callback_id=ViewId.SHARING_EDIT,
        title=say("sharing.title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=metadata.encode(),
    )


def stopped_above(
    client: Client, member: Member, stopped: Mapping[ClientId, datetime], zone: tzinfo
) -> list[Json]:
    """Return that a recipient has stopped e-mails, for each direction in which none are shared now.

    Whoever asks to switch them on again should know: it was the recipient's own word.
    """
    name, related = names_of(client, member)
    blocks = []
    if member.side.sharing is None and client.id in stopped:
        values = {"recipient": related, "client": name, "moment": moment_text(stopped[client.id], zone)}
        blocks.append(kept_above(section(f"⚠ {say('sharing.stopped_by_recipient', **values)}"), "stopped"))
    if isinstance(member, LinkedClient) and member.reverse.sharing is None and member.client.id in stopped:
        moment = moment_text(stopped[member.client.id], zone)
        values = {"recipient": name, "client": related, "moment": moment}
        blocks.append(
            kept_above(section(f"⚠ {say('sharing.stopped_by_recipient', **values)}"), "stopped_back")
        )
    return blocks


def _stop(client: Client, member: Member) -> Json:
    name, related = names_of(client, member)
    confirm = Confirmation(
        title=say("sharing.stop_title"),
        text=say("sharing.stop_text", name=cut(related, 80), client=cut(name, 80)),
        confirm=say("sharing.stop_confirm"),
        deny=say("button.cancel"),
    )
    return button(say("sharing.stop"), ActionId.SHARING_STOP, style="danger", confirm=confirm)


def read_sharing_form(state: FormState) -> SharingFormInput:
    """Return what the form says."""
    return SharingFormInput(sharing=read_sharing(state, TO_RELATED), reverse=read_sharing(state, TO_CLIENT))
