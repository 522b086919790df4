"""A search goes the way that is written: neither engine may begin with the larger side."""

import pytest
from sqlalchemy import Dialect, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.json_texts import texts_of
from storage.ordered_join import ForEach, InOrder
from storage.tables import clients

SQLITE: Dialect = sqlite.dialect()
POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's


@pytest.mark.parametrize(
    ("join", "dialect", "written"),
    [
        (InOrder, SQLITE, "AS anon_1 CROSS JOIN clients ON"),
        (ForEach, SQLITE, "AS anon_1 CROSS JOIN clients ON"),
        (InOrder, POSTGRESQL, "AS anon_1 JOIN clients ON"),
        (ForEach, POSTGRESQL, "AS anon_1 CROSS JOIN LATERAL (SELECT * FROM clients WHERE"),
    ],
)
def test_the_order_is_kept(join: type[InOrder], dialect: Dialect, written: str) -> None:
    texts = texts_of("meant")
    every = join(texts, clients, clients.c.last_first >= texts.c.value)
    assert written in str(select(clients.c.id).select_from(every).compile(dialect=dialect))
