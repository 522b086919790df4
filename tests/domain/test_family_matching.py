"""Finding one of many rows by the beginnings of words."""

import pytest

from bot.domain.family import Family
from tests.views.families import client, contact, linked, person

ONE = client(1, first_name="Ida")
FAMILY = Family(
    client=ONE,
    linked_clients=(
        linked(ONE, client(2, first_name="José", last_name="García-López", own_id="K-12")),
        linked(ONE, client(3, first_name="Josie", last_name="Lane", email="lane@example.com")),
    ),
    contacts=(contact(ONE, person(4, first_name="Rosa", last_name="Lopez", email="rosa@example.org")),),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jos", ["José García-López", "Josie Lane"]),
        ("LOP", ["José García-López", "Rosa Lopez"]),
        ("lopez jos", ["José García-López"]),
        ("k 12", ["José García-López"]),
        ("rosa@exam", ["Rosa Lopez"]),
        ("osa", []),
        ("", ["José García-López", "Josie Lane", "Rosa Lopez"]),
    ],
)
def test_each_word_begins_a_word_of_the_row(text: str, names: list[str]) -> None:
    assert [member.name for member in FAMILY.matching(text)] == names
