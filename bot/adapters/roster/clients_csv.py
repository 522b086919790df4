"""Reading lists of clients from CSV as practices have it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import BinaryIO

from bot.adapters.roster.addresses import address_in
from bot.adapters.roster.cells import is_shortened, phones_in, status_in, yes_or_no
from bot.adapters.roster.csv_table import Table, TableRow
from bot.adapters.roster.dates import NoDate, date_in, order_shown
from bot.adapters.roster.empty_words import NO_NAME, NOTHING, is_only_zeros, said_in, total_in
from bot.adapters.roster.headers import LABEL_OF, Columns, Holds, columns_of, kinds_named
from bot.adapters.roster.whole_names import name_in
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.phone import Phone
from bot.services.roster.reading import BadRow, DateOrder, FileNotice, FileShape, Read, ReadingChoices
from bot.services.roster.rows import ClientRow, RowError

_FIELDS_OF = {
    Holds.OWN_ID: (Field.OWN_ID,),
    Holds.FIRST_NAME: (Field.FIRST_NAME,),
    Holds.LAST_NAME: (Field.LAST_NAME,),
    Holds.NAME: (Field.FIRST_NAME, Field.LAST_NAME),
    Holds.PREFERRED_NAME: (Field.PREFERRED_NAME,),
    Holds.BIRTH_DATE: (Field.BIRTH_DATE,),
    Holds.EMAIL: (Field.EMAIL,),
    **dict.fromkeys(LABEL_OF, (Field.PHONE,)),
}
"""The fields that a column states in every row; of a client's standing it depends on the cells."""


_WORTH_ASKING = {Holds.OWN_ID: "file.no_own_id", Holds.BIRTH_DATE: "file.no_birth_date"}
"""What tells clients apart: where nothing holds it, one of the columns that were passed over may."""
_OTHER_HALF = {Holds.FIRST_NAME: "file.no_last_name", Holds.LAST_NAME: "file.no_first_name"}
"""What is asked where a column has one half of the name and none the other."""
_NOTHING_IN = {
    Holds.FIRST_NAME: NO_NAME,
    Holds.LAST_NAME: NO_NAME,
    Holds.NAME: NO_NAME,
    Holds.PREFERRED_NAME: NO_NAME,
}
_HINT_AT_ORDER = {DateOrder.DMY: "file.dates_dmy", DateOrder.MDY: "file.dates_mdy"}
_STILL_A_DAY = ("date.ambiguous", "date.year_short")
"""Of a date that only says that there is one, it does not matter which."""


def read_clients(file: BinaryIO, name: str, choices: ReadingChoices) -> Iterator[Read]:
    """Yield the clients of a file as they are read, its shape first.

    Args:
        file: opened for bytes, at its beginning; it has to allow `peek`.
        name: how the file is named to whoever imports.
        choices: what they say about it.

    Raises:
        UnreadableFile: there is no column with a name, or one that was named is not there.
    """
    table = Table(file, name, partial(kinds_named, said=choices.columns))
    columns = columns_of(table.headers, choices.columns)
    headers = _headers(columns)
    yield FileShape(file=name, columns=table.headers, delimiter=table.delimiter, headers=headers)
    yield from table.begin()
    yield from _asked_of(columns, name)
    rows = _Rows(columns, choices)
    for row in table.rows():
        if isinstance(row, TableRow):
            cells: Sequence[str] = row.cells
        else:
            cells = tuple(row.original.values()) if row.key == "row.cells" else ()
        if total := total_in(cells) if cells else "":
            values: dict[str, str | int] = {"line": row.place.line, "said": total}
            yield FileNotice(file=name, key="file.total", values=values)
        else:
            yield row if isinstance(row, RowError) else rows.read(row)
    yield from rows.notices(name)
    yield from table.notices()


def _asked_of(columns: Columns, name: str) -> Iterator[FileNotice]:
    """Yield which columns were passed over, and what one of them may hold that is missing."""
    if not columns.ignored:
        return
    yield FileNotice(file=name, key="file.ignored", values={"columns": ", ".join(columns.ignored)})
    held = set(columns.holds.values())
    halves = held & _OTHER_HALF.keys()
    asked = [_OTHER_HALF[half] for half in halves] if len(halves) == 1 and Holds.NAME not in held else []
    for key in (*asked, *(key for holds, key in _WORTH_ASKING.items() if holds not in held)):
        yield FileNotice(file=name, key=key)


def _headers(columns: Columns) -> dict[str, str]:
    """Return the header that each field has in the file."""
    found: dict[str, str] = {}
    for place, holds in columns.holds.items():
        for field in _FIELDS_OF.get(holds, (holds,)):
            found.setdefault(field.value, columns.names[place])
    return found


_Said = Mapping[Holds, str]


class _Rows:
    """Reads the rows of one file; what its headers say is found once."""

    def __init__(self, columns: Columns, choices: ReadingChoices) -> None:
        self._dates = choices.dates
        self._today = choices.today
        self._is_ours = columns.of(Holds.REFERENCE) is not None
        """Whether this is an export of ours, in which a cell means what it says."""
        self._orders_shown: set[DateOrder] = set()
        self._has_ambiguous = False
        self._names = columns.names
        self._holds = columns.holds
        self._place = {holds: place for place, holds in columns.holds.items()}
        self._nothing_in: tuple[tuple[Holds, int, Collection[str]], ...] = tuple(
            (holds, place, () if self._is_ours else _NOTHING_IN.get(holds, NOTHING))
            for holds, place in self._place.items()
        )
        """Of each column that is read, which words in it say nothing."""
        self._phones = columns.phones()
        stated = frozenset(field for holds in columns.holds.values() for field in _FIELDS_OF.get(holds, ()))
        standing = frozenset((Field.STATUS,)), frozenset((Field.DECEASED_ON,))
        self._stated = {
            (status, died): stated | (standing[0] if status else stated) | (standing[1] if died else stated)
            for status in (False, True)
            for died in (False, True)
        }
        """The fields that a row states, by whether it says its status and a date of death."""

    def read(self, row: TableRow) -> ClientRow | BadRow:
        """Return the client in a row, or which cells cannot be read."""
        errors: list[RowError] = []
        said = self._said(row.cells)
        first, last = _name(said)
        phones = self._numbers(row, errors)
        status, died = self._standing(row, said, errors)
        reference = said.get(Holds.REFERENCE)
        read = ClientRow(
            place=row.place,
            details=ClientDetails(
                first_name=first,
                last_name=last,
                preferred_name=said.get(Holds.PREFERRED_NAME, ""),
                own_id=said.get(Holds.OWN_ID, ""),
                birth_date=self._date(row, said, Holds.BIRTH_DATE, errors),
                email=self._address(row, said, errors),
                phones=tuple(phone for phone, _ in phones),
                status=status or ClientStatus.ACTIVE,
                deceased_on=died,
            ),
            stated=self._stated[status is not None, died is not None],
            references=(reference,) if reference else (),
            unlabelled=frozenset(phone.number for phone, is_labelled in phones if not is_labelled),
            original=row.original,
        )
        return BadRow(errors=tuple(errors), row=read) if errors else read

    def _said(self, cells: Sequence[str]) -> _Said:
        """Return what each cell says, trimmed, without those that say nothing: most are asked for anyway."""
        return {
            holds: said
            for holds, place, nothing in self._nothing_in
            if (said := cells[place].strip()) and said.lower() not in nothing
        }

    def _address(self, row: TableRow, said: _Said, errors: list[RowError]) -> str | None:
        cell = said.get(Holds.EMAIL)
        if cell is None:
            return None
        address = address_in(cell)
        if address is None:
            errors.append(self._error(row, Holds.EMAIL, "email.several", {}))
        return address or None

    def _numbers(self, row: TableRow, errors: list[RowError]) -> list[tuple[Phone, bool]]:
        """Return the numbers, one of each, with whether it is said what it is for."""
        found: dict[str, tuple[Phone, bool]] = {}
        for place, label in self._phones:
            cell = said_in(row.cells[place])
            if cell and not is_only_zeros(cell):
                if is_shortened(cell):
                    errors.append(self._error(row, self._holds[place], "phone.shortened", {}, place=place))
                for phone, is_labelled in phones_in(cell, label):
                    found.setdefault(phone.number, (phone, is_labelled))
        return list(found.values())

    def _standing(
        self, row: TableRow, said: _Said, errors: list[RowError]
    ) -> tuple[ClientStatus | None, date | None]:
        """Return status and date of death; None where the row does not say."""
        status = self._status(row, said, errors)
        died = self._date(row, said, Holds.DECEASED_ON, errors)
        cell = said.get(Holds.DECEASED)
        if not cell and died is None:
            return status, None
        if cell and died is None and yes_or_no(cell) is None:
            died = self._date(row, said, Holds.DECEASED, errors)
        if died is not None or (cell and yes_or_no(cell)):
            status = status if status is ClientStatus.ACTIVE and died is not None else ClientStatus.DECEASED
        return status, died

    def _status(self, row: TableRow, said: _Said, errors: list[RowError]) -> ClientStatus | None:
        if cell := said.get(Holds.STATUS):
            status = status_in(cell)
            if status is None:
                values = {"known": ", ".join(ClientStatus)}
                errors.append(self._error(row, Holds.STATUS, "status.unknown", values))
            return status
        if cell := said.get(Holds.INACTIVE):
            answer = yes_or_no(cell)
            if answer is None and self._is_day(cell):
                return ClientStatus.ARCHIVED
            if answer is None:
                errors.append(self._error(row, Holds.INACTIVE, "status.yes_or_no", {}))
            else:
                return ClientStatus.ARCHIVED if answer else ClientStatus.ACTIVE
        return None

    def _is_day(self, cell: str) -> bool:
        found = date_in(cell, self._dates)
        return not isinstance(found, NoDate) or found.key in _STILL_A_DAY

    def _date(self, row: TableRow, said: _Said, holds: Holds, errors: list[RowError]) -> date | None:
        cell = said.get(holds)
        if not cell or is_only_zeros(cell):
            return None
        found = date_in(cell, self._dates, born_by=self._today if holds is Holds.BIRTH_DATE else None)
        if self._dates is None and "-" not in cell and (shown := order_shown(cell)):
            self._orders_shown.add(shown)
        if isinstance(found, NoDate):
            self._has_ambiguous = self._has_ambiguous or found.key == "date.ambiguous"
            errors.append(self._error(row, holds, found.key, {}))
            return None
        return found

    def notices(self, name: str) -> Iterator[FileNotice]:
        """Yield in which order the clear dates are, where others are not clear: a hint for all of them."""
        if self._has_ambiguous and len(self._orders_shown) == 1:
            (order,) = self._orders_shown
            yield FileNotice(file=name, key=_HINT_AT_ORDER[order])

    def _error(
        self,
        row: TableRow,
        holds: Holds,
        key: str,
        values: dict[str, str | int] | dict[str, str],
        *,
        place: int | None = None,
    ) -> RowError:
        place = self._place[holds] if place is None else place
        return RowError(
            place=row.place,
            column=self._names[place],
            value=row.cells[place].strip(),
            key=key,
            values=dict(values),
            original=row.original,
        )


def _name(said: _Said) -> tuple[str, str]:
    """Return first and last name."""
    first, last = said.get(Holds.FIRST_NAME, ""), said.get(Holds.LAST_NAME, "")
    whole = said.get(Holds.NAME)
    if not whole:
        return first, last
    whole_first, whole_last = name_in(whole)
    return first or whole_first, last or whole_last
