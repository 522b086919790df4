from datetime import date

import pytest

from bot.domain.client import Client, ClientDetails, ClientStatus, may_be_the_same, similar_first_name
from bot.domain.ids import ClientId

BORN = date(1980, 5, 1)


def client(first: str = "María", last: str = "López", **details: object) -> Client:
    made = ClientDetails(first_name=first, last_name=last, **details)  # type: ignore[arg-type] # any detail
    return Client(id=ClientId("c1"), details=made)


@pytest.mark.parametrize(
    ("known", "entered", "same"),
    [
        # Same name and birth date, however it is spelled.
        (
            client(birth_date=BORN),
            ClientDetails(first_name="Maria", last_name="Lopez", birth_date=BORN),
            True,
        ),
        # Same name, another birth date: a namesake.
        (
            client(birth_date=BORN),
            ClientDetails(first_name="María", last_name="López", birth_date=date(1999, 1, 1)),
            False,
        ),
        # Same name, and nobody knows one of the birth dates.
        (client(), ClientDetails(first_name="María", last_name="López", birth_date=BORN), True),
        (client(birth_date=BORN), ClientDetails(first_name="María", last_name="López"), True),
        # Same e-mail and a similar first name.
        (
            client("Maribel", email="m@example.com"),
            ClientDetails(first_name="Mari", last_name="Ruiz", email="M@Example.com "),
            True,
        ),
        # Same e-mail, another birth date: the ordinary family case of R14.
        (
            client("Maria", email="m@example.com", birth_date=BORN),
            ClientDetails(first_name="Maria", email="m@example.com", birth_date=date(2010, 1, 1)),
            False,
        ),
        # Same e-mail, another first name: a family.
        (
            client("Maria", email="m@example.com"),
            ClientDetails(first_name="Pedro", last_name="López", email="m@example.com"),
            False,
        ),
        (client(), ClientDetails(first_name="Pedro", last_name="Ruiz"), False),
    ],
)
def test_r12_who_may_be_the_same_person(known: Client, entered: ClientDetails, *, same: bool) -> None:
    assert may_be_the_same(known, entered) is same


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("Chris", "Christine", True),
        ("José", "jose", True),
        ("Al", "Alexander", False),
        ("", "Ana", False),
        ("", "", False),
        ("Ana", "Eva", False),
    ],
)
def test_r12_similar_first_names(one: str, other: str, *, similar: bool) -> None:
    assert similar_first_name(one, other) is similar
    assert similar_first_name(other, one) is similar


def test_the_preferred_name_stands_in_brackets_where_it_differs() -> None:
    assert client(preferred_name="Mari").display_name == "María López (Mari)"
    assert client(preferred_name="María").display_name == "María López"
    assert client("", "López").display_name == "López"


def test_r13_the_birth_year_tells_namesakes_apart() -> None:
    assert client(birth_date=BORN).birth_year == 1980
    assert client().birth_year is None


def test_r14_the_same_login_is_computed_from_trimmed_and_casefolded_addresses() -> None:
    assert client(email="M.Lopez@example.com").shares_login_with(client(email=" m.lopez@EXAMPLE.com "))
    assert not client(email="m.lopez+kid@example.com").shares_login_with(client(email="m.lopez@example.com"))
    assert not client(email="mlopez@example.com").shares_login_with(client(email="m.lopez@example.com"))
    assert not client().shares_login_with(client())


@pytest.mark.parametrize(
    ("status", "pickable"),
    [(ClientStatus.ACTIVE, True), (ClientStatus.ARCHIVED, True), (ClientStatus.DECEASED, False)],
)
def test_r60_pickers_leave_out_the_deceased(status: ClientStatus, *, pickable: bool) -> None:
    assert client(status=status).is_pickable is pickable
