"""Whatever is written and then done to it by hand: the check names the first entry that was harmed."""

import asyncio
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.audit import Fault, Verdict
from storage.database import Database
from tests.databases import WORKSPACE, copied_sqlite_url
from tests.storage.practice import store_family_of_four
from tests.storage.trails import KEY, entry, look, tamper, verdict

AT = "(SELECT number FROM history_chain WHERE place = {place})"
HARM = {
    "edited": (Fault.CHANGED, ("UPDATE history SET actor_name = 'X' WHERE number = {number}",)),
    "dropped": (Fault.MISSING, ("DELETE FROM history WHERE number = {number}",)),
    "its place dropped": (Fault.MISSING, ("DELETE FROM history_chain WHERE place = {place}",)),
    "its code changed": (Fault.CHANGED, ("UPDATE history_chain SET mac = X'00' WHERE place = {place}",)),
    "values edited": (
        Fault.VALUES_CHANGED,
        ("UPDATE history_values SET after = '{{}}' WHERE number = {number}",),
    ),
    "values dropped": (Fault.VALUES_MISSING, ("DELETE FROM history_values WHERE number = {number}",)),
    "cut off": (
        Fault.CUT_OFF,
        (
            "DELETE FROM history WHERE number IN (SELECT number FROM history_chain WHERE place >= {place})",
            "DELETE FROM history_chain WHERE place >= {place}",
        ),
    ),
}
_numbers = count()


@settings(max_examples=25, deadline=None)
@given(
    units=st.lists(st.lists(st.sampled_from(["change", "look"]), max_size=4), max_size=5),
    victim=st.integers(0, 20),
    harm=st.sampled_from(sorted(HARM)),
)
def test_the_first_entry_that_was_harmed_is_named(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    units: list[list[str]],
    victim: int,
    harm: str,
) -> None:
    folder = tmp_path_factory.mktemp(f"harmed{next(_numbers)}")
    asyncio.run(_harm(copied_sqlite_url(sqlite_template, folder), folder, [["change"], *units], victim, harm))


async def _harm(url: str, folder: Path, units: list[list[str]], victim: int, harm: str) -> None:
    database = Database.open(url, audit_key=KEY, audit_folder=folder / "files")
    try:
        kinds = await _write(database, units)
        assert await verdict(database) == Verdict(checked=len(kinds))
        # Only a change has values that could be harmed; the first entry is one.
        changes = [place for place, kind in enumerate(kinds, start=1) if kind == "change"]
        places = changes if harm.startswith("values") else range(1, len(kinds) + 1)
        place = places[victim % len(places)]
        fault, statements = HARM[harm]
        number = AT.format(place=place)
        await tamper(url, *(each.format(place=place, number=number) for each in statements))
        found = await verdict(database)
        if harm == "its place dropped" and place == len(kinds):
            # The last one of the chain: its end is cut off.
            fault = Fault.CUT_OFF
        assert (found.fault, found.place, found.checked) == (fault, place, place - 1)
    finally:
        await database.close()


async def _write(database: Database, units: list[list[str]]) -> list[str]:
    """Write entries, those of a list in one unit: the first alone, the others together."""
    await database.ensure_workspace(WORKSPACE, "Kinward")
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    kinds: list[str] = []
    for made in units:
        entries = [look(number) if kind == "look" else entry(number) for number, kind in enumerate(made)]
        async with database.writing(WORKSPACE) as unit:
            for first in entries[:1]:
                await unit.history.append(first)
            await unit.history.append_all(entries[1:])
        kinds += made
    database.trail.heads.write()
    return kinds
