"""Whom a row is about: told by the practice's own id, else by name, birth date and e-mail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from bot.domain.client import Client, ClientDetails, may_be_the_same, own_id_equality
from bot.domain.email import login_equality
from bot.domain.errors import Field
from bot.domain.folding import fold
from bot.domain.ids import ClientId
from bot.services.roster.rows import ClientRow, RowError


def likeness_of(details: ClientDetails) -> str:
    """Return what tells clients apart who have no own id: name, birth date and e-mail, as compared."""
    born = details.birth_date.isoformat() if details.birth_date else ""
    login = login_equality(details.email) if details.email else ""
    return f"{name_key(details)}\t{born}\t{login}"


def name_key(details: ClientDetails) -> str:
    """Return first and last name as they are compared."""
    return fold(f"{details.first_name} {details.last_name}")


class Candidates:
    """The clients that some rows may be about, found without asking for each row again.

    Args:
        by_own_id: clients by the own id as it is compared.
        alike: clients with the name or the e-mail of a row.
        taken: clients that earlier rows were about; nobody else's row can mean them.
        behind_zeros: clients whose own id is a row's behind zeros, by that of the row.
    """

    def __init__(
        self,
        by_own_id: dict[str, Client],
        alike: Iterable[Client],
        taken: Iterable[ClientId],
        behind_zeros: Mapping[str, Client],
    ) -> None:
        alike = tuple(alike)
        self._by_own_id = by_own_id
        self._ids = frozenset(client.id for client in (*by_own_id.values(), *alike, *behind_zeros.values()))
        self._taken = set(taken)
        self._behind_zeros = behind_zeros
        self._by_name: defaultdict[str, list[Client]] = defaultdict(list)
        self._by_login: defaultdict[str, list[Client]] = defaultdict(list)
        for client in alike:
            self._by_name[name_key(client.details)].append(client)
            if client.email:
                self._by_login[login_equality(client.email)].append(client)

    @property
    def ids(self) -> frozenset[ClientId]:
        """Everybody whom the rows may be about."""
        return self._ids

    def take(self, row: ClientRow) -> Client | RowError | None:
        """Return the client a row is about, None for a new one, or why nobody can say.

        A client is one row's only. Who has an own id here is never meant by a row with another one: the
        practice itself tells them apart.
        """
        own_key = own_id_equality(row.details.own_id)
        holder = self._by_own_id.get(own_key) if own_key else None
        padded = None if holder else self._behind_zeros.get(own_key)
        if padded and padded.id not in self._taken and _is_named_alike(padded, row):
            # Spreadsheets take 00417 for a number; the whole practice would come in a second time.
            values = {"name": padded.display_name, "own_id": padded.details.own_id}
            return _error(row, Field.OWN_ID, "own_id.zeros", **values)
        found = holder or self._alike(row)
        if isinstance(found, Client):
            if found.id in self._taken:
                return _error(row, Field.OWN_ID, "row.same_client", name=found.display_name)
            self._taken.add(found.id)
        return found

    def _alike(self, row: ClientRow) -> Client | RowError | None:
        alike = self._free(row)
        if not alike:
            return None
        same_name = [client for client in alike if name_key(client.details) == name_key(row.details)]
        exact = [client for client in same_name if likeness_of(client.details) == likeness_of(row.details)]
        agreeing = exact or [client for client in same_name if _agrees(client.details, row)]
        if len(agreeing) == 1:
            return agreeing[0]
        if agreeing:
            return _error(row, Field.OWN_ID, "row.ambiguous", count=len(agreeing))
        likely = [client for client in alike if may_be_the_same(client, row.details)]
        if likely:
            return _error(row, Field.OWN_ID, "row.likely_duplicate", name=likely[0].display_name)
        return None

    def _free(self, row: ClientRow) -> Sequence[Client]:
        if not self._by_name:
            # A new practice, or one in which everybody has an id.
            return []
        found = {client.id: client for client in self._by_name.get(name_key(row.details), ())}
        if row.details.email:
            login = login_equality(row.details.email)
            found |= {client.id: client for client in self._by_login.get(login, ())}
        return [
            client
            for client in found.values()
            if client.id not in self._taken and not (row.details.own_id and client.details.own_id)
        ]


def _is_named_alike(client: Client, row: ClientRow) -> bool:
    return name_key(client.details) == name_key(row.details)


class _Word(Enum):
    SAME = 1
    SILENT = 2
    EITHER_SILENT = 3
    OTHER = 4


def _agrees(present: ClientDetails, row: ClientRow) -> bool:
    """Say whether birth date and e-mail say the same of somebody with this name.

    One of them has to be the same and none another one. Where neither side has either, or the file has no
    column for it, the name alone has to do.
    """
    words = (
        _compared(row.details.birth_date, present.birth_date, is_stated=Field.BIRTH_DATE in row.stated),
        _compared(
            login_equality(row.details.email or ""),
            login_equality(present.email or ""),
            is_stated=Field.EMAIL in row.stated,
        ),
    )
    if _Word.OTHER in words:
        return False
    return _Word.SAME in words or all(word is _Word.SILENT for word in words)


def _compared(stated: object, present: object, *, is_stated: bool) -> _Word:
    if not is_stated or (not stated and not present):
        return _Word.SILENT
    if not stated or not present:
        return _Word.EITHER_SILENT
    return _Word.SAME if stated == present else _Word.OTHER


def _error(row: ClientRow, field: Field, key: str, **values: str | int) -> RowError:
    return RowError(
        place=row.place,
        column=field.value,
        value=row.details.own_id,
        key=key,
        values=values,
        original=row.original,
    )
