"""Why a client is among those found, where the name alone does not show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.folding import digits_of
from bot.domain.sought import Sought, SoughtGroup, SoughtWord, compact, name_words


class FoundBy(StrEnum):
    """What was found, other than a part of the name; the more telling first."""

    OWN_ID = "own_id"
    EMAIL = "email"
    PHONE = "phone"
    BORN = "born"
    SIMILAR_NAME = "similar_name"


_KINDS = tuple(FoundBy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What somebody was found by; `number` is the telephone number, where it was that."""

    by: FoundBy
    number: str = ""


def reason_for(client: Client, sought: Sought) -> Reason | None:
    """Return why somebody was found, or None where the name says it: the most telling of several."""
    names = _words_of_names(client)
    told: Reason | None = None
    for group in sought.groups:
        if _all_begin(group.words, names):
            continue
        reason = _reason(client, names, group)
        if reason is not None and (told is None or _KINDS.index(reason.by) < _KINDS.index(told.by)):
            told = reason
    return told


def _reason(client: Client, names: str, group: SoughtGroup) -> Reason | None:
    """Return why somebody was found by a group that their names do not begin with."""
    born = client.details.birth_date
    # The year of birth stands beside the name in any case.
    is_year = born is not None and born.year == group.year
    if is_year or not any(word.in_one_piece or word.address for word in group.words):
        return None
    if born in group.born:
        return Reason(by=FoundBy.BORN)
    if _all_begin(group.words, names + _own_ids(client)):
        return Reason(by=FoundBy.OWN_ID)
    if group.number and (number := _number(client, digits_of(group.number))):
        return Reason(by=FoundBy.PHONE, number=number)
    login = login_equality(client.email or "")
    if any(word.address and login.startswith(word.address) for word in group.words):
        return Reason(by=FoundBy.EMAIL)
    return Reason(by=FoundBy.SIMILAR_NAME)


def _all_begin(words: Iterable[SoughtWord], among: str) -> bool:
    # Asked for each of twenty people at each letter: a generator would take longer than the answer.
    for word in words:  # noqa: SIM110 - as above
        if not _begins(word, among):
            return False
    return True


def _begins(word: SoughtWord, among: str) -> bool:
    """Say whether one of some words, each with a space before it, begins with what was typed."""
    if word.in_one_piece and f" {word.in_one_piece}" in among:
        return True
    return bool(word.parts) and all(f" {part}" in among for part in word.parts)


def _words_of_names(client: Client) -> str:
    details = client.details
    first, more_of_first = name_words(details.first_name)
    last, more_of_last = name_words(details.last_name)
    if not (more_of_first or more_of_last or details.preferred_name):
        return f" {first} {last}"
    words = ("", first, *more_of_first, last, *more_of_last)
    if details.preferred_name:
        preferred, more = name_words(details.preferred_name)
        words = (*words, preferred, *more)
    return " ".join(words)


def _own_ids(client: Client) -> str:
    own_id = client.details.own_id
    parts = name_words(own_id)[0].split()
    return " ".join(("", *("".join(parts[start:]) for start in range(len(parts))), compact(own_id)))


def _number(client: Client, typed: str) -> str:
    """Return the number that has the digits, whatever was dialled before them."""
    for start in range(len(typed)):
        for phone in client.phones:
            if digits_of(phone.number).find(typed[start:]) in range(_LONGEST_CODE + 1):
                return phone.number
    return ""


_LONGEST_CODE = 3
"""A number in international form begins with a country code of up to three digits."""
