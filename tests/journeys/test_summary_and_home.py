"""The summary in the direct messages, and Home."""

from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from tests.office import FRONT, Office


async def test_the_summary_comes_as_a_direct_message_that_names_nobody_on_the_lock_screen(
    office: Office,
) -> None:
    ruth = await office.client("Ruth", "Abernathy", own_id="K-10", email="ruth@example.com")
    for number in range(23):
        await office.services.relationships.add_contact(
            office.actor,
            client_id=ruth.id,
            person=PersonDetails(first_name=f"Foster{number:02}", phones=(Phone(number="202 555 0142"),)),
            relationship=RelationshipChoice(),
            emergency=number < 2,
        )
    ana = office.ana
    await ana.command("/family summary K-10", channel=FRONT)
    await ana.sees("The summary is in your direct messages with Kinward.")
    await ana.sees("Ruth Abernathy")
    (message,) = ana.dms()
    assert "Foster19" in message
    assert "Foster20" not in message
    assert "and 3 more" in message
    assert ana.notifications() == ["The summary you asked for"]
    assert all("Ruth" not in reply for reply in ana.ephemerals())

    await ana.click_message("Open the card")
    await ana.sees("Page 1 of 2")
    await ana.click("Next page")
    await ana.sees("Foster22")
    await ana.menu("Foster22", "Remove Contact")
    await ana.sees("What stops, at once")
    await ana.submit()
    await ana.sees("Foster22 was removed.")
    assert "Page 2 of 2" in ana.text


async def test_an_old_message_opens_what_is_there_now(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    luis = await office.client("Luis", "Diaz", own_id="K-3")
    linked = await office.services.relationships.link(
        office.actor, client_id=rosa.id, other_id=luis.id, relationship=RelationshipChoice()
    )
    ana = office.ana
    await ana.command("/family summary K-2", channel=FRONT)
    await ana.sees("Luis Diaz")
    assert linked.relation is not None
    await office.services.relationships.remove(
        office.actor, client_id=luis.id, relation_id=linked.relation.id
    )
    await ana.click_message("Open the card")
    await ana.sees("Linked clients (0)")


async def test_home_leads_to_a_client_and_names_nobody(office: Office) -> None:
    await office.client("Rosa", "Diaz", own_id="K-2")
    ana = office.ana
    await ana.open_home()
    await ana.sees("Find a client")
    assert "Rosa" not in ana.home
    await ana.click("Find a client")
    await ana.pick("Client", "Rosa Diaz")
    await ana.submit()
    await ana.sees("K-2")
    await ana.click("Summary")
    await ana.sees("The summary is in your direct messages with Kinward.")
    await ana.close()
    await ana.click_message("Open the card")
    await ana.sees("Emergency contacts")


async def test_a_first_home_that_slack_does_not_show_is_told_and_a_later_one_is_not(office: Office) -> None:
    ana = office.ana
    office.slack.fail_next("views.publish", "internal_error")
    await ana.open_home()
    await ana.sees("Slack did not show our Home just now. Please open it again in a moment, or type /family.")
    await ana.open_home()
    await ana.sees("Find a client")
    office.slack.fail_next("views.publish", "internal_error")
    await ana.open_home()
    await office.slack.until(lambda: not office.slack.faults.waiting)
    assert len(ana.dms()) == 1
    assert "Find a client" in ana.home
