"""Reading lists of links and contacts from CSV: a row a relation, its clients named by their own ids."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO, TypeVar

from bot.adapters.roster.addresses import address_in
from bot.adapters.roster.cells import is_shortened, phones_in
from bot.adapters.roster.csv_table import Table, TableRow
from bot.adapters.roster.dates import NoDate, date_in
from bot.adapters.roster.empty_words import NO_NAME, is_only_zeros, said_in, total_in
from bot.adapters.roster.family_cells import (
    UnreadableCell,
    basis_in,
    categories_in,
    emergency_in,
    label_in,
    roles_in,
)
from bot.adapters.roster.family_columns import (
    FIELD_OF,
    Tells,
    held_of_person,
    is_for_emergencies,
    places_of,
    things_told,
)
from bot.adapters.roster.headers import LABEL_OF
from bot.adapters.roster.whole_names import name_in
from bot.domain.errors import Field
from bot.domain.person import PersonDetails
from bot.domain.phone import PhoneLabel
from bot.domain.relationship import RelationKind
from bot.domain.sharing import NOT_SHARED, SharingChoice
from bot.services.roster.reading import BadRow, DateOrder, FileNotice, FileShape, Read, ReadingChoices
from bot.services.roster.rows import LAST_PLACE, RelatedSide, RelationRow, RowError

Value = TypeVar("Value")

_HERE = (Tells.RELATIONSHIP, Tells.ROLES, Tells.EMERGENCY, Tells.SHARED, Tells.BASIS, Tells.EXPIRES)
_THERE = (
    Tells.REVERSE_RELATIONSHIP,
    Tells.REVERSE_ROLES,
    Tells.REVERSE_EMERGENCY,
    Tells.REVERSE_SHARED,
    Tells.REVERSE_BASIS,
    Tells.REVERSE_EXPIRES,
)


def read_families(file: BinaryIO, name: str, choices: ReadingChoices) -> Iterator[Read]:
    """Yield the relations of a file as they are read, its shape first.

    An empty cell says nothing: what is here of it stays. `none` or `no` says that there is nothing.

    Args:
        file: opened for bytes, at its beginning; it has to allow `peek`.
        name: how the file is named to whoever imports.
        choices: what they say about it.
    """
    table = Table(file, name, things_told)
    places, ignored = places_of(table.headers)
    phones = {
        place: LABEL_OF[holds]
        for place, header in enumerate(table.headers)
        if (holds := held_of_person(header)) in LABEL_OF and holds is not None
    }
    ignored = [header for header in ignored if table.headers.index(header) not in phones]
    headers = {
        field.value: table.headers[places[tells]]
        for field, several in FIELD_OF.items()
        for tells in several
        if tells in places
    }
    if phones:
        headers[Field.PHONE.value] = table.headers[next(iter(phones))]
    yield FileShape(file=name, columns=table.headers, delimiter=table.delimiter, headers=headers)
    yield from table.begin()
    if ignored:
        yield FileNotice(file=name, key="file.ignored", values={"columns": ", ".join(ignored)})
    called = LAST_PLACE if Tells.EMERGENCY not in places and is_for_emergencies(table.headers) else None
    for row in table.rows():
        cells = row.cells if isinstance(row, TableRow) else tuple(row.original.values())
        if total := total_in(cells):
            values: dict[str, str | int] = {"line": row.place.line, "said": total}
            yield FileNotice(file=name, key="file.total", values=values)
        elif isinstance(row, TableRow):
            yield _Row(row, table.headers, places, phones, choices.dates, called=called).read()
        else:
            yield row
    yield from table.notices()


class _Row:
    """One row, and what of it cannot be read."""

    def __init__(
        self,
        row: TableRow,
        headers: tuple[str, ...],
        places: dict[Tells, int],
        phones: dict[int, PhoneLabel | None],
        dates: DateOrder | None,
        *,
        called: int | None,
    ) -> None:
        self._row = row
        self._headers = headers
        self._places = places
        self._phones = phones
        self._dates = dates
        self._called = called
        """The place among the emergency contacts where the list says that by the header of the names."""
        self._errors: list[RowError] = []

    def read(self) -> RelationRow | BadRow:
        """Return the relation, or which cells cannot be read."""
        related, reference = self._known(Tells.RELATED), self._cell(Tells.RELATED_REFERENCE)
        is_link = bool(related or reference)
        removed_on = self._date(Tells.REMOVED_ON)
        row = RelationRow(
            place=self._row.place,
            kind=RelationKind.LINKED_CLIENT if is_link else RelationKind.CONTACT,
            client_own_id=self._cell(Tells.CLIENT),
            client_references=tuple(filter(None, (self._cell(Tells.CLIENT_REFERENCE),))),
            other_own_id=related,
            other_references=tuple(filter(None, (reference,))),
            side=self._side(_HERE),
            reverse=self._side(_THERE) if is_link and any(map(self._cell, _THERE)) else None,
            person=None if is_link else self._person(),
            person_key="" if is_link else self._cell(Tells.PERSON),
            since=self._date(Tells.SINCE),
            ends_on=removed_on or self._date(Tells.ENDS_ON),
            is_ended=removed_on is not None,
            original=self._row.original,
        )
        return BadRow(errors=tuple(self._errors), row=row) if self._errors else row

    def _person(self) -> PersonDetails:
        first, last = (said_in(self._cell(each), NO_NAME) for each in (Tells.FIRST_NAME, Tells.LAST_NAME))
        if whole := said_in(self._cell(Tells.NAME), NO_NAME):
            whole_first, whole_last = name_in(whole)
            first, last = first or whole_first, last or whole_last
        numbers = []
        for place, label in self._phones.items():
            cell = said_in(self._row.cells[place])
            if is_shortened(cell):
                self._refuse_at(place, "phone.shortened", {})
            elif cell and not is_only_zeros(cell):
                numbers += [phone for phone, _ in phones_in(cell, label)]
        return PersonDetails(
            first_name=first,
            last_name=last,
            email=self._address(),
            phones=tuple(numbers),
            language=self._known(Tells.LANGUAGE),
        )

    def _address(self) -> str | None:
        cell = self._known(Tells.EMAIL)
        address = address_in(cell) if cell else ""
        if address is None:
            self._refuse(Tells.EMAIL, "email.several", {})
        return address or None

    def _side(self, columns: tuple[Tells, ...]) -> RelatedSide:
        relationship, roles, emergency, shared, basis, expires = columns
        place, has_no_phone = self._said(emergency, emergency_in) or (None, False)
        if place is None and emergency is Tells.EMERGENCY:
            place = self._called
        categories = self._said(shared, categories_in)
        agreed, until = self._said(basis, basis_in), self._date(expires)
        sharing = None
        if categories is not None:
            on = SharingChoice(categories=categories, basis=agreed, expires_on=until)
            sharing = on if categories else NOT_SHARED
        return RelatedSide(
            label=self._said(relationship, label_in),
            roles=self._said(roles, roles_in),
            emergency_position=place,
            has_no_phone=has_no_phone,
            sharing=sharing,
        )

    def _cell(self, tells: Tells) -> str:
        place = self._places.get(tells)
        return "" if place is None else self._row.cells[place].strip()

    def _known(self, tells: Tells) -> str:
        """Return what stands in a cell, and nothing for such as "n/a"."""
        return said_in(self._cell(tells))

    def _said(self, tells: Tells, reads: Callable[[str], Value]) -> Value | None:
        try:
            return reads(self._cell(tells))
        except UnreadableCell as unreadable:
            self._refuse(tells, unreadable.key, {"known": unreadable.known} if unreadable.known else {})
            return None

    def _date(self, tells: Tells) -> date | None:
        cell = self._known(tells)
        found = date_in(cell, self._dates) if cell and not is_only_zeros(cell) else None
        if isinstance(found, NoDate):
            self._refuse(tells, found.key, {})
            return None
        return found

    def _refuse(self, tells: Tells, key: str, values: dict[str, str]) -> None:
        self._refuse_at(self._places[tells], key, values)

    def _refuse_at(self, place: int, key: str, values: dict[str, str]) -> None:
        self._errors.append(
            RowError(
                place=self._row.place,
                column=self._headers[place],
                value=self._row.cells[place].strip(),
                key=key,
                values=dict(values),
                original=self._row.original,
            )
        )
