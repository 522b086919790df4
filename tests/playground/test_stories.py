"""Every story of the made-up practice can be opened in the real app, and Slack refuses nothing of it."""

from pathlib import Path

from bot.playground.playground import playing
from bot.playground.practice import ANA, GUEST, STORIES
from tests.office import PATIENT
from tests.person import Desk


async def test_every_client_of_a_story_has_a_card_that_slack_takes(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground:
        playground.slack.timing = PATIENT
        ana = Desk(playground.slack, ANA.id)
        for story in STORIES:
            for own_id in story.own_ids:
                await ana.command(f"/family show {own_id}", channel="C0FRONT")
                # No picker offers somebody who has died, so the desk is asked whom it means.
                is_gone = (story.key, own_id) == ("deceased", story.own_ids[-1])
                await ana.sees("Nobody was found" if is_gone else own_id)
                await ana.close_all()

        toby = Desk(playground.slack, GUEST.id)
        await toby.command("/family show K-1001", channel="C0GENERAL")
        await playground.slack.until(lambda: bool(toby.ephemerals()))

        assert "K-1001" not in " ".join(toby.ephemerals())
        assert playground.slack.refusals == []
