"""How a dry run knows a contact again whom an earlier row would have added: by name and how to reach them."""

from collections.abc import Iterable
from hashlib import sha256

from bot.domain.email import login_equality
from bot.domain.folding import digits_of, fold
from bot.domain.ids import ClientId, PersonId
from bot.domain.person import PersonDetails
from bot.services.details import check_person
from bot.services.findings import Findings
from bot.services.roster.relation_naming import Naming
from bot.services.roster.rows import RelationRow

FORESEEN = PersonId("foreseen")


def traces_of(client_id: ClientId, details: PersonDetails) -> frozenset[str]:
    """Return what two rows about one contact of a client have in common, at least one of it."""
    name = " ".join(sorted(fold(f"{details.first_name} {details.last_name}").split()))
    reaches = {digits_of(phone.number) for phone in details.phones}
    if details.email:
        reaches.add(login_equality(details.email))
    return frozenset(
        "trace " + sha256(f"{client_id}|{name}|{reach}".encode()).hexdigest() for reach in reaches if reach
    )


def keyed(traces: Iterable[str]) -> set[str]:
    """Return the traces of somebody with a key: only rows without one are about them too."""
    return {f"keyed {trace}" for trace in traces}


def taken(traces: Iterable[str]) -> set[str]:
    """Return the traces of somebody without a key whom a row with a key was about since."""
    return {f"taken {trace}" for trace in traces}


def traces_in(rows: Iterable[RelationRow], naming: Naming, *, region: str) -> set[str]:
    """Return the traces of all contacts that rows are about, with a key and without one."""
    found: set[str] = set()
    for row in rows:
        client_id = naming.client(row.client_own_id, row.client_references)
        if client_id is not None and row.person is not None:
            found |= traces_of(client_id, check_person(row.person, region=region, findings=Findings()))
    return found | keyed(found) | taken(found)
