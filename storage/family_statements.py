"""The two statements that read the families of one client or of several, which make one trip."""

from sqlalchemy import BindParameter, Column, ColumnElement, bindparam, literal, select, union, union_all

from storage.client_rows import client_columns
from storage.column_types import Words
from storage.json_texts import texts_of
from storage.ordered_join import InOrder
from storage.people import PERSON_COLUMNS
from storage.person_search import EMAIL
from storage.relation_rows import CONTACT_COLUMNS, LINK_COLUMNS
from storage.sides import side_columns
from storage.tables import (
    address_pauses,
    client_phones,
    clients,
    contacts,
    links,
    people,
    person_phones,
    person_tokens,
    sides,
)
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect

_OF_THIS_CLIENT: BindParameter[str] = bindparam("of_client", type_=Words)
_me = clients.alias("me")
_mine = sides.alias("mine")
_theirs = sides.alias("theirs")
_other = clients.alias("other")

_GROUPS = (
    client_columns(_me),
    side_columns(_mine),
    LINK_COLUMNS,
    side_columns(_theirs),
    client_columns(_other),
    CONTACT_COLUMNS,
    PERSON_COLUMNS,
)


def _slices() -> tuple[slice, ...]:
    """Return where in a row each group of columns stands."""
    bounds = [0]
    for group in _GROUPS:
        bounds.append(bounds[-1] + len(group))
    return tuple(map(slice, bounds, bounds[1:]))


ME, MINE, LINK, THEIRS, OTHER, CONTACT, PERSON = _slices()
ADDRESSES = (
    ME.start + client_columns(_me).index(_me.c.email),
    OTHER.start + client_columns(_other).index(_other.c.email),
    PERSON.start + PERSON_COLUMNS.index(people.c.email),
)
"""Where in a row e-mail addresses stand."""

_JOINED = (
    select(*(column for group in _GROUPS for column in group))
    .select_from(
        _me.outerjoin(
            _mine,
            (_mine.c.workspace_id == _me.c.workspace_id)
            & (_mine.c.client_id == _me.c.id)
            & _mine.c.is_active,
        )
        .outerjoin(links, (links.c.workspace_id == _mine.c.workspace_id) & (links.c.id == _mine.c.link_id))
        .outerjoin(
            _theirs,
            (_theirs.c.workspace_id == _mine.c.workspace_id)
            & (_theirs.c.relation_id == _mine.c.link_id)
            & (_theirs.c.client_id != _mine.c.client_id),
        )
        .outerjoin(
            _other,
            (_other.c.workspace_id == _theirs.c.workspace_id) & (_other.c.id == _theirs.c.client_id),
        )
        .outerjoin(
            contacts,
            (contacts.c.workspace_id == _mine.c.workspace_id) & (contacts.c.id == _mine.c.contact_id),
        )
        .outerjoin(
            people,
            (people.c.workspace_id == contacts.c.workspace_id) & (people.c.id == contacts.c.person_id),
        )
    )
    .where(_me.c.workspace_id == IN_WORKSPACE)
)

OF_CLIENT, OF_PERSON, PAUSE = "client", "person", "pause"
_MY_LINKS = InOrder(
    _mine,
    _theirs,
    (_theirs.c.workspace_id == _mine.c.workspace_id)
    & (_theirs.c.relation_id == _mine.c.link_id)
    & (_theirs.c.client_id != _mine.c.client_id),
)
_MY_CONTACTS = InOrder(
    _mine,
    contacts,
    (contacts.c.workspace_id == _mine.c.workspace_id) & (contacts.c.id == _mine.c.contact_id),
)


def members(*, several: bool) -> AnySelect:
    """Return the statement for the clients, each row with a relation and whom it is with, if there is one."""
    return _JOINED.where(_is_asked_for(_me.c.id, several=several))


def numbers_and_pauses(*, several: bool) -> AnyCompoundSelect:
    """Return the statement for everybody's numbers, and for those of their addresses that do not work."""
    c = client_phones.c
    me = (_me.c.workspace_id == IN_WORKSPACE, _is_asked_for(_me.c.id, several=several))
    mine = (
        _mine.c.workspace_id == IN_WORKSPACE,
        _is_asked_for(_mine.c.client_id, several=several),
        _mine.c.is_active,
    )
    others = InOrder(_MY_LINKS, _other, _belongs(_other.c.id, _theirs.c.client_id))
    friends = InOrder(_MY_CONTACTS, person_tokens, _belongs(person_tokens.c.person_id, contacts.c.person_id))
    friends_numbers = InOrder(
        _MY_CONTACTS, person_phones, _belongs(person_phones.c.person_id, contacts.c.person_id)
    )
    # Of one client everybody is met once; somebody may be related to several.
    together = union if several else union_all
    return together(
        _numbers(OF_CLIENT, c.client_id).where(
            c.workspace_id == IN_WORKSPACE, _is_asked_for(c.client_id, several=several)
        ),
        _numbers(OF_CLIENT, c.client_id)
        .select_from(InOrder(_MY_LINKS, client_phones, _belongs(c.client_id, _theirs.c.client_id)))
        .where(*mine),
        _numbers(OF_PERSON, person_phones.c.person_id).select_from(friends_numbers).where(*mine),
        _paused().select_from(InOrder(_me, address_pauses, _is_login(_me.c.login))).where(*me),
        _paused().select_from(InOrder(others, address_pauses, _is_login(_other.c.login))).where(*mine),
        _paused()
        .select_from(InOrder(friends, address_pauses, _is_login(person_tokens.c.token)))
        .where(*mine, person_tokens.c.kind == EMAIL),
    ).order_by("position")


def _is_asked_for(client_id: ColumnElement[str], *, several: bool) -> ColumnElement[bool]:
    if several:
        return client_id.in_(select(texts_of("of_clients").c.value))
    return client_id == _OF_THIS_CLIENT


def _numbers(of: str, owner: Column[str]) -> AnySelect:
    c = owner.table.c
    return select(literal(of), owner, c.number, c.label, c.position)


def _paused() -> AnySelect:
    return select(literal(PAUSE), address_pauses.c.address, literal(""), literal(""), literal(0))


def _belongs(column: Column[str], owner: Column[str]) -> ColumnElement[bool]:
    return (column.table.c.workspace_id == owner.table.c.workspace_id) & (column == owner)


def _is_login(login: Column[str]) -> ColumnElement[bool]:
    return (address_pauses.c.workspace_id == login.table.c.workspace_id) & (address_pauses.c.address == login)
