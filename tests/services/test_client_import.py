from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from bot.adapters.client_csv import read_clients
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.history import Act
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.staff import Surface
from bot.services.client_import import BATCH_SIZE, ClientImport, ImportResult, RowError
from tests.services.practice import AGREED, PARENT, Practice

HEADER = "own_id,first_name,last_name,preferred_name,birth_date,email,phones,status\n"
ANA = "A-1,Ana,Ruiz,Anita,1980-05-01,ana@example.com,(212) 555-0100;212 555 0101,active\n"
BEN = "A-2,Ben,Ruiz,,,ben@example.com,,\n"


async def take_in(practice: Practice, *rows: str) -> ImportResult:
    clients = ClientImport(storage=practice.storage, clock=practice.clock, new_id=practice.new_id)
    return await clients.run(
        practice.dana, read_clients(BytesIO((HEADER + "".join(rows)).encode("utf-8-sig")))
    )


async def details_of(practice: Practice, text: str) -> ClientDetails:
    (client,) = (await practice.clients.find(practice.dana, text)).clients
    return client.details


async def test_new_clients_are_added_with_checked_details(practice: Practice) -> None:
    assert await take_in(practice, ANA, BEN) == ImportResult(added=2)
    assert await details_of(practice, "A-1") == ClientDetails(
        own_id="A-1",
        first_name="Ana",
        last_name="Ruiz",
        preferred_name="Anita",
        birth_date=date(1980, 5, 1),
        email="ana@example.com",
        phones=(Phone(number="+12125550100"), Phone(number="+12125550101")),
    )


async def test_the_same_file_again_changes_nothing(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    assert await take_in(practice, ANA, BEN) == ImportResult(unchanged=2)
    (ana,) = (await practice.clients.find(practice.dana, "A-1")).clients
    (entry,) = await practice.history(ana)
    assert (entry.act, entry.surface, entry.by) == (
        Act.CLIENT_ADDED,
        Surface.IMPORT,
        practice.dana.staff_id,
    )


async def test_what_differs_is_changed_and_kept_in_the_history(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    changed = ANA.replace("Anita", "").replace("ana@", "ana.ruiz@").replace(";212 555 0101", "")
    assert await take_in(practice, changed, BEN) == ImportResult(changed=1, unchanged=1)
    details = await details_of(practice, "A-1")
    assert (details.preferred_name, details.email, details.phones) == (
        "",
        "ana.ruiz@example.com",
        (Phone(number="+12125550100"),),
    )
    (ana,) = (await practice.clients.find(practice.dana, "A-1")).clients
    assert [(entry.act, entry.surface) for entry in await practice.history(ana)] == [
        (Act.CLIENT_EDITED, Surface.IMPORT),
        (Act.CLIENT_ADDED, Surface.IMPORT),
    ]


async def test_what_a_list_cannot_say_stays_as_staff_entered_it(practice: Practice) -> None:
    await take_in(practice, ANA)
    (ana,) = (await practice.clients.find(practice.dana, "A-1")).clients
    phones = (Phone(number="+12125550100", label=PhoneLabel.WORK), ana.phones[1])
    late = replace(ana.details, phones=phones, status=ClientStatus.DECEASED, deceased_on=date(2026, 1, 5))
    await practice.clients.edit(practice.dana, ana.id, late, expected_version=1)
    for status in ("", "deceased"):
        result = await take_in(practice, ANA.replace("active", status))
        assert result == ImportResult(unchanged=1)
    assert (await practice.clients.get(practice.dana, ana.id)).details == late
    assert await take_in(practice, ANA) == ImportResult(changed=1)
    revived = await practice.clients.get(practice.dana, ana.id)
    assert revived.details == replace(late, status=ClientStatus.ACTIVE, deceased_on=None)


async def test_bad_rows_are_told_and_never_stop_the_good_ones(practice: Practice) -> None:
    result = await take_in(
        practice,
        ANA,
        "A-3,,,,2030-01-01,nobody,12,\n",
        "A-4,Cleo,,,1.5.1980,,,\n",
        ",Dora,,,,,,\n",
        "A-1,Ana,again,,,,,\n",
        "A-5,Eva\n",
        BEN,
    )
    assert (result.added, result.changed, result.unchanged) == (2, 0, 0)
    assert result.errors == (
        RowError(line=3, column="email", key="email.invalid"),
        RowError(line=3, column="phones", key="phone.too_short"),
        RowError(line=3, column="first_name", key="name.needed"),
        RowError(line=3, column="birth_date", key="birth_date.future"),
        RowError(line=4, column="birth_date", key="birth_date.not_iso"),
        RowError(line=5, column="own_id", key="own_id.needed"),
        RowError(line=6, column="own_id", key="own_id.repeated", values={"line": 2}),
        RowError(line=7, column="", key="row.cells", values={"expected": 8, "found": 2}),
    )


async def test_r12_somebody_without_an_own_id_who_may_be_the_one_is_left_to_staff(practice: Practice) -> None:
    known = await practice.client("Ana", last_name="Ruiz", birth_date=date(1980, 5, 1))
    result = await take_in(practice, ANA, BEN)
    assert result == ImportResult(
        added=1,
        errors=(RowError(line=2, column="own_id", key="row.likely_duplicate", values={"name": "Ana Ruiz"}),),
    )
    named = replace(known.details, own_id="A-1")
    await practice.clients.edit(practice.dana, known.id, named, expected_version=1)
    assert await take_in(practice, ANA, BEN) == ImportResult(changed=1, unchanged=1)


async def test_r12_the_practice_tells_apart_whom_it_gave_different_ids(practice: Practice) -> None:
    assert await take_in(practice, ANA, ANA.replace("A-1", "A-9")) == ImportResult(added=2)


async def test_r14_a_shared_address_is_the_ordinary_family_case(practice: Practice) -> None:
    family = ANA, BEN.replace("ben@example.com", "ana@example.com")
    assert await take_in(practice, *family) == ImportResult(added=2)


async def test_r27_a_row_that_would_clear_the_address_of_a_recipient_is_told(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    ana, ben = (await practice.clients.find(practice.dana, "Ruiz")).clients
    await practice.relationships.link(
        practice.dana, client_id=ana.id, other_id=ben.id, relationship=PARENT, sharing=AGREED
    )
    result = await take_in(practice, BEN.replace("ben@example.com", ""), ANA.replace("Anita", ""))
    error = RowError(line=2, column="email", key="email.needed_for_sharing", values={"name": "Ben Ruiz"})
    assert result == ImportResult(changed=1, errors=(error,))
    assert (await practice.clients.get(practice.dana, ben.id)).email == "ben@example.com"


async def test_a_deceased_client_is_known_by_the_own_id_in_whatever_case(practice: Practice) -> None:
    dora = await practice.client("Dora", own_id="A-2", status=ClientStatus.DECEASED)
    assert await take_in(practice, BEN.replace("A-2", "a-2")) == ImportResult(changed=1)
    ben = await practice.clients.get(practice.dana, dora.id)
    assert (ben.name, ben.details.own_id, ben.details.status) == ("Ben Ruiz", "a-2", ClientStatus.DECEASED)


@pytest.mark.parametrize("rows", [BATCH_SIZE, 2 * BATCH_SIZE + 1])
async def test_a_list_of_several_batches_is_taken_in_whole(practice: Practice, rows: int) -> None:
    lines = [f"A-{number},Client,Number {number},,,,,\n" for number in range(rows)]
    assert await take_in(practice, *lines) == ImportResult(added=rows)
    assert (await practice.clients.find(practice.dana, "", limit=1)).total == rows
    assert await take_in(practice, *lines) == ImportResult(unchanged=rows)


async def test_a_list_goes_into_its_own_workspace_only(practice: Practice, other_practice: Practice) -> None:
    await take_in(practice, ANA)
    assert (await other_practice.clients.find(other_practice.dana, "")).total == 0
    assert await take_in(other_practice, ANA) == ImportResult(added=1)
