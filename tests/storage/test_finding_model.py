"""Whatever was written and whatever is typed: both engines find whom a plain look at everybody finds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.phone import Phone
from bot.domain.sought import Sought
from storage.database import Database
from tests.storage.finding_model import LIMIT, expected
from tests.storage.practice import NOON

ME, SOMEBODY = StaffId("U0ME"), StaffId("U0ELSE")

_EMIR = "\u041c\u0438\u0439\u0440"
_FIRST = ("María", "Mario", "Ann-Marie", "Marcus Aurel", "Jose", "Zoë", _EMIR, "Ana", "")
_LAST = ("López", "García-López", "O'Brien", "Lopes", "Zhou", "Mari", "de la Cruz", "Marín Ana")
_PREFERRED = ("", "", "", "Mimi", "Ana", "Jo-Jo")
_OWN = ("", "K-10", "10 42", "A.1.b", "mar7")
_EMAILS = (None, None, "maria.lopez@example.com", "ANA_1@example.org", "lopez@example.com")
_PHONES = ("+12025550143", "+442079460123", "202 ask 555", "+13105550100")
_BORN = (None, date(1990, 5, 5), date(1990, 4, 5), date(1984, 3, 31))
_TYPED = (
    *(
        "m",
        "mar",
        "maria",
        "maria lo",
        "lo mar",
        "lopez, m",
        "garcia-lopez",
        "annmarie",
        "ann-m",
        "ana",
        "o'b",
        "brien",
    ),
    *(
        "mria",
        "maira lopez",
        "lopezz",
        "gracia lopez",
        "maria lopze",
        "zhuo",
        "marqus",
        "Мария",
        "Марея",
        "cruz de",
    ),
    *("lopez maria.l", "maria.lopez garcia", "ana_ mimi", "ana-1 10", "aurel marcus-a"),
    *("k10", "k-1", "10", "1042", "42 maria", "1.b", "maria.lopez@e", "ana_1", "lopez@example.com", "mar7 x"),
    *(
        "(202) 555-0143",
        "1 202 555",
        "+1 202",
        "202",
        "020 7946",
        "00442079",
        "maria 202 555",
        "310-555 ana",
        "0",
    ),
    *(
        "5/5/1990",
        "1990-05-05",
        "5.4.1990",
        "31 Mar 1984 maria",
        "maria 1990",
        "1990",
        "4/5/90",
        "-",
        "%",
        "",
        "50%",
    ),
)

_numbers = count()

details = st.builds(
    ClientDetails,
    first_name=st.sampled_from(_FIRST),
    last_name=st.sampled_from(_LAST),
    preferred_name=st.sampled_from(_PREFERRED),
    own_id=st.just(""),
    birth_date=st.sampled_from(_BORN),
    email=st.sampled_from(_EMAILS),
    phones=st.lists(st.sampled_from(_PHONES), unique=True, max_size=2).map(
        lambda numbers: tuple(Phone(number=number) for number in numbers)
    ),
    status=st.sampled_from([*ClientStatus, ClientStatus.ACTIVE]),
)
writes = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "add_all", "update", "update_all")),
        st.lists(details, min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    writes=writes,
    own_ids=st.permutations(_OWN),
    texts=st.lists(st.sampled_from(_TYPED), min_size=6, max_size=12),
    uses=st.lists(st.tuples(st.sampled_from((ME, SOMEBODY)), st.integers(0, 9)), max_size=5),
)
async def test_what_is_found_is_what_a_plain_look_finds(
    database: Database,
    writes: Sequence[tuple[str, Sequence[ClientDetails]]],
    own_ids: Sequence[str],
    texts: Sequence[str],
    uses: Sequence[tuple[StaffId, int]],
) -> None:
    workspace = WorkspaceId(f"T{next(_numbers)}")
    await database.ensure_workspace(workspace, "one of many")
    stored = await _written(database, workspace, writes, own_ids)
    mine, anybodys = await _used(database, workspace, stored, uses)
    for text in texts:
        for limit in (LIMIT, 3):
            found = await database.finding.search(workspace, Sought.read(text), limit=limit, by=ME)
            wanted = expected(stored, text, mine=mine, anybodys=anybodys)
            assert [each.id for each in found.clients] == wanted[:limit], text
            assert all(each in stored for each in found.clients)


async def _used(
    database: Database, workspace: WorkspaceId, stored: Sequence[Client], uses: Sequence[tuple[StaffId, int]]
) -> tuple[list[ClientId], list[ClientId]]:
    """Have clients used, and return whom I used and whom anybody did, latest first."""
    used: list[tuple[StaffId, ClientId]] = []
    for number, (by, place) in enumerate(uses if stored else ()):
        client_id = stored[place % len(stored)].id
        async with database.writing(workspace) as unit:
            await unit.clients.use((client_id,), by=by, at=NOON + timedelta(minutes=number))
        used.append((by, client_id))
    mine = dict.fromkeys(client_id for by, client_id in reversed(used) if by == ME)
    return [*mine], [*dict.fromkeys(client_id for _, client_id in reversed(used))]


async def _written(
    database: Database,
    workspace: WorkspaceId,
    writes: Sequence[tuple[str, Sequence[ClientDetails]]],
    own_ids: Sequence[str],
) -> list[Client]:
    """Write as it comes, and return who is there at the end."""
    there: dict[ClientId, Client] = {}
    free = [*own_ids]
    for act, wanted in writes:
        async with database.writing(workspace) as unit:
            if act.startswith("add"):
                new: list[Client] = []
                for each in wanted:
                    own_id = free.pop() if free else ""
                    new.append(
                        Client(
                            id=ClientId(f"c{len(there) + len(new):02d}"), details=replace(each, own_id=own_id)
                        )
                    )
                if act == "add_all":
                    await unit.clients.add_all(new)
                else:
                    for client in new:
                        await unit.clients.add(client)
                there |= {client.id: client for client in new}
                continue
            changed = [
                replace(
                    client, details=replace(each, own_id=client.details.own_id), version=client.version + 1
                )
                for client, each in zip(there.values(), wanted, strict=False)
            ]
            if act == "update_all":
                await unit.clients.update_all([(client, client.version - 1) for client in changed])
            else:
                for client in changed:
                    await unit.clients.update(client, expected_version=client.version - 1)
            there |= {client.id: client for client in changed}
    return [*there.values()]
