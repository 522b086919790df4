"""Three hundred relations on one client, with names of two hundred letters: all can be reached and used."""

from dataclasses import replace
from datetime import date

import pytest

from bot.adapters.ulids import new_ulid
from bot.domain.client import Client
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.services.roster.importing import RosterImport
from bot.services.roster.plan import ImportPlan
from bot.services.roster.rows import RelatedSide, Row
from bot.services.roster.takings import every_kind
from tests.office import FRONT, Office
from tests.services.relation_imports import client as row_of_client
from tests.services.relation_imports import contact as row_of_contact
from tests.services.relation_imports import link as row_of_link

LINKS, CALLED, OTHERS = 20, 120, 160
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5


async def three_hundred(office: Office) -> Client:
    """Take in a client with links and contacts, more than a hundred of them to call in an emergency."""
    rows: list[Row] = [row_of_client("K-1", "Ruth", last_name="Abernathy", email="ruth@example.com")]
    for number in range(LINKS):
        own_id, born = f"F-{number:03}", date(2000, 1, 1)
        rows.append(row_of_client(own_id, f"Foster{number:03}", last_name=LONG + "Link", birth_date=born))
        rows.append(row_of_link("K-1", own_id, RelatedSide()))
    for number in range(CALLED + OTHERS):
        aide = PersonDetails(
            first_name=f"Aide{number:03}",
            last_name=LONG + "Aide",
            phones=(Phone(number=f"+1202555{number:04}"),),
        )
        called = number + 1 if number < CALLED else None
        rows.append(row_of_contact("K-1", aide, RelatedSide(emergency_position=called)))
    engine = RosterImport(
        storage=office.bot.database, clock=office.services.clock, new_id=new_ulid, takings=every_kind()
    )
    placed = [replace(row, place=replace(row.place, line=line)) for line, row in enumerate(rows, start=2)]
    record = await engine.stage(office.actor, ImportPlan(), [placed])
    report = await engine.take_in(office.actor, record)
    assert report.tally.rejected == 0
    await engine.finish(office.actor, record.id)
    (ruth,) = await office.services.clients.exact(office.actor, "K-1")
    return ruth


@pytest.mark.parametrize("way", [("postgresql", "http")], ids=["postgresql-http"], indirect=True)
async def test_a_family_of_three_hundred(office: Office) -> None:
    ruth = await three_hundred(office)
    ana = office.ana

    # Paged through on the card, to the last one.
    await ana.command("/family show K-1", channel=FRONT)
    await ana.sees("Page 1 of 15")
    assert "Linked clients (20)" in ana.text
    assert "and 90 more" in ana.text
    for page in range(2, 16):
        await ana.click("Next page")
        await ana.sees(f"Page {page} of 15")
    await ana.sees("Aide279")

    # The last to call becomes the first in one action, though there are more places than a select holds.
    await ana.click("Previous page")
    await ana.sees("Page 14 of 15")
    await ana.menu("Aide259", "Roles")
    await ana.tick("Emergency contact")
    place = "Place among the emergency contacts, from 1 to 121"
    await ana.sees(place)
    assert ana.modal.fields[place] == "121"
    await ana.fill(place, "1")
    await ana.submit()
    await ana.sees("were saved.")
    called = (await office.services.relationships.family(office.actor, ruth.id)).emergency_contacts
    assert [each.side.emergency_position for each in called] == [*range(1, CALLED + 2)]
    assert called[0].name.startswith("Aide259")
    assert called[1].name.startswith("Aide000")
    await ana.close()

    # Found by typing where one of them is to be chosen.
    await ana.command("/family unlink K-1", channel=FRONT)
    field = "Who should be taken off the account of Ruth Abernathy?"
    await ana.sees(field)
    assert len(await ana.search(field, "wolfe")) == 20
    assert await ana.search(field, "nobody") == []
    (only,) = await ana.search(field, "wolf f-007")
    assert only.startswith("Foster007")
    assert only.endswith("Linked client · born 2000 · F-007")
    await ana.pick(field, only)
    await ana.submit()
    await ana.sees("What stops, at once")
    await ana.submit()
    await ana.sees("was unlinked, from both accounts.")
    await ana.sees("Linked clients (19)")
    await ana.close()

    # The summary says what it leaves out.
    await ana.command("/family summary K-1", channel=FRONT)
    await ana.sees("The summary is in your direct messages with Kinward.")
    await ana.sees("and 279 more")
    assert len(ana.dms()) == 1


async def test_one_order_runs_over_links_and_contacts(office: Office) -> None:
    services, actor = office.services, office.actor
    ruth = await office.client("Ruth", "Abernathy", own_id="K-1")
    owen = await office.client("Owen", "Abernathy", own_id="K-2", phone="202 555 0100")
    await services.relationships.link(
        actor, client_id=ruth.id, other_id=owen.id, relationship=RelationshipChoice(), emergency=True
    )
    for number, name in enumerate(("Ines", "Jo", "Kim")):
        await services.relationships.add_contact(
            actor,
            client_id=ruth.id,
            person=PersonDetails(first_name=name, phones=(Phone(number=f"202 555 011{number}"),)),
            relationship=RelationshipChoice(),
            emergency=True,
        )
    ana = office.ana
    await ana.command("/family show K-1", channel=FRONT)
    for mover, place, order in (
        ("Owen Abernathy", "3 of 4", ["Ines", "Jo", "Owen Abernathy", "Kim"]),
        ("Kim", "1 of 4", ["Kim", "Ines", "Jo", "Owen Abernathy"]),
        ("Owen Abernathy", "2 of 4", ["Kim", "Owen Abernathy", "Ines", "Jo"]),
    ):
        await ana.menu(mover, "Roles")
        await ana.choose("Place among the emergency contacts", place)
        await ana.submit()
        await ana.sees(f"The roles of {mover} were saved.")
        called = (await services.relationships.family(actor, ruth.id)).emergency_contacts
        assert [each.name for each in called] == order
    await ana.menu("Owen Abernathy", "Remove Linked Client Account")
    await ana.sees("What stops, at once")
    await ana.submit()
    await ana.sees("Owen Abernathy was unlinked")
    called = (await services.relationships.family(actor, ruth.id)).emergency_contacts
    assert [(each.name, each.side.emergency_position) for each in called] == [
        ("Kim", 1),
        ("Ines", 2),
        ("Jo", 3),
    ]
