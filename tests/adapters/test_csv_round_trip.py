"""What goes out as two lists comes in as the same families, and holds no formula for a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from bot.adapters.roster.clients_csv import read_clients
from bot.adapters.roster.csv_writing import CLIENT_HEADERS, FAMILY_HEADERS, client_cells, family_rows
from bot.adapters.roster.families_csv import read_families
from bot.adapters.roster.formats import FORMATS
from bot.services.roster.reading import ReadingChoices, format_of
from tests.services.exchanged_families import families_of, seen, take_in, with_many_plans
from tests.services.practice import Practice


def list_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headers, *rows])
    return text.getvalue().encode()


def file_of(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content))


def test_what_goes_out_as_lists_comes_in_as_the_same_families(database_url: str) -> None:
    with_many_plans(database_url, exchange)


async def exchange(old: Practice, new: Practice) -> None:
    families = await families_of(old)
    clients = list_of(CLIENT_HEADERS, [client_cells(family.client) for family in families])
    relations = list_of(FAMILY_HEADERS, [row for family in families for row in family_rows(family)])
    assert format_of(clients, FORMATS).said == "a list of clients"
    assert format_of(relations, FORMATS).said == "a list of links and contacts"
    for content in (clients, relations):
        cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    choices = ReadingChoices()
    for _ in range(2):
        await take_in(
            new,
            read_clients(file_of(clients), "clients.csv", choices),
            read_families(file_of(relations), "families.csv", choices),
        )
        assert await seen(new) == await seen(old)
