"""Clients as options of a picker, told apart from their namesakes (R13)."""

from collections.abc import Iterable, Sequence

from bot.domain.client import Client
from bot.domain.staff import FULL_READER, Reader
from bot.services.ports import FoundClients
from bot.views.blocks import MAX_OPTION, Choice, Json, cut, plain
from bot.views.initials import found_for
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, status_text

NOBODY = "none"
"""The value of an option that is a sentence and not a client; choosing it is told at the field."""


def client_choice(client: Client) -> Choice:
    """Return a client as an option: the name, and below it birth year, own id and badge."""
    about = SEPARATOR.join(part for part in (distinction(client), status_text(client)) if part)
    return Choice(text=cut(client.display_name, MAX_OPTION), value=client.id, description=about)


def client_choices(clients: Iterable[Client]) -> tuple[Choice, ...]:
    """Return clients as options."""
    return tuple(client_choice(client) for client in clients)


def suggestions(found: FoundClients, *, reader: Reader = FULL_READER) -> Json:
    """Return the answer to a type-ahead request; more than fit is said in the group's label."""
    found = found_for(found, reader)
    return offered([choice.as_option() for choice in client_choices(found.clients)], total=found.total)


def offered(options: Sequence[Json], *, total: int) -> Json:
    """Return options as the answer to a type-ahead request; where there are more, a heading says so."""
    if total <= len(options):
        return {"options": [*options]}
    label = say("picker.more", shown=len(options), total=total)
    return {"option_groups": [{"label": plain(label, MAX_OPTION), "options": [*options]}]}


def slow_suggestions() -> Json:
    """Return an answer that says the search was too slow, lest "No results" be taken for the truth."""
    return {"options": [Choice(text=say("picker.slow"), value=NOBODY).as_option()]}
