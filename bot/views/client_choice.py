"""Clients as options of a picker, told apart from their namesakes (R13)."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.client import Client
from bot.domain.ids import ClientId
from bot.domain.match_reason import FoundBy, Reason
from bot.domain.staff import FULL_READER, Reader
from bot.services.ports import FoundClients
from bot.views.blocks import MAX_OPTION, Choice, Json, cut, plain
from bot.views.initials import found_for
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, both, day_text, distinction, status_text

NOBODY = "none"
"""The value of an option that is a sentence and not a client; choosing it is told at the field."""

_MOST_DISTINCTION = 40
"""At most so much of an option tells namesakes apart; the rest is the name's."""
_LAST_DIGITS = 4
"""Of a telephone number: enough to know it again."""


def client_choice(client: Client, reason: Reason | None = None) -> Choice:
    """Return a client as an option: name, birth year and own id, which an option that was chosen shows too.

    Below it stand the badge, and why somebody was found where the name does not say it.
    """
    told = distinction(client)
    apart = f"{SEPARATOR}{cut(told, _MOST_DISTINCTION)}" if told else ""
    return Choice(
        text=cut(client.display_name, MAX_OPTION - len(apart)) + apart,
        value=client.id,
        description=both(status_text(client), reason_text(client, reason) if reason else ""),
    )


def reason_text(client: Client, reason: Reason) -> str:
    """Return why a client was found."""
    match reason.by:
        case FoundBy.PHONE:
            return say("found.phone", digits=reason.number[-_LAST_DIGITS:])
        case FoundBy.OWN_ID:
            return say("found.own_id", own_id=client.details.own_id)
        case FoundBy.EMAIL:
            return client.email or ""
        case FoundBy.BORN if client.details.birth_date:
            return say("found.born", day=day_text(client.details.birth_date))
        case _:
            return say("found.similar_name")


def client_choices(
    clients: Iterable[Client], reasons: Mapping[ClientId, Reason] | None = None
) -> tuple[Choice, ...]:
    """Return clients as options."""
    told = reasons or {}
    return tuple(client_choice(client, told.get(client.id)) for client in clients)


def suggestions(found: FoundClients, *, reader: Reader = FULL_READER) -> Json:
    """Return the answer to a type-ahead request; more than fit is said in the group's label."""
    found = found_for(found, reader)
    choices = client_choices(found.clients, found.reasons)
    return offered([choice.as_option() for choice in choices], total=found.total, is_more=found.is_more)


def offered(options: Sequence[Json], *, total: int, is_more: bool = False) -> Json:
    """Return options as the answer to a type-ahead request; where there are more, a heading says so."""
    if total <= len(options) and not is_more:
        return {"options": [*options]}
    label = say("picker.more", shown=len(options), total=total_text(total, is_more=is_more))
    return {"option_groups": [{"label": plain(label, MAX_OPTION), "options": [*options]}]}


def total_text(total: int, *, is_more: bool) -> str:
    """Return how many there are: "1,234", or "over 1,000" where they were counted no further."""
    return say("picker.over", total=f"{total:,}") if is_more else f"{total:,}"


def slow_suggestions() -> Json:
    """Return an answer that says the search was too slow, lest "No results" be taken for the truth."""
    return {"options": [Choice(text=say("picker.slow"), value=NOBODY).as_option()]}
