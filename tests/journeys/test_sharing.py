"""Sharing of notification e-mails, each direction on its own."""

from dataclasses import replace
from datetime import date

from bot.domain.ids import StaffId
from bot.domain.notice import NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from bot.playground.practice import THERAPIST
from tests.office import FRONT, Office


async def linked_pair(office: Office) -> None:
    minh = await office.client("Minh", "Tran", own_id="K-6", email="minh@example.com", born=date(1979, 1, 1))
    linh = await office.client("Linh", "Tran", own_id="K-7", email="linh@example.com", born=date(1981, 1, 1))
    await office.services.relationships.link(
        office.actor, client_id=minh.id, other_id=linh.id, relationship=RelationshipChoice()
    )


async def test_sharing_is_switched_each_way_and_seen_on_both_cards(office: Office) -> None:
    await linked_pair(office)
    ana = office.ana

    await ana.command("/family share K-6", channel=FRONT)
    to_linh = "Linh Tran also gets the e-mails sent to Minh Tran"
    await ana.sees(to_linh)
    assert ana.modal.fields[to_linh] == "No"
    await ana.choose(to_linh, "Yes, every notification e-mail")
    await ana.sees("Superbills carry diagnosis and service codes.")
    await ana.submit()
    assert ana.modal.errors == {
        "Who agreed that Linh Tran gets them?": "Please complete this required field."
    }
    await ana.choose("Who agreed that Linh Tran gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees("E-mail sharing with Linh Tran was saved.")
    sentence = "Linh Tran also gets every notification e-mail sent to Minh Tran."
    assert sentence in ana.text

    samir = office.samir
    await samir.command("/family show K-7", channel=FRONT)
    await samir.sees(sentence)
    await samir.menu("Minh Tran", "Share e-mails")
    await samir.choose("Minh Tran also gets the e-mails sent to Linh Tran", "No")
    back = "Minh Tran also gets the e-mails sent to Linh Tran"
    await samir.choose(back, "Yes, but only some kinds")
    await samir.tick("Appointments")
    await samir.sees("Minh Tran will also get these e-mails sent to Linh Tran: Appointments.")
    assert "Superbills carry" not in samir.text.split("will also get these")[1].split("\n")[0]
    await samir.choose("Who agreed that Minh Tran gets them?", "Signed authorization with an end date")
    await samir.fill("The authorization for Minh Tran ends on", "2020-01-01")
    await samir.submit()
    await samir.sees("This day has passed. Choose one in the future.")
    await samir.fill("The authorization for Minh Tran ends on", "2099-01-01")
    await samir.submit()
    await samir.sees("Minh Tran also gets e-mails sent to Linh Tran: Appointments.")
    assert sentence in samir.text


async def test_whoever_is_to_share_again_reads_that_the_recipient_has_stopped_it(office: Office) -> None:
    await linked_pair(office)
    services, ana = office.services, office.ana
    (minh,) = await services.clients.exact(office.actor, "K-6")
    (linked,) = (await services.relationships.family(office.actor, minh.id)).members
    agreed = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
    by_samir = replace(office.actor, staff_id=StaffId(THERAPIST.id))
    await services.relationships.share(
        by_samir, client_id=minh.id, relation_id=linked.relation.id, sharing=agreed
    )
    queued = await services.notices.queue(
        office.actor.workspace_id,
        NoticeRequest(
            client_id=minh.id,
            category=NoticeCategory.APPOINTMENTS,
            content=NoticeContent(subject="Your appointment", text="At nine."),
            source=NoticeSource.HTTP,
        ),
    )
    await services.unsubscribing.stop(office.actor.workspace_id, queued.copies[1].stop_token)

    await ana.command("/family share K-6", channel=FRONT)
    told = "Linh Tran stopped getting the e-mails of Minh Tran on"
    await ana.sees(told)
    await ana.choose("Linh Tran also gets the e-mails sent to Minh Tran", "Yes, every notification e-mail")
    await ana.sees("Superbills carry diagnosis and service codes.")
    assert told in ana.text
    await ana.choose("Who agreed that Linh Tran gets them?", "The client agreed, in writing")
    await ana.submit()
    await ana.sees("E-mail sharing with Linh Tran was saved.")
    await ana.menu("Linh Tran", "Share e-mails")
    await ana.sees("Minh Tran also gets the e-mails sent to Linh Tran")
    assert told not in ana.text


async def test_all_sharing_stops_at_one_click_after_a_confirmation(office: Office) -> None:
    await linked_pair(office)
    ana = office.ana
    await ana.command("/family share K-6", channel=FRONT)
    await ana.choose("Linh Tran also gets the e-mails sent to Minh Tran", "Yes, every notification e-mail")
    await ana.choose("Who agreed that Linh Tran gets them?", "The client agreed, in writing")
    await ana.submit()
    await ana.menu("Linh Tran", "Share e-mails")
    await ana.click("Stop all sharing", confirm=True)
    await ana.sees("Nothing is shared with Linh Tran any more.")
    assert "Nobody else receives the e-mails sent to Minh Tran" in ana.text

    family = await office.services.clients.exact(office.actor, "K-6")
    history = await office.services.history.of_client(office.actor, family[0].id, limit=10)
    assert [str(entry.act) for entry in history].count("sharing.changed") == 2


async def test_nobody_without_an_address_can_be_switched_on(office: Office) -> None:
    heike = await office.client("Heike", "Brandt", own_id="K-8", email="heike@example.net")
    walter = await office.client("Walter", "Brandt", own_id="K-9")
    await office.services.relationships.link(
        office.actor, client_id=heike.id, other_id=walter.id, relationship=RelationshipChoice()
    )
    ana = office.ana
    await ana.command("/family share K-8", channel=FRONT)
    await ana.sees("Walter Brandt has no e-mail yet")
    question = "Walter Brandt also gets the e-mails sent to Heike Brandt"
    await ana.choose(question, "Yes, every notification e-mail")
    await ana.choose("Who agreed that Walter Brandt gets them?", "The client agreed, in words")
    await ana.submit()
    assert ana.modal.errors == {
        question: "Walter Brandt has no e-mail. Add one first, then switch sharing on."
    }

    await ana.choose(question, "No")
    await ana.choose(
        "Heike Brandt also gets the e-mails sent to Walter Brandt", "Yes, every notification e-mail"
    )
    await ana.choose("Who agreed that Heike Brandt gets them?", "The client agreed, in words")
    await ana.submit()
    await ana.sees("Heike Brandt also gets every notification e-mail sent to Walter Brandt.")


async def test_a_contact_shares_one_way_and_the_likely_basis_comes_first(office: Office) -> None:
    await office.client("Kid", "Moreno", own_id="K-7", born=date(2015, 1, 1), email="kid@example.com")
    ana = office.ana
    await ana.command("/family add K-7", channel=FRONT)
    await ana.fill("First name", "Teresa")
    await ana.fill("Phones", "202 555 0142")
    question = "The new contact also gets the e-mails sent to Kid Moreno"
    await ana.choose(question, "Yes, but only some kinds")
    await ana.sees("Teresa also gets the e-mails sent to Kid Moreno")
    question = "Teresa also gets the e-mails sent to Kid Moreno"
    await ana.tick("Superbills")
    await ana.sees("Teresa will also get these e-mails sent to Kid Moreno: Superbills.")
    await ana.choose("Who agreed that Teresa gets them?", "Parent or guardian of a minor")
    await ana.submit()
    assert ana.modal.errors == {"E-mail": "Teresa has no e-mail. Add one first, then switch sharing on."}
    await ana.fill("E-mail", "teresa@example.com")
    await ana.submit()
    await ana.sees("Teresa also gets e-mails sent to Kid Moreno: Superbills.")
