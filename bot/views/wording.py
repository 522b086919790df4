"""The words for values of the domain: labels, roles, categories, bases, numbers, dates."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache

import phonenumbers

from bot.domain.client import Client, ClientStatus
from bot.domain.family import Family, LinkedClient, Member
from bot.domain.folding import fold
from bot.domain.kinship import Kinship, Label
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category
from bot.views.blocks import cut
from bot.views.sentences import say

SEPARATOR = " · "


def both(one: str, other: str) -> str:
    """Return two texts with a separator between them, or the one there is."""
    return f"{one}{SEPARATOR}{other}" if one and other else one or other


def label_text(label: Label) -> str:
    """Return what the related person is, in the word chosen for it: "mother", "parent", own words."""
    if label.own_words:
        return label.own_words
    return say(f"word.{label.word}") if label.word else say(f"kinship.{label.kinship}")


def stated_label(label: Label) -> str:
    """Return the label, or nothing where the relationship was not stated."""
    return "" if label.kinship is Kinship.NOT_STATED else label_text(label)


def role_text(role: Role) -> str:
    """Return the name of a role."""
    return say(f"role.{role}")


def role_held_text(held: RoleHeld) -> str:
    """Return a role with the paper it rests on."""
    details = [held.document] if held.document else []
    if held.valid_from:
        details.append(say("role.from", day=day_text(held.valid_from)))
    if held.valid_until:
        details.append(say("role.until", day=day_text(held.valid_until)))
    return f"{role_text(held.role)} ({', '.join(details)})" if details else role_text(held.role)


def category_text(category: Category) -> str:
    """Return the name of a kind of e-mail."""
    return say(f"category.{category}")


def categories_text(categories: Iterable[Category]) -> str:
    """Return the kinds of e-mail in one phrase, "every notification e-mail" when it is all of them."""
    chosen = frozenset(categories)
    if chosen == EVERY_CATEGORY:
        return say("category.every")
    return ", ".join(category_text(category) for category in Category if category in chosen)


def basis_text(basis: Basis) -> str:
    """Return the name of a basis."""
    return say(f"basis.{basis}")


def phone_number_text(number: str) -> str:
    """Return a number as people read it aloud: an E.164 one with gaps, any other as typed."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_text(phone: Phone) -> str:
    """Return a number with what it is for, where that is not the ordinary mobile."""
    number = phone_number_text(phone.number)
    if phone.label is PhoneLabel.MOBILE:
        return number
    return f"{number} ({say(f'phone.{phone.label}')})"


def phones_text(phones: Iterable[Phone]) -> str:
    """Return all numbers in one line."""
    return ", ".join(phone_text(phone) for phone in phones)


def day_text(day: date) -> str:
    """Return a date nobody reads the wrong way round: 4 Mar 1984."""
    return f"{day.day} {day:%b %Y}"


def moment_text(moment: datetime, zone: tzinfo) -> str:
    """Return a date and time as the practice's clock shows it: 4 Mar 2024, 14:32."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def distinction(client: Client) -> str:
    """Return what tells namesakes apart: the birth year and the practice's own id (R13)."""
    year = client.birth_year
    return both(_born_in(year) if year else "", client.details.own_id)


@lru_cache(maxsize=256)
def _born_in(year: int) -> str:
    # Of twenty people who are offered at each letter, each has one of some eighty years.
    return say("client.born", year=year)


def with_year(client: Client, *, most: int = 1000) -> str:
    """Return the name, in at most so many characters, with the birth year in brackets where it is known."""
    name = cut(client.display_name, most)
    return f"{name} ({client.birth_year})" if client.birth_year else name


def told_apart(client: Client, other: Client | str) -> tuple[str, str]:
    """Return the names of a client and a related person so that a sentence with both is clear (R13).

    Where a mother and a daughter have one name, their birth years or the practice's own ids follow it.
    """
    other_name = other if isinstance(other, str) else other.display_name
    if fold(client.name) != fold(other if isinstance(other, str) else other.name):
        return client.display_name, other_name
    if isinstance(other, str):
        return _distinct(client), other_name
    return _distinct(client), _distinct(other)


def as_sentence(text: str) -> str:
    """Return a sentence that begins with a capital letter; one that begins with a name is left as typed."""
    unnamed = tuple(say(key) for key in ("link.other_client", "link.new_client", "contact.new_person"))
    return text[0].upper() + text[1:] if text.startswith(unnamed) else text


def _distinct(client: Client) -> str:
    about = client.birth_year or client.details.own_id
    return f"{client.display_name} ({about})" if about else client.display_name


def names_of(client: Client, member: Member) -> tuple[str, str]:
    """Return the names of a client and of a row on their card, told apart."""
    return told_apart(client, member.client if isinstance(member, LinkedClient) else member.name)


def status_text(client: Client) -> str:
    """Return the badge of a client who is not active, else nothing."""
    details = client.details
    if details.status is ClientStatus.ACTIVE:
        return ""
    if details.status is ClientStatus.DECEASED and details.deceased_on:
        return say("status.deceased_on", day=day_text(details.deceased_on))
    return say(f"status.{details.status}")


def sharing_sentence(side: Side, *, recipient: str, client: str, client_has_email: bool = True) -> str:
    """Return who receives whose e-mails, naming both (R20); empty where nothing is shared."""
    if side.sharing is None:
        return ""
    key = "sharing.every" if side.sharing.is_everything else "sharing.some"
    sentence = say(key, recipient=recipient, client=client, kinds=categories_text(side.sharing.categories))
    if client_has_email:
        return sentence
    return f"{sentence} {say('sharing.client_without_email', client=client)}"


def ending_text(family: Family, member: Member) -> str:
    """Return when a relation ends or has ended, or nothing where no end is known (R5)."""
    day = member.relation.ends_on
    if day is None:
        return ""
    return say("relation.ended" if family.has_ended(member) else "relation.ends", day=day_text(day))
