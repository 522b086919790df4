"""Finding clients in plain Python: everybody is looked at, word by word, and then sorted."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import phonenumbers

from bot.domain.client import Client, ClientStatus
from bot.domain.folding import digits_of, fold
from bot.domain.ids import ClientId
from bot.domain.sought import Sought, SoughtGroup, SoughtWord

LIMIT = 20


def expected(
    everybody: Iterable[Client],
    text: str,
    *,
    mine: Sequence[ClientId] = (),
    anybodys: Sequence[ClientId] = (),
) -> list[ClientId]:
    """Return who is found for a text, in order; `mine` and `anybodys` are those used lately, latest first."""
    sought = Sought.read(text)
    groups = [group for group in sought.groups if _says_anything(group)]
    pickable = [one for one in everybody if one.details.status is not ClientStatus.DECEASED]
    if sought.groups and not groups:
        return []

    def recency(client: Client, place: int) -> tuple[object, ...]:
        is_archived = client.details.status is ClientStatus.ARCHIVED
        return is_archived, place != 0, _index(mine, client.id), _index(anybodys, client.id), place

    is_alone = len(sought.groups) == 1
    ranked = []
    for client in pickable:
        if all(_has_group(client, group, is_alone=is_alone) for group in groups):
            place, found_by = _best_place(client, sought, groups)
            ranked.append(((*recency(client, place), found_by, client.id), client.id))
    found = [client_id for _, client_id in sorted(ranked)]
    if len(found) >= LIMIT or not groups:
        return found
    similar = []
    for client in pickable:
        ways = list(_places_of_an_error(client, sought))
        if ways and client.id not in found:
            similar.append((ways[0], *recency(client, 6), _reversed_name(client), client.id))
    return found + [each[-1] for each in sorted(similar)]  # type: ignore[misc] # the last one is an id


def _says_anything(group: SoughtGroup) -> bool:
    return any(word.in_one_piece or word.address for word in group.words)


def _index(ids: Sequence[ClientId], client_id: ClientId) -> int:
    return ids.index(client_id) if client_id in ids else len(ids)


def _has_group(client: Client, group: SoughtGroup, *, is_alone: bool) -> bool:
    born = client.details.birth_date
    return (
        all(_has_word(client, word, is_alone=is_alone) for word in group.words)
        or (born is not None and (born in group.born or born.year == group.year))
        or (group.year is None and _has_number(client, group.number))
    )


def _has_word(client: Client, word: SoughtWord, *, is_alone: bool) -> bool:
    searchable = [*_name_words(client), *_own_ids(client)]
    in_one_piece = bool(word.in_one_piece) and any(each.startswith(word.in_one_piece) for each in searchable)
    parts = bool(word.parts) and all(any(each.startswith(part) for each in searchable) for part in word.parts)
    may_be_address = is_alone or not word.address.isalpha()
    return in_one_piece or parts or (may_be_address and _has_address(client, word))


def _has_address(client: Client, word: SoughtWord) -> bool:
    return bool(word.address) and (client.email or "").strip().casefold().startswith(word.address)


def _has_number(client: Client, typed: str) -> bool:
    return bool(_numbers_begun(client, typed))


def _numbers_begun(client: Client, typed: str) -> list[str]:
    """Return the digits within their country of the numbers that are begun by what was typed."""
    digits = digits_of(typed)
    begun = []
    for phone in client.phones:
        national, before = _dialled(phone.number)
        ways = [
            digits.removeprefix(each)
            for each, least in before.items()
            if digits.startswith(each) and len(digits) >= len(each) + least
        ]
        if digits and any(national.startswith(way) for way in ways):
            begun.append(national)
    return begun


def _dialled(number: str) -> tuple[str, dict[str, int]]:
    """Return a number's digits within its country, and what may be dialled before how many at least."""
    digits = digits_of(number)
    if not number.startswith("+"):
        return digits, {"": 1, "0": 1}
    parsed = phonenumbers.parse(number)
    abroad = {f"{prefix}{parsed.country_code}": 4 for prefix in ("", "00", "011")}
    return phonenumbers.national_significant_number(parsed), {"": 1, "0": 1, **abroad}


def _name_words(client: Client) -> set[str]:
    details = client.details
    words: set[str] = set()
    for name in (details.first_name, details.last_name, details.preferred_name):
        words.update(fold(name).split())
        words.update(fold(name.replace("'", " ")).split())
        words.update(fold(word).replace(" ", "") for word in name.split())
        words.add(fold(name).replace(" ", ""))
    return words - {""}


def _own_ids(client: Client) -> list[str]:
    parts = fold(client.details.own_id).split()
    return ["".join(parts[start:]) for start in range(len(parts))]


def _whole_names(client: Client) -> list[str]:
    details = client.details
    names = [(details.first_name, details.last_name)]
    if fold(details.preferred_name):
        names.append((details.preferred_name, details.last_name))
    return [fold(f"{one} {other}") for first, last in names for one, other in ((first, last), (last, first))]


def _reversed_name(client: Client) -> str:
    return fold(f"{client.details.last_name} {client.details.first_name}")


def _best_place(client: Client, sought: Sought, groups: Sequence[SoughtGroup]) -> tuple[int, str]:
    """Return what somebody is found by, the most telling, and the text of it."""
    begun = [name for name in _whole_names(client) if name.startswith(sought.plain)]
    if not groups:
        return 0, _reversed_name(client)
    if sought.plain and begun:
        return 0, min(begun)
    if len(groups) > 1:
        return 1, _reversed_name(client)
    return min(_places(client, groups[0]))


def _places(client: Client, group: SoughtGroup) -> Iterator[tuple[int, str]]:
    word = group.words[0] if len(group.words) == 1 else None
    if word is None and all(_has_word(client, each, is_alone=True) for each in group.words):
        yield 1, _reversed_name(client)
    if word is not None and word.parts:
        searchable = [*_name_words(client), *_own_ids(client)]
        if all(any(each.startswith(part) for each in searchable) for part in word.parts):
            yield 1, _reversed_name(client)
    if word is not None and word.in_one_piece:
        yield from ((1, each) for each in _name_words(client) if each.startswith(word.in_one_piece))
        yield from ((2, each) for each in _own_ids(client) if each.startswith(word.in_one_piece))
    if word is not None and _has_address(client, word):
        yield 3, (client.email or "").strip().casefold()
    yield from ((4, each) for each in _numbers_begun(client, group.number))
    if client.details.birth_date in group.born:
        yield 5, _reversed_name(client)


def _places_of_an_error(client: Client, sought: Sought) -> Iterator[int]:
    """Yield the words of which some beginning of a name differs by one typing error, the others being had."""
    groups = [group for group in sought.apart().groups if _says_anything(group)]
    for number, group in enumerate(groups):
        word = group.words[0].in_one_piece if len(group.words) == 1 else ""
        if len(word) < 4 or not word.isalpha():
            continue
        others = chain(groups[:number], groups[number + 1 :])
        if not all(_has_group(client, other, is_alone=len(groups) == 1) for other in others):
            continue
        if any(_is_near(word, name) for name in _name_words(client)):
            yield number


def _is_near(typed: str, name: str) -> bool:
    """Say whether one letter was swapped, put in, left out (but at the end) or replaced."""
    for place in range(len(typed)):
        before, after = typed[:place], typed[place + 1 :]
        if name.startswith(before) and len(name) > place:
            if name[place] != typed[place] and name[place + 1 :].startswith(after):
                return True
            if name[place + 1 :].startswith(typed[place:]) and not name.startswith(typed):
                return True
        swapped = before + after[:1] + typed[place] + after[1:]
        if after and name.startswith((before + after, swapped)):
            return not name.startswith(typed)
    return False
