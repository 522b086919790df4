"""Taking a list of clients in: what is new is added, what differs is changed, bad rows reported (R12)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.domain.client import Client, ClientDetails, own_id_equality
from bot.domain.errors import Field, InvalidInput, KinwardError, LikelyDuplicates
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import Right
from bot.services.admission import Answers, admit, amend
from bot.services.details import check_client
from bot.services.errand import Desk, Errand
from bot.services.findings import Findings
from bot.services.ports import UnitOfWork
from bot.services.rights import needs

BATCH_SIZE = 100
"""Rows in one unit of work: written in well under a second, so that staff keep working meanwhile."""

COLUMN_OF_FIELD = {
    Field.OWN_ID: "own_id",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME: "last_name",
    Field.PREFERRED_NAME: "preferred_name",
    Field.BIRTH_DATE: "birth_date",
    Field.EMAIL: "email",
    Field.PHONE: "phones",
    Field.STATUS: "status",
}
"""The fields that a list has, and the header of each in a file."""


class UnreadableFile(KinwardError):  # noqa: N818 - named for what is wrong, as the desk would say it
    """The file is no list of clients as a whole; nothing was changed."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self._values = values

    @property
    def values(self) -> Mapping[str, str | int]:
        """What goes into the sentence."""
        return self._values


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One row as read: the client it describes, and whether it says where they stand with the practice."""

    line: int
    details: ClientDetails
    states_status: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """Why a row was left out: its line (the first one is 1), the column, and the key of the sentence."""

    line: int
    column: str
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What the import came to, in clients; a row with errors counts in none of the three."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()

    def plus(self, other: "ImportResult") -> "ImportResult":
        """Return both together."""
        return ImportResult(
            added=self.added + other.added,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            errors=self.errors + other.errors,
        )


class ClientImport(Desk):
    """Imports a list of clients, known by the practice's own id."""

    @needs(Right.CHANGE_CLIENTS)
    async def run(self, actor: Actor, rows: Iterable[ClientRow | RowError]) -> ImportResult:
        """Take the rows in, a batch in each unit of work; bad rows never stop the good ones.

        A row stands for the whole client: an empty cell empties the field, except that an empty status
        and what a list cannot say (a number's label, the date of death) stay as they are. Who has no own
        id here but may be the one in the row is left for staff to decide; an address that others have
        is the ordinary family case and is taken in (R12, R14).

        Args:
            actor: who imports; the history shows the import as the surface.
            rows: what was read, or what could not be.

        Raises:
            StorageUnavailable: the batches before are in; importing the same file again goes on from there.
        """
        importer = replace(actor, surface=Surface.IMPORT)
        result = ImportResult()
        sound = self._sound_rows(rows)
        while batch := list(islice(sound, BATCH_SIZE)):
            errors = tuple(one for one in batch if isinstance(one, RowError))
            good = [one for one in batch if isinstance(one, ClientRow)]
            result = result.plus(ImportResult(errors=errors)).plus(await self._take_in(importer, good))
        return replace(result, errors=tuple(sorted(result.errors, key=lambda error: error.line)))

    def _sound_rows(self, rows: Iterable[ClientRow | RowError]) -> Iterator[ClientRow | RowError]:
        """Yield checked rows, each own id once, and the errors of the others."""
        line_of_own_id: dict[str, int] = {}
        for row in rows:
            if isinstance(row, RowError):
                yield row
                continue
            findings = Findings()
            details = check_client(
                row.details, today=self._clock.today(), region=self._region, findings=findings
            )
            errors = [_row_error(row, InvalidInput(problem)) for problem in findings.problems]
            first_line = line_of_own_id.setdefault(own_id_equality(details.own_id), row.line)
            if not details.own_id:
                errors.append(RowError(line=row.line, column="own_id", key="own_id.needed"))
            elif first_line != row.line:
                values = {"line": first_line}
                errors.append(RowError(line=row.line, column="own_id", key="own_id.repeated", values=values))
            if errors:
                yield from errors
            else:
                yield replace(row, details=details)

    async def _take_in(self, actor: Actor, rows: Sequence[ClientRow]) -> ImportResult:
        """Write a batch in one unit; where a row is refused, each row in its own."""
        if not rows:
            return ImportResult()
        try:
            async with self._errand(actor) as errand:
                return await _write(errand, rows)
        except (InvalidInput, LikelyDuplicates) as refused:
            if len(rows) == 1:
                return ImportResult(errors=(_row_error(rows[0], refused),))
        result = ImportResult()
        for row in rows:
            result = result.plus(await self._take_in(actor, [row]))
        return result


async def _write(errand: Errand, rows: Sequence[ClientRow]) -> ImportResult:
    known = {row.line: await _known(errand.unit, row.details) for row in rows}
    # All at once and before anything is written, so that two units never wait for each other.
    locked = await errand.unit.clients.lock([client.id for client in known.values() if client])
    result = ImportResult()
    for row in rows:
        client = known[row.line]
        if client is None:
            await _add(errand, row.details)
            result = result.plus(ImportResult(added=1))
            continue
        present = locked[client.id]
        _, entry = await amend(errand, present, _merged(present.details, row), address_confirmed=True)
        done = ImportResult(changed=1) if entry else ImportResult(unchanged=1)
        result = result.plus(done)
    return result


async def _known(unit: UnitOfWork, details: ClientDetails) -> Client | None:
    """Return the client who has the row's own id."""
    return await unit.clients.with_own_id(details.own_id)


async def _add(errand: Errand, details: ClientDetails) -> None:
    # The practice itself tells apart whom it gave different ids.
    others = [one.id for one in await errand.unit.clients.alike(details) if one.details.own_id]
    client = Client(id=ClientId(errand.new_id()), details=details)
    await admit(errand, client, Answers(despite=others, address_confirmed=True))


def _merged(present: ClientDetails, row: ClientRow) -> ClientDetails:
    """Return what the row says, with what a list cannot say as it is."""
    status = row.details.status if row.states_status else present.status
    label_of_number = {phone.number: phone.label for phone in present.phones}
    phones = (
        Phone(number=phone.number, label=label_of_number.get(phone.number, phone.label))
        for phone in row.details.phones
    )
    deceased_on = present.deceased_on if status is present.status else None
    return replace(row.details, status=status, phones=tuple(phones), deceased_on=deceased_on)


def _row_error(row: ClientRow, refused: InvalidInput | LikelyDuplicates) -> RowError:
    if isinstance(refused, LikelyDuplicates):
        values = {"name": refused.candidates[0].display_name}
        return RowError(line=row.line, column="own_id", key="row.likely_duplicate", values=values)
    problem = refused.problems[0]
    column = COLUMN_OF_FIELD.get(problem.field, "")
    return RowError(line=row.line, column=column, key=problem.key, values=problem.values)
