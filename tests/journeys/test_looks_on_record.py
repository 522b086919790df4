"""Looks from Slack: on record when the bot has ended, and not in the family's own history."""

from bot.domain.audit import TrailFilter
from bot.domain.history import Act, HistoryEntry, Kind
from bot.domain.staff import Surface
from bot.playground.practice import ANA, THERAPIST
from storage.database import Database
from tests.databases import WORKSPACE
from tests.office import FRONT, open_office

LOOKS = TrailFilter(kinds=frozenset({Kind.LOOK}))


async def test_every_look_is_on_record_when_the_bot_has_ended(sqlite_url: str) -> None:
    async with open_office(sqlite_url) as office:
        rosa = await office.client("Rosa", "Diaz", own_id="K-2", email="rosa@example.com")
        await office.ana.command("/family show K-2", channel=FRONT)
        await office.ana.sees("Linked clients (0)")
        await office.ana.close()
        await office.ana.command("/family client edit K-2", channel=FRONT)
        await office.ana.sees("Status")
        await office.samir.command("/family history K-2", channel=FRONT)
        await office.samir.sees("Rosa Diaz was added as a client.")
        assert "looked at" not in office.samir.text

    found = await on_record(sqlite_url)
    assert [(each.by, each.act) for each in found] == [
        (ANA.id, Act.FAMILY_SEEN),
        (ANA.id, Act.CLIENT_SEEN),
        (THERAPIST.id, Act.HISTORY_SEEN),
    ]
    assert {each.client_ids for each in found} == {(rosa.id,)}
    assert {each.surface for each in found} == {Surface.SLACK_COMMAND}
    assert found[0].by_name == ANA.real_name


async def test_who_gets_the_e_mails_and_what_was_sent_are_looks(sqlite_url: str) -> None:
    async with open_office(sqlite_url) as office:
        await office.client("Rosa", "Diaz", own_id="K-2", email="rosa@example.com")
        await office.ana.command("/family recipients K-2", channel=FRONT)
        await office.ana.sees("E-mails for Rosa Diaz")
        await office.samir.command("/family history K-2", channel=FRONT)
        await office.samir.click("E-mails")
        await office.samir.sees("No e-mail about this client")
    assert [(each.by, each.act) for each in await on_record(sqlite_url)] == [
        (ANA.id, Act.RECIPIENTS_SEEN),
        (THERAPIST.id, Act.HISTORY_SEEN),
        (THERAPIST.id, Act.COPIES_SEEN),
    ]


async def on_record(url: str) -> tuple[HistoryEntry, ...]:
    """Return the looks on record, in a record that fits."""
    database = Database.open(url)
    try:
        async with database.reading(WORKSPACE) as unit:
            assert (await unit.audit.verify()).fault is None
            return await unit.audit.oldest(LOOKS, limit=99)
    finally:
        await database.close()
