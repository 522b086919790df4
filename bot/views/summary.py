"""The summary of a family, sent as a direct message to the person who asked.

A message holds 50 blocks: the first twenty relations are in it, and the card has the rest.
The text beside the blocks becomes the notification on a phone's lock screen: it names nobody (P5).
"""

from dataclasses import dataclass

from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.staff import FULL_READER, Reader
from bot.views.blocks import Json, actions, button, context, divider, header, section
from bot.views.card import client_lines, emergency_rows, member_text, same_login_sentences, sharing_sentences
from bot.views.ids import ActionId
from bot.views.initials import family_for, sees_names
from bot.views.rich_text import heading, listing
from bot.views.sentences import say
from bot.views.wording import distinction, ending_text, status_text

MOST_MEMBERS = 20
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message: its blocks, and the text of its notification."""

    text: str
    blocks: tuple[Json, ...] = ()


def summary(family: Family, *, reader: Reader = FULL_READER) -> Message:
    """Return the summary, as whoever asked for it may see it."""
    family = family_for(family, reader)
    blocks: list[Json] = [header(family.client.display_name), context(*client_lines(family))]
    called = family.emergency_contacts[:_MOST_LISTED]
    blocks.append(heading(say("card.emergency")))
    blocks.append(
        listing(emergency_rows(family, called), ordered=True)
        if called
        else context(say("card.emergency_none"))
    )
    blocks.append(divider())
    blocks += _members(family)
    more = len(family.members) - MOST_MEMBERS
    if more > 0:
        blocks.append(context(say("list.more", count=more)))
    blocks += _sharing(family)
    if sees_names(reader):
        blocks += [context(sentence) for sentence in same_login_sentences(family)[:3]]
    blocks.append(actions(button(say("summary.open_card"), ActionId.CARD_OPEN, value=family.client.id)))
    return Message(text=say("summary.notification"), blocks=tuple(blocks))


def _members(family: Family) -> list[Json]:
    if not family.members:
        return [section(say("summary.nobody"))]
    blocks: list[Json] = []
    shown = family.members[:MOST_MEMBERS]
    linked = [member for member in shown if isinstance(member, LinkedClient)]
    contacts = [member for member in shown if isinstance(member, ContactPerson)]
    if linked:
        blocks.append(heading(say("card.linked", count=len(family.linked_clients))))
        blocks += [
            section(
                member_text(
                    family,
                    each,
                    (distinction(each.client), status_text(each.client), ending_text(family, each)),
                )
            )
            for each in linked
        ]
    if contacts:
        blocks.append(heading(say("card.contacts", count=len(family.contacts))))
        blocks += [
            section(member_text(family, each, (each.person.details.language, ending_text(family, each))))
            for each in contacts
        ]
    return blocks


def _sharing(family: Family) -> list[Json]:
    sentences = sharing_sentences(family)
    blocks = [divider(), heading(say("card.sharing"))]
    if not sentences:
        return [*blocks, context(say("card.sharing_none", client=family.client.display_name))]
    blocks.append(listing([("", sentence) for sentence in sentences[:_MOST_LISTED]]))
    more = len(sentences) - _MOST_LISTED
    return blocks + ([context(say("list.more", count=more))] if more > 0 else [])
