"""The card: one client with family and contacts, the root of the stack of modals.

A modal holds 100 blocks: the card shows a page of rows at a time, so that a family of any size fits.
"""

from collections.abc import Sequence

from bot.domain.client import Client
from bot.domain.family import ContactPerson, Family, LinkedClient, Member
from bot.domain.settings import Sight
from bot.domain.staff import FULL_READER, Reader
from bot.domain.staff_role import Right
from bot.views.blocks import Choice, Json, actions, button, context, divider, header, modal, overflow, section
from bot.views.ids import ActionId, MemberMenu, ViewId
from bot.views.initials import family_for, sees_names
from bot.views.metadata import Metadata
from bot.views.rich_text import heading, listing
from bot.views.sentences import say
from bot.views.undo import UndoOffer, undo_button
from bot.views.wording import (
    SEPARATOR,
    distinction,
    ending_text,
    names_of,
    phones_text,
    role_held_text,
    sharing_sentence,
    stated_label,
    status_text,
)

ROWS_A_PAGE = 20
_MOST_LISTED = 30
"""Lines in a list: enough for any family that is read at a glance; more are counted."""


def card(
    family: Family,
    *,
    page: int = 0,
    done: str = "",
    undo: UndoOffer | None = None,
    news: str = "",
    reader: Reader = FULL_READER,
) -> Json:
    """Return the card of a client.

    Args:
        family: the client and the active relations, as seen from their side.
        page: which page of rows; one that is no longer there shows the last one.
        done: a line that says what was just done.
        undo: how to undo it (R43).
        news: a line that says something else.
        reader: whom it is made for: what they may see, and what they are offered.
    """
    family = family_for(family, reader)
    client = family.client
    pages = max(1, -(-len(family.members) // ROWS_A_PAGE))
    shown = min(page, pages - 1)
    blocks = _said(done, undo if reader.may_change else None, news)
    blocks += _top(family, reader)
    blocks += _emergency(family, reader)
    blocks += _rows(family, shown, reader)
    blocks += _pages(shown, pages)
    blocks += _sharing(family)
    # By initials nobody can tell two addresses apart.
    blocks += _same_login(family) if sees_names(reader) else []
    return modal(
        callback_id=ViewId.CARD,
        title=say("card.title"),
        close=say("button.close"),
        blocks=blocks,
        metadata=Metadata(client_id=client.id, page=shown).encode(),
    )


def client_lines(family: Family) -> tuple[str, ...]:
    """Return what is known of a client in one to four short lines."""
    client = family.client
    about = SEPARATOR.join(part for part in (distinction(client), status_text(client)) if part)
    reach = SEPARATOR.join(
        part for part in (address_text(family, client.email), phones_text(client.phones)) if part
    )
    mail = say("card.mail_opt_out") if client.mail_opt_out else ""
    owners = ", ".join(owner.name for owner in client.owners)
    responsible = say("owners.are", names=owners) if owners else ""
    return tuple(line for line in (about, reach, mail, responsible) if line)


def address_text(family: Family, address: str | None) -> str:
    """Return an address of the family, and that nothing is sent there where it does not work (R27)."""
    if address is None:
        return say("card.no_email")
    return say("card.email_paused", address=address) if family.is_paused(address) else address


def _said(done: str, undo: UndoOffer | None, news: str) -> list[Json]:
    if done and undo:
        return [section(f"✓ {done}", accessory=undo_button(undo))]
    said = f"✓ {done}" if done else news
    return [context(said)] if said else []


def _top(family: Family, reader: Reader) -> list[Json]:
    client = family.client
    about, *more = client_lines(family)
    history = button(say("history.open"), ActionId.HISTORY_OPEN, value=client.id)
    return [
        header(client.display_name),
        section(about, accessory=history),
        *(context(line) for line in more),
        *([context(say("card.initials_only"))] if reader.sight is Sight.INITIALS_ONLY else []),
        actions(*_offered(client, reader)),
        divider(),
    ]


def _offered(client: Client, reader: Reader) -> list[Json]:
    buttons = []
    if reader.may_reveal:
        buttons.append(button(say("card.reveal"), ActionId.CARD_REVEAL, value=client.id, style="primary"))
    if reader.may_change:
        style = None if reader.may_reveal else "primary"
        buttons += [
            button(say("card.link"), ActionId.LINK_OPEN, value=client.id, style=style),
            button(say("card.add"), ActionId.CONTACT_OPEN, value=client.id),
            button(say("card.edit_client"), ActionId.CLIENT_EDIT_OPEN, value=client.id),
            button(say("owners.open"), ActionId.OWNERS_OPEN, value=client.id),
        ]
    if Right.ENTER_BLOCK in reader.rights:
        buttons.append(button(say("block.open"), ActionId.BARRED_OPEN, value=client.id))
    return [
        *buttons,
        button(say("recipients.open"), ActionId.RECIPIENTS_OPEN, value=client.id),
        button(say("card.summary"), ActionId.SUMMARY_SEND, value=client.id),
    ]


def _emergency(family: Family, reader: Reader) -> list[Json]:
    called = family.emergency_contacts
    if not called:
        # Who is offered no Roles needs no word about them.
        key = "card.emergency_none" if reader.may_change else "card.emergency_nobody"
        return [heading(say("card.emergency")), context(say(key))]
    rows = emergency_rows(family, called[:_MOST_LISTED])
    blocks = [heading(say("card.emergency")), listing(rows, ordered=True)]
    return blocks + _and_more(len(called) - _MOST_LISTED)


def emergency_rows(family: Family, members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return emergency contacts as list rows: who, what they are, and the number to call.

    One whose last day has passed keeps the place, and shows the day and no number.
    """
    rows = []
    for member in members:
        label = stated_label(member.side.label)
        phones = phones_text(member.phones) or say("card.no_phone")
        if family.has_ended(member):
            phones = ending_text(family, member)
        rows.append((member.name, f"{f', {label}' if label else ''}{SEPARATOR}{phones}"))
    return rows


def _rows(family: Family, page: int, reader: Reader) -> list[Json]:
    first, last = page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE
    linked = len(family.linked_clients)
    blocks: list[Json] = []
    if page == 0 or first < linked:
        blocks += [divider(), heading(say("card.linked", count=linked))]
        if not linked:
            blocks.append(context(say("card.linked_none")))
        blocks += [_linked_row(family, each, reader) for each in family.linked_clients[first:last]]
    if last >= linked:
        contacts = family.contacts[max(0, first - linked) : last - linked]
        blocks += [divider(), heading(say("card.contacts", count=len(family.contacts)))]
        if not family.contacts:
            blocks.append(context(say("card.contacts_none")))
        blocks += [_contact_row(family, each, reader) for each in contacts]
    return blocks


def _linked_row(family: Family, linked: LinkedClient, reader: Reader) -> Json:
    about = (distinction(linked.client), status_text(linked.client), ending_text(family, linked))
    return _row(family, linked, about, say("menu.remove_link"), reader)


def _contact_row(family: Family, contact: ContactPerson, reader: Reader) -> Json:
    about = (contact.person.details.language, ending_text(family, contact))
    return _row(family, contact, about, say("menu.remove_contact"), reader)


def _row(family: Family, member: Member, about: Sequence[str], remove: str, reader: Reader) -> Json:
    block_id = f"member:{member.relation.id}"
    if not reader.may_change:
        return section(member_text(family, member, about), block_id=block_id)
    choices = [
        Choice(text=say("menu.edit"), value=MemberMenu.EDIT),
        Choice(text=say("menu.share"), value=MemberMenu.SHARE),
        Choice(text=say("menu.roles"), value=MemberMenu.ROLES),
        *(
            [Choice(text=say("menu.become"), value=MemberMenu.BECOME)]
            if isinstance(member, ContactPerson)
            else []
        ),
        Choice(text=remove, value=MemberMenu.REMOVE),
    ]
    return section(
        member_text(family, member, about),
        accessory=overflow(ActionId.MEMBER_MENU, choices),
        block_id=block_id,
    )


def member_text(family: Family, member: Member, about: Sequence[str] = ()) -> str:
    """Return a row: the name and label, then what tells them apart, roles, and how to reach them."""
    label = stated_label(member.side.label)
    first = f"{member.name}{SEPARATOR}{label}" if label else member.name
    roles = [role_held_text(held) for held in member.side.roles]
    if member.side.is_emergency_contact:
        roles.insert(0, say("role.emergency_contact"))
    lines = (
        first,
        SEPARATOR.join(part for part in about if part),
        ", ".join(roles),
        SEPARATOR.join(
            part for part in (phones_text(member.phones), address_text(family, member.email)) if part
        ),
    )
    return "\n".join(line for line in lines if line)


def _pages(page: int, pages: int) -> list[Json]:
    if pages == 1:
        return []
    buttons = []
    if page > 0:
        buttons.append(button(say("card.previous"), ActionId.CARD_PREVIOUS, value=str(page - 1)))
    if page < pages - 1:
        buttons.append(button(say("card.next"), ActionId.CARD_NEXT, value=str(page + 1)))
    return [context(say("card.page", page=page + 1, pages=pages)), actions(*buttons)]


def sharing_sentences(family: Family) -> list[str]:
    """Return who receives whose e-mails, first this client's, then what they receive; not what has ended."""
    client = family.client
    sentences = []
    for member in family.members:
        if family.has_ended(member):
            continue
        name, related = names_of(client, member)
        reached = client.email is not None
        sentences.append(
            sharing_sentence(member.side, recipient=related, client=name, client_has_email=reached)
        )
    for linked in family.linked_clients:
        if family.has_ended(linked):
            continue
        name, related = names_of(client, linked)
        reached = linked.email is not None
        sentences.append(
            sharing_sentence(linked.reverse, recipient=name, client=related, client_has_email=reached)
        )
    return [sentence for sentence in sentences if sentence]


def _sharing(family: Family) -> list[Json]:
    sentences = sharing_sentences(family)
    blocks = [divider(), heading(say("card.sharing"))]
    if not sentences:
        return [*blocks, context(say("card.sharing_none", client=family.client.display_name))]
    blocks.append(listing([("", sentence) for sentence in sentences[:_MOST_LISTED]]))
    return blocks + _and_more(len(sentences) - _MOST_LISTED)


def _and_more(count: int) -> list[Json]:
    return [context(say("list.more", count=count))] if count > 0 else []


def same_login_sentences(family: Family) -> list[str]:
    """Return the notice of R14 for each linked client with the same e-mail."""
    sentences = []
    for linked in family.same_login:
        name, related = names_of(family.client, linked)
        sentences.append(say("card.same_login", client=name, other=related))
    return sentences


def _same_login(family: Family) -> list[Json]:
    return [context(sentence) for sentence in same_login_sentences(family)[:5]]
