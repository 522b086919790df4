"""Clients and their people by initials and ids: what is shown where names may not stand (P1, P3).

The values that a view is made of are replaced before it is made, so that no line of it can forget to.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import ClientId
from bot.domain.kinship import Label
from bot.domain.person import Person
from bot.domain.phone import Phone
from bot.domain.recipients import Verdict
from bot.domain.relationship import Side
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.services.changes import State
from bot.services.errand import RelationState
from bot.services.history import HistoryPage, HistoryRow
from bot.services.ports import FoundClients
from bot.services.recipients import Decision
from bot.views.sentences import say


def sees_names(reader: Reader) -> bool:
    """Say whether names may stand there for this reader, without asking for them."""
    return reader.sight is Sight.EVERYTHING


def client_for(client: Client, reader: Reader) -> Client:
    """Return a client as this reader may see them."""
    return client if sees_names(reader) else _client(client)


def found_for(found: FoundClients, reader: Reader) -> FoundClients:
    """Return matches as this reader may see them."""
    if sees_names(reader):
        return found
    return replace(found, clients=tuple(map(_client, found.clients)), reasons={})


def family_for(family: Family, reader: Reader) -> Family:
    """Return a family as this reader may see it: who belongs to whom, and not as what."""
    if sees_names(reader):
        return family
    return replace(
        family,
        client=_client(family.client),
        linked_clients=tuple(
            replace(each, client=_client(each.client), side=_side(each.side), reverse=_side(each.reverse))
            for each in family.linked_clients
        ),
        contacts=tuple(
            replace(each, person=_person(each.person), side=_side(each.side)) for each in family.contacts
        ),
    )


def decision_for(decision: Decision, reader: Reader) -> Decision:
    """Return who receives an e-mail as this reader may see it."""
    if sees_names(reader) or decision.family is None:
        return decision
    return replace(
        decision,
        family=family_for(decision.family, reader),
        verdicts=tuple(map(_verdict, decision.verdicts)),
    )


def history_for_reader(page: HistoryPage, reader: Reader) -> HistoryPage:
    """Return a page of the history as this reader may see it."""
    if sees_names(reader):
        return page
    return replace(page, client=_client(page.client), rows=tuple(map(_row, page.rows)))


def rows_for_reader(rows: tuple[HistoryRow, ...], reader: Reader) -> tuple[HistoryRow, ...]:
    """Return entries of the record as this reader may see them."""
    return rows if sees_names(reader) else tuple(map(_row, rows))


def initials(*names: str) -> str:
    """Return the first letter of each part of a name: "M. L."; an ellipsis where there is none."""
    letters = [part[0] for name in names for part in name.split() if part[0].isalnum()]
    return " ".join(f"{letter.upper()}." for letter in letters) or "…"


def _client(client: Client) -> Client:
    details = client.details
    return replace(
        client,
        details=replace(
            details,
            first_name=initials(details.first_name),
            last_name=initials(details.last_name) if details.last_name else "",
            preferred_name="",
            birth_date=None,
            deceased_on=None,
            email=say("initials.email") if details.email else None,
            phones=_hidden_phones(details.phones),
        ),
    )


def _person(person: Person) -> Person:
    details = person.details
    return replace(
        person,
        details=replace(
            details,
            first_name=initials(details.first_name),
            last_name=initials(details.last_name) if details.last_name else "",
            language="",
            email=say("initials.email") if details.email else None,
            phones=_hidden_phones(details.phones),
        ),
    )


def _verdict(verdict: Verdict) -> Verdict:
    return replace(
        verdict,
        name=initials(verdict.name),
        address=say("initials.email") if verdict.address else None,
        same_inbox_as="",
    )


def _side(side: Side) -> Side:
    return replace(side, label=Label(), roles=())


def _hidden_phones(phones: tuple[Phone, ...]) -> tuple[Phone, ...]:
    return (Phone(number=say("initials.phone")),) if phones else ()


def _row(row: HistoryRow) -> HistoryRow:
    clients: Mapping[ClientId, Client] = {each: _client(client) for each, client in row.clients.items()}
    return replace(row, clients=clients, before=_state(row.before), after=_state(row.after))


def _state(state: State | None) -> State | None:
    if isinstance(state, Client):
        return _client(state)
    if isinstance(state, RelationState):
        relation = state.relation
        for side in relation.sides:
            relation = relation.with_side(_side(side))
        return replace(state, relation=relation, person=_person(state.person) if state.person else None)
    return state
