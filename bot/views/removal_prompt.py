"""The prompt before a link or contact is removed: what stops, what stays (R41)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.family import LinkedClient
from bot.services.outcome import RemovalPreview
from bot.views.blocks import Input, Json, context, header, modal, section
from bot.views.card import sharing_sentences
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import Metadata
from bot.views.rich_text import heading, listing
from bot.views.sentences import say
from bot.views.wording import role_held_text, stated_label, with_year

MAX_REASON_LENGTH = 500


def removal_prompt(
    preview: RemovalPreview,
    *,
    metadata: Metadata,
    news: str = "",
    given_reason: str = "",
    last_copies: Sequence[str] = (),
) -> Json:
    """Return the prompt; its full label stands as the header, since title and submit have 24 characters.

    Args:
        preview: what would stop.
        metadata: about which relation it is; the version of what is shown is added.
        news: what is said above it, where it is shown again.
        given_reason: what was typed before it was shown again.
        last_copies: which copies were the last that went out.
    """
    kind = "link" if isinstance(preview.member, LinkedClient) else "contact"
    reason = Input(
        block_id=BlockId.REASON,
        action_id=ActionId.INPUT,
        label=say("removal.reason"),
        hint=say("removal.reason_hint"),
        optional=True,
    )
    return modal(
        callback_id=ViewId.RELATION_REMOVE,
        title=say(f"removal.title_{kind}"),
        submit=say(f"removal.submit_{kind}"),
        close=say("button.cancel"),
        blocks=[
            header(say(f"menu.remove_{kind}")),
            *([section(f"⚠ {news}")] if news else []),
            section(_who(preview)),
            *(context(sentence) for sentence in _warnings(preview)),
            heading(say("removal.stops")),
            listing([("", line) for line in _stops(preview)]),
            heading(say("removal.stays")),
            listing([("", line) for line in (*_stays(preview), *last_copies)]),
            context(say(f"removal.added_on_{kind}", client=with_year(preview.added_from))),
            reason.text(given_reason, most=MAX_REASON_LENGTH),
        ],
        metadata=replace(metadata, version=preview.member.relation.version).encode(),
    )


def _related_name(preview: RemovalPreview) -> str:
    member = preview.member
    return with_year(member.client) if isinstance(member, LinkedClient) else member.name


def _who(preview: RemovalPreview) -> str:
    client = with_year(preview.family.client)
    label = stated_label(preview.member.side.label)
    if isinstance(preview.member, LinkedClient):
        key = "removal.who_link_labelled" if label else "removal.who_link"
    else:
        key = "removal.who_contact_labelled" if label else "removal.who_contact"
    return say(key, name=_related_name(preview), client=client, label=label)


def _warnings(preview: RemovalPreview) -> list[str]:
    return [
        say("removal.last_emergency_contact", client=client.display_name)
        for client in preview.last_emergency_contact_of
    ]


def _stops(preview: RemovalPreview) -> list[str]:
    member = preview.member
    is_link = isinstance(member, LinkedClient)
    lines = [say("removal.stops_link" if is_link else "removal.stops_contact")]
    one = replace(
        preview.family,
        linked_clients=(member,) if isinstance(member, LinkedClient) else (),
        contacts=() if isinstance(member, LinkedClient) else (member,),
    )
    shared = [say("removal.stops_sharing", sentence=sentence) for sentence in sharing_sentences(one)]
    lines += shared
    sides = (member.side, member.reverse) if isinstance(member, LinkedClient) else (member.side,)
    roles = [role_held_text(held) for side in sides for held in side.roles]
    if any(side.is_emergency_contact for side in sides):
        roles.insert(0, say("role.emergency_contact"))
    if roles:
        lines.append(say("removal.stops_roles", roles=", ".join(roles)))
    if shared:
        lines.append(say("removal.stops_scheduled"))
    return lines


def _stays(preview: RemovalPreview) -> list[str]:
    kind = "link" if isinstance(preview.member, LinkedClient) else "contact"
    return [say(f"removal.stays_{kind}"), say("removal.stays_history"), say("removal.stays_mails")]


def read_reason(state: FormState) -> str:
    """Return the reason, if one was typed."""
    return state.text(BlockId.REASON)
