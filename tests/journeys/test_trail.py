"""The privacy officer reads who did what in the whole workspace; nobody else is offered it, or gets it."""

from bot.domain.audit import EVERYTHING
from bot.domain.history import Act
from bot.domain.notice import NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice import ANA, OFFICER, OWNER, VIEWER
from bot.playground.slack import Person
from tests.office import FRONT, Office
from tests.person import Desk

NOT_PERMITTED = "Your role does not allow this. An admin of Kinward can change that."


async def give(office: Office, person: Person, *roles: StaffRole) -> Desk:
    """Give somebody roles, and sit down as them."""
    for each, held in ((OWNER, (StaffRole.ADMIN,)), (person, roles)):
        holder = Holder(kind=HolderKind.PERSON, id=each.id)
        await office.services.settings.give_roles(office.actor, holder, frozenset(held))
    return office.desk(person)


async def test_the_privacy_officer_sees_what_everybody_did_and_was_refused(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2", email="rosa@example.com")
    await office.client("Emil", "Berg", own_id="K-3")
    priya = await give(office, OFFICER, StaffRole.PRIVACY_OFFICER)
    noor = await give(office, VIEWER, StaffRole.VIEWER)
    await office.ana.command("/family show K-2", channel=FRONT)
    await office.ana.sees("Linked clients (0)")
    await noor.command("/family show K-3", channel=FRONT)
    await noor.sees("Emergency contacts")
    assert "under Roles" not in noor.text
    await noor.close_all()
    await noor.command("/family link K-3", channel=FRONT)
    await noor.sees(NOT_PERMITTED)
    await office.services.notices.queue(
        office.actor.workspace_id,
        NoticeRequest(
            client_id=rosa.id,
            category=NoticeCategory.APPOINTMENTS,
            content=NoticeContent(subject="Your appointment", text="At nine."),
            source=NoticeSource.HTTP,
            requested_by="Scheduling",
        ),
    )

    await priya.open_home()
    await priya.sees("Family and contacts")
    await priya.click("Who did what")
    await priya.sees("Everything on record, newest first")
    await priya.sees("The family and contacts of Rosa Diaz were looked at.")
    for told in (
        "Refused: /family link was typed.",
        f"They were told: {NOT_PERMITTED}",
        "Noor Haidari",
        "It was decided who gets an e-mail.",
        "The client gets it. It is their own e-mail.",
        "Scheduling",
        "Emil Berg was added as a client.",
        f"Roles of {OFFICER.real_name}: none → Privacy officer",
        "About Rosa Diaz · K-2",
    ):
        assert told in priya.modal.text

    await priya.click("Filter")
    await priya.sees("What to show")
    await priya.tick("Looks")
    await priya.tick("Decisions about e-mail")
    await priya.choose("Who did it", ANA.real_name)
    await priya.pick("About which client", "Rosa Diaz")
    await priya.fill("From", "2020-02-02")
    await priya.fill("To, that day included", "2019-02-02")
    await priya.submit()
    await priya.sees("This day is before the one it begins with.")
    await priya.fill("To, that day included", "2999-12-30")
    await priya.submit()
    await priya.sees("Looks, Decisions about e-mail · by Ana Ruiz · Rosa Diaz · from 2 Feb 2020")
    assert "The family and contacts of Rosa Diaz were looked at." in priya.modal.text
    assert "Refused" not in priya.modal.text
    assert "Emil Berg" not in priya.modal.text
    # What was chosen stands in the form again.
    await priya.click("Filter")
    await priya.sees("What to show")
    assert priya.modal.fields["About which client"].startswith("Rosa Diaz")
    assert priya.modal.fields["From"] == "2020-02-02"


async def test_pages_keep_their_place_while_others_act(office: Office) -> None:
    for number in range(20):
        await office.client("Client", f"Number {number}", own_id=f"K-{number}")
    priya = await give(office, OFFICER, StaffRole.PRIVACY_OFFICER)
    await priya.command("/family trail", channel=FRONT)
    await priya.sees("Client Number 19 was added as a client.")
    await office.client("Somebody", "Else", own_id="K-99")
    await priya.click("Next page")
    await priya.sees("Page 2, newest first")
    await priya.sees("Client Number 0 was added as a client.")
    assert "Somebody Else" not in priya.modal.text
    assert "Client Number 19" not in priya.modal.text
    await priya.click("Previous page")
    await priya.sees("Somebody Else was added as a client.")


async def test_nobody_else_is_offered_it_or_gets_it(office: Office) -> None:
    for desk in (office.ana, office.desk(OWNER)):
        await desk.open_home()
        await desk.sees("What you can type.")
        assert "Who did what" not in desk.text
        assert "/family trail" not in desk.text
        await desk.command("/family trail", channel=FRONT)
        await desk.sees(NOT_PERMITTED)
        assert not desk.has_modal
    await office.services.audit.drain()
    async with office.bot.database.reading(office.actor.workspace_id) as unit:
        acts = [entry.act for entry in await unit.audit.oldest(EVERYTHING, limit=99)]
    assert acts.count(Act.ACCESS_REFUSED) == 2
    assert Act.TRAIL_SEEN not in acts
