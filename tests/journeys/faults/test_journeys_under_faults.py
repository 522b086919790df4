"""Every journey while something goes wrong: the person is told, nothing is lost, nothing happens twice."""

import pytest

from bot.adapters.slack_calls import CallLimits
from bot.app.boundary import Limits
from bot.domain.ids import WorkspaceId
from tests.app.waits import STANDING_IN, Waits
from tests.journeys.faults.stories import STORIES, Scene, Story, lay_out
from tests.journeys.faults.teller import Teller
from tests.journeys.faults.wrong import (
    A_FEW,
    WRONG_ON_THE_WAY,
    WRONG_WITH_SLACK,
    Wrong,
    locked_database,
)
from tests.office import FRONT, Office, Transport, open_office
from tests.person import Desk, Trouble
from tests.services.practice import Practice
from tests.services.stored import check_everything, everything

QUICK_CALLS = CallLimits(answer=0.3, pause=0.02, told_again=(0.1,) * 5)
PATIENCE_SECONDS = 20
"""How long it is waited for what has to come."""


REFUSED = ("exchanged_trigger_id", "expired_trigger_id", "not_found")
"""A trigger that is used or dead, a window that was closed meanwhile."""


@pytest.mark.parametrize("wrong", [*WRONG_WITH_SLACK, *WRONG_ON_THE_WAY], ids=lambda wrong: wrong.name)
async def test_while_slack_is_in_trouble(sqlite_url: str, wrong: Wrong) -> None:
    async with open_office(sqlite_url, calls=QUICK_CALLS, refusals=REFUSED) as office:
        await tell_all(office, sqlite_url, wrong)


async def test_while_the_database_is_locked_for_a_moment(
    database_url: str, way: tuple[str, Transport]
) -> None:
    waits = Waits(STANDING_IN)
    wrong = Wrong(name="locked for a moment", befalls=locked_database(waits), is_survived=True, passes=True)
    async with open_office(database_url, limits=waits, transport=way[1]) as office:
        await tell_all(office, database_url, wrong)


async def test_while_the_database_is_locked_for_too_long(
    database_url: str, way: tuple[str, Transport]
) -> None:
    waits = Waits(Limits(patience=0.1, endurance=0.4, claim=0.05))
    wrong = Wrong(name="locked for too long", befalls=locked_database(waits), stories=A_FEW)
    async with open_office(database_url, limits=waits, transport=way[1]) as office:
        await tell_all(office, database_url, wrong)


async def tell_all(office: Office, url: str, wrong: Wrong) -> None:
    """Tell every story while it goes wrong, and look at last whether all that is stored is whole."""
    for number, story in enumerate(STORIES):
        if story.name not in wrong.stories:
            continue
        scene = await lay_out(office, number)
        try:
            await tell(office, url, scene, story, wrong)
        except (AssertionError, Trouble, TimeoutError) as error:
            error.add_note(f"while telling the story {story.name!r}; what is seen:\n{office.ana.text}")
            raise
    practice = Practice(office.bot.database, WorkspaceId(office.bot.workspace_id))
    await check_everything(practice, *await everything(practice))


async def tell(office: Office, url: str, scene: Scene, story: Story, wrong: Wrong) -> None:
    """Tell one story: it ends as it should, once, whatever the person has to do for that."""
    desk, done = office.ana, story.done.format(surname=scene.surname)
    await story.ready(desk, scene)
    before, teller, troubled = await acts(office, scene), Teller(desk), False

    async def left() -> tuple[str, ...]:
        return (await acts(office, scene))[len(before) :]

    def answered() -> bool:
        return teller.sees(done) or teller.is_told or (wrong.passes and teller.waits)

    async with wrong.befalls(office, url):
        try:
            await story.act(desk, scene)
        except Trouble:
            # Slack itself tells the person, or the list that they type into.
            troubled = True
        else:
            await office.slack.until(answered, timeout=PATIENCE_SECONDS)
    if wrong.is_survived and not troubled:
        await office.slack.until(lambda: teller.sees(done) or teller.is_saved, timeout=PATIENCE_SECONDS)
        if teller.is_saved:
            # A form above the card says so by itself; below it stands the card.
            await desk.close()
    stored = await left()
    assert stored in ((), story.leaves)
    if not teller.sees(done):
        assert not wrong.is_survived or (troubled and story.name == "type-ahead"), wrong.name
        await go_on(desk, scene, story, is_stored=bool(stored))
        if not stored:
            await office.slack.until(lambda: teller.sees(done), timeout=PATIENCE_SECONDS)
    assert await left() == story.leaves
    assert len([message for message in teller.messages if done in message]) == story.sends
    if desk.has_modal:
        await desk.close_all()


async def go_on(desk: Desk, scene: Scene, story: Story, *, is_stored: bool) -> None:
    """Do what somebody does who has been told that it did not work, or that it is saved all the same."""
    if is_stored:
        if desk.has_modal:
            await desk.close_all()
        await desk.command(f"/family show {scene.own_id('M')}", channel=FRONT)
        await desk.sees("Edit client")
        return
    if not story.is_there(desk):
        if desk.has_modal:
            await desk.close_all()
        await story.ready(desk, scene)
    await story.act(desk, scene)


async def acts(office: Office, scene: Scene) -> tuple[str, ...]:
    """Return what was done to Mía, oldest first."""
    entries = await office.services.history.of_client(office.actor, scene.mia.id, limit=100)
    return tuple(str(entry.act) for entry in reversed(entries))
