"""Who must not receive a client's e-mails: the list, and the forms to enter somebody and to lift it (R50)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.family import Family
from bot.domain.ids import LinkId, RelationId
from bot.domain.must_not_receive import (
    MAX_DOCUMENT_LENGTH,
    MAX_LIFTING_REASON_LENGTH,
    MustNotReceive,
    RestrictionClass,
)
from bot.domain.staff import FULL_READER, Reader
from bot.services.must_not_receive import Whom
from bot.views.blocks import (
    MAX_SELECT_OPTIONS,
    Choice,
    Input,
    Json,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    section,
)
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.initials import client_for, family_for, initials, sees_names
from bot.views.metadata import Metadata, opaque_id
from bot.views.notice import open_card_button
from bot.views.relation_choice import relation_choices
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, day_text, moment_text

_MOST_LISTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BarredInput:
    """What the form says."""

    whom: Whom
    why: RestrictionClass
    document: str
    expires_on: date | None


def barred_view(
    client: Client,
    entries: Sequence[MustNotReceive] | None,
    *,
    today: date,
    zone: tzinfo,
    reader: Reader = FULL_READER,
) -> Json:
    """Return who must not receive, the newest entry first; without entries only the way to enter somebody."""
    name = client_for(client, reader).display_name
    blocks = [header(say("recipients.whose", client=name))]
    if entries is None:
        blocks.append(section(say("block.hidden")))
    elif not entries:
        blocks.append(section(say("block.none", client=name)))
    for entry in list(reversed(entries or ()))[:_MOST_LISTED]:
        text = entry_text(entry, today=today, zone=zone, reader=reader)
        lift = button(say("block.lift"), ActionId.BARRED_LIFT_OPEN, value=entry.id)
        blocks += [divider(), section(text, accessory=lift)]
    if entries and len(entries) > _MOST_LISTED:
        blocks.append(context(say("list.more", count=len(entries) - _MOST_LISTED)))
    new = button(say("block.new"), ActionId.BARRED_NEW_OPEN, value=client.id)
    return modal(
        callback_id=ViewId.BARRED,
        title=say("block.title"),
        close=say("button.close"),
        blocks=[*blocks, divider(), actions(new, open_card_button(client.id))],
        metadata=Metadata(client_id=client.id).encode(),
    )


def entry_text(entry: MustNotReceive, *, today: date, zone: tzinfo, reader: Reader = FULL_READER) -> str:
    """Return an entry in a few lines: who, why, until when, and who entered it."""
    whom = entry.name or entry.barred.address or ""
    if not sees_names(reader):
        whom = initials(entry.name) if entry.name else say("initials.email")
    until = say("block.until", day=day_text(entry.expires_on)) if entry.expires_on else ""
    lines = (
        whom,
        SEPARATOR.join(part for part in (say(f"block.class.{entry.why}"), entry.document, until) if part),
        "" if entry.counts_on(today) else say("block.expired"),
        say("block.by", by=entry.recorded_by_name, moment=moment_text(entry.recorded_at, zone)),
    )
    return "\n".join(line for line in lines if line)


def new_barred_form(family: Family, *, reader: Reader = FULL_READER) -> Json:
    """Return the form in which somebody is entered."""
    shown = family_for(family, reader)
    expires = _field(BlockId.BARRED_EXPIRES, "expires", hint=True)
    return modal(
        callback_id=ViewId.BARRED_NEW,
        title=say("block.new_title"),
        submit=say("block.submit"),
        close=say("button.cancel"),
        blocks=[
            section(say("block.about", client=shown.client.display_name)),
            *_whom(shown),
            _field(BlockId.EMAIL, "address", hint=True).email(),
            replace(_field(BlockId.BARRED_CLASS, "class"), optional=False).select(
                [Choice(text=say(f"block.class.{each}"), value=each) for each in RestrictionClass],
                placeholder=say("find.choose"),
            ),
            _field(BlockId.BARRED_DOCUMENT, "document", hint=True).text(most=MAX_DOCUMENT_LENGTH),
            expires.day(),
        ],
        metadata=Metadata(client_id=family.client.id).encode(),
    )


def read_barred(state: FormState) -> BarredInput:
    """Return what the form says.

    Raises:
        InvalidInput: it names nobody or two, or not why.
    """
    chosen, address = state.chosen(BlockId.BARRED_WHOM), state.text(BlockId.EMAIL).strip()
    why = member_of(RestrictionClass, state.chosen(BlockId.BARRED_CLASS))
    problems = []
    if bool(chosen) is bool(address):
        problems.append(Problem(field=Field.EMAIL, key="block.whom_needed"))
    if why is None:
        problems.append(Problem(field=Field.REASON, key="block.class_needed"))
    if problems or why is None:
        raise InvalidInput(*problems)
    relation_id: RelationId | None = LinkId(opaque_id(chosen)) if chosen else None
    return BarredInput(
        whom=Whom(relation_id=relation_id, address=address),
        why=why,
        document=state.text(BlockId.BARRED_DOCUMENT),
        expires_on=state.day(BlockId.BARRED_EXPIRES),
    )


def lift_form(entry: MustNotReceive, *, today: date, zone: tzinfo, reader: Reader = FULL_READER) -> Json:
    """Return the form in which an entry is lifted, with a reason."""
    reason = Input(block_id=BlockId.REASON, action_id=ActionId.INPUT, label=say("removal.reason"))
    return modal(
        callback_id=ViewId.BARRED_LIFT,
        title=say("block.lift_title"),
        submit=say("block.lift_submit"),
        close=say("button.cancel"),
        blocks=[
            section(entry_text(entry, today=today, zone=zone, reader=reader)),
            context(say("block.lift_about")),
            reason.text(multiline=True, most=MAX_LIFTING_REASON_LENGTH),
        ],
        metadata=Metadata(client_id=entry.client_id, restriction_id=entry.id).encode(),
    )


def _whom(family: Family) -> list[Json]:
    """Return where a person is chosen; nothing on an account with nobody else on it."""
    if not family.members:
        return []
    field = _field(BlockId.BARRED_WHOM, "whom")
    if len(family.members) > MAX_SELECT_OPTIONS:
        return [
            replace(field, action_id=ActionId.RELATION_SEARCH).type_ahead(placeholder=say("choose.search"))
        ]
    return [field.select(relation_choices(family.members), placeholder=say("find.choose"))]


def _field(block_id: BlockId, key: str, *, hint: bool = False) -> Input:
    return Input(
        block_id=block_id,
        action_id=ActionId.INPUT,
        label=say(f"block.{key}"),
        hint=say(f"block.{key}_hint") if hint else "",
        optional=True,
    )
