"""How many there are is said as far as it can be counted at once, and never less or more than is true."""

from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from storage.client_search import MOST_COUNTED
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import NOON, client, link

ME = StaffId("U0ME")
MARIAS = 3_100
"""More than are looked at one by one for a second word."""


async def said(database: Database, text: str, *, leave_out: str | None = None) -> tuple[str, int, bool]:
    """Return who is first, and what is said of how many there are."""
    found = await database.finding.search(
        WORKSPACE,
        Sought.read(text),
        limit=20,
        by=ME,
        leave_out_family_of=ClientId(leave_out) if leave_out else None,
    )
    assert len(found.clients) == min(found.total, 20)
    return found.clients[0].id, found.total, found.is_more


async def test_how_many_there_are_is_said_as_far_as_it_is_known(database: Database) -> None:
    marias = [
        client(f"m{number:04d}", "Maria", f"Q{number // 1000}x", email=f"x_{number}@x.org")
        for number in range(MARIAS)
    ]
    anas = [client(f"a{number:03d}", "Ana", "Zabel", email=f"ana{number}@x.org") for number in range(412)]
    # A word within the name is another way to them.
    twos = [client(f"t{number:02d}", "Eva Maria", "Q1x", own_id=f"Q1-{number}") for number in range(7)]
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([*marias, *anas, *twos])
        await unit.relations.add(link("l1", "a001", "a002"))
        await unit.clients.use([ClientId("a411"), ClientId("m3050"), ClientId("t06")], by=ME, at=NOON)
    await database.settle()
    # Counted to the end, and each once however many ways lead there; who was used lately comes first.
    assert await said(database, "ana") == ("a411", 412, False)
    assert await said(database, "zab a") == ("a411", 412, False)
    assert await said(database, "ana", leave_out="a001") == ("a411", 410, False)
    assert await said(database, "q3") == ("m3050", 100, False)
    # By so many ways that they are not all gone through.
    assert await said(database, "m") == ("m3050", MOST_COUNTED, True)
    assert await said(database, "") == ("t06", MOST_COUNTED, True)
    # Two words that thousands have: only those whose name begins so are counted; all, where one leads to few.
    assert await said(database, "maria q") == ("m3050", 100, True)
    assert await said(database, "maria q3") == ("m3050", 100, False)
    assert await said(database, "q1 mar") == ("t06", MOST_COUNTED, True)
    # An address beside a name, which few have, and which thousands have.
    assert await said(database, "q3 x_305") == ("m3050", 10, False)
    assert await said(database, "q3 x_") == ("m3050", 100, False)


async def test_where_one_order_of_the_name_has_few_the_other_one_is_counted(database: Database) -> None:
    each = 1_400
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all(
            [client(f"b{number:04d}", "Bruno", f"Y{number}") for number in range(each)]
        )
        await unit.clients.add_all(
            [client(f"x{number:02d}", "Xenia", f"Brun{number}") for number in range(30)]
        )
        await unit.clients.add_all(
            [client(f"c{number:03d}", "Cleo", f"Cle{number}") for number in range(700)]
        )
    await database.settle()
    assert await said(database, "bru") == ("x00", MOST_COUNTED, True)
    # Found by the one order and by the other, and counted once.
    assert await said(database, "cle") == ("c000", 700, False)


async def test_whoever_is_found_in_both_orders_of_the_name_counts_once(database: Database) -> None:
    each = 600
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all(
            [client(f"w{number:03d}", "Wanda", f"Wandel Qa{number}") for number in range(each)]
        )
        # So many that the other word is not the way.
        await unit.clients.add_all([client(f"q{number:03d}", "Qamar", "Zed") for number in range(2 * each)])
    await database.settle()
    assert await said(database, "wand qa") == ("w000", each, False)
