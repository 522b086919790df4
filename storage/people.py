"""The contact persons of one workspace."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select

from bot.domain.errors import ChangedMeanwhile
from bot.domain.ids import ContactId, PersonId
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone
from storage.person_search import people_like, tokens_of_person
from storage.phones import phone_rows, phones_of
from storage.tables import contacts, people, person_phones, person_tokens
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

PERSON_COLUMNS: tuple[ColumnElement[Any], ...] = (
    people.c.id,
    people.c.first_name,
    people.c.last_name,
    people.c.email,
    people.c.language,
    people.c.version,
)

_OF_THIS_PERSON: BindParameter[str] = bindparam("of_person")
_ONE = select(*PERSON_COLUMNS).where(people.c.workspace_id == IN_WORKSPACE, people.c.id == _OF_THIS_PERSON)
_SEVERAL = (
    select(*PERSON_COLUMNS)
    .where(people.c.workspace_id == IN_WORKSPACE, people.c.id.in_(bindparam("of_people", expanding=True)))
    .order_by(people.c.id)
)
_SEVERAL_HELD = _SEVERAL.with_for_update(key_share=True)
_LOCKED = (
    _ONE.with_for_update(
        key_share=True
    )  # Weaker than FOR UPDATE: rows that only refer to a person need not wait.
)
_UPDATE = people.update().where(
    people.c.workspace_id == IN_WORKSPACE,
    people.c.id == _OF_THIS_PERSON,
    people.c.version == bindparam("expected_version"),
)
_DELETE_PHONES = person_phones.delete().where(
    person_phones.c.workspace_id == IN_WORKSPACE, person_phones.c.person_id == _OF_THIS_PERSON
)
_DELETE_TOKENS = person_tokens.delete().where(
    person_tokens.c.workspace_id == IN_WORKSPACE, person_tokens.c.person_id == _OF_THIS_PERSON
)
_NEXT = (
    select(*PERSON_COLUMNS)
    .where(people.c.workspace_id == IN_WORKSPACE, people.c.id > bindparam("after"))
    .order_by(people.c.id)
    .limit(bindparam("most"))
    .with_for_update(key_share=True)
)
_DELETE_TOKENS_OF_SEVERAL = person_tokens.delete().where(
    person_tokens.c.workspace_id == IN_WORKSPACE,
    person_tokens.c.person_id.in_(bindparam("of_people", expanding=True)),
)
_IN_TOUCH = select(*PERSON_COLUMNS).where(
    people.c.workspace_id == IN_WORKSPACE,
    # Asked of each of the few who are found, and no list of all contacts.
    select(contacts.c.id)
    .where(
        contacts.c.workspace_id == IN_WORKSPACE,
        contacts.c.person_id == people.c.id,
        contacts.c.removed_at.is_(None),
    )
    .exists(),
)
_CONTACTS_OF = (
    select(contacts.c.id)
    .where(
        contacts.c.workspace_id == IN_WORKSPACE,
        contacts.c.person_id == _OF_THIS_PERSON,
        contacts.c.removed_at.is_(None),
    )
    .order_by(contacts.c.id)
)
_CLIENTS_OF = select(func.count(contacts.c.client_id.distinct())).where(
    contacts.c.workspace_id == IN_WORKSPACE,
    contacts.c.person_id == _OF_THIS_PERSON,
    contacts.c.removed_at.is_(None),
)


class SqlPeople:
    """`bot.services.ports.People` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def get(self, person_id: PersonId) -> Person | None:
        """Return a contact person, or None."""
        row = await self._connection.row(_ONE, of_person=person_id)
        return (await self._with_phones([row]))[0] if row is not None else None

    async def several(self, person_ids: Sequence[PersonId], *, held: bool = False) -> tuple[Person, ...]:
        """Return those of the people that exist, by id, perhaps held until the unit ends."""
        statement = _SEVERAL_HELD if held else _SEVERAL
        return await self._with_phones(await self._connection.rows(statement, of_people=person_ids))

    async def lock(self, person_id: PersonId) -> Person | None:
        """Return a contact person, held until the unit ends, or None."""
        row = await self._connection.row(_LOCKED, of_person=person_id)
        return (await self._with_phones([row]))[0] if row is not None else None

    async def alike(self, details: PersonDetails, *, limit: int) -> tuple[Person, ...]:
        """Return people who are somebody's contact and have a name, an e-mail or a number in common."""
        ids = select(person_tokens.c.person_id).where(
            person_tokens.c.workspace_id == IN_WORKSPACE, people_like(details)
        )
        statement = _IN_TOUCH.where(people.c.id.in_(ids)).order_by(people.c.id).limit(limit)
        return await self._with_phones(await self._connection.rows(statement))

    async def contacts_of(self, person_id: PersonId) -> tuple[ContactId, ...]:
        """Return the active contacts that point to a person, by id."""
        rows = await self._connection.rows(_CONTACTS_OF, of_person=person_id)
        return tuple(ContactId(row[0]) for row in rows)

    async def add(self, person: Person) -> None:
        """Store a new contact person."""
        await self.add_all((person,))

    async def add_all(self, added: Sequence[Person]) -> None:
        """Store many new contact persons in a few statements."""
        await self._connection.insert(people, *({"id": person.id, **_row(person)} for person in added))
        await self._write_phones_and_tokens(added)

    async def update(self, person: Person, *, expected_version: int) -> None:
        """Store changed details under `person.version`."""
        met = await self._connection.change(
            _UPDATE.values(_row(person)), of_person=person.id, expected_version=expected_version
        )
        if met != 1:
            raise ChangedMeanwhile
        await self._connection.change(_DELETE_PHONES, of_person=person.id)
        await self._connection.change(_DELETE_TOKENS, of_person=person.id)
        await self._write_phones_and_tokens((person,))

    async def reindex_next(self, *, after: PersonId | None, most: int) -> Sequence[PersonId]:
        """Compute anew what the next people by id are recognised by, and return whose it was."""
        rows = await self._connection.rows(_NEXT, after=after or "", most=most)
        found = await self._with_phones(rows)
        ids = [person.id for person in found]
        if ids:
            await self._connection.change(_DELETE_TOKENS_OF_SEVERAL, of_people=ids)
            await self._write_tokens(found)
        return ids

    async def count_clients_of(self, person_id: PersonId) -> int:
        """Return how many clients have this person as an active contact."""
        row = await self._connection.row(_CLIENTS_OF, of_person=person_id)
        return int(row[0]) if row is not None else 0

    async def _with_phones(self, rows: Sequence[Sequence[Any]]) -> tuple[Person, ...]:
        ids = [row[0] for row in rows]
        phones = await phones_of(self._connection, person_phones.c.person_id, person_phones, ids)
        return tuple(person_from(row, phones.get(row[0], ())) for row in rows)

    async def _write_phones_and_tokens(self, written: Sequence[Person]) -> None:
        await self._connection.insert(
            person_phones,
            *(row for person in written for row in phone_rows("person_id", person.id, person.details.phones)),
        )
        await self._write_tokens(written)

    async def _write_tokens(self, written: Sequence[Person]) -> None:
        await self._connection.insert(
            person_tokens,
            *(
                {"person_id": person.id, "kind": kind, "token": token}
                for person in written
                for kind, token in tokens_of_person(person.details)
            ),
        )


def person_from(values: Sequence[Any], phones: tuple[Phone, ...]) -> Person:
    """Return the person that the values of `PERSON_COLUMNS` and the numbers make."""
    person_id, first, last, email, language, version = values
    return Person(
        id=PersonId(person_id),
        details=PersonDetails(
            first_name=first, last_name=last, email=email, phones=phones, language=language
        ),
        version=version,
    )


def _row(person: Person) -> dict[str, object]:
    details = person.details
    return {
        "first_name": details.first_name,
        "last_name": details.last_name,
        "email": details.email,
        "language": details.language,
        "version": person.version,
    }
