"""Linking two clients, existing or new, and unlinking from the other side."""

from datetime import date

from tests.office import FRONT, Office


async def test_two_clients_are_linked_and_unlinked_from_the_other_side(office: Office) -> None:
    mia = await office.client("Mía", "López", own_id="K-1", born=date(2012, 5, 1), email="mia@example.com")
    await office.client("Rosa", "López", own_id="K-2", born=date(1980, 2, 3), email="rosa@example.com")
    ana = office.ana

    await ana.command("/family link K-1", channel=FRONT)
    await ana.sees("Linking another client's account with Mía López")
    assert ana.modal.title == "Link a client"
    assert await ana.search("Client", "lopez ros") == ["Rosa López · born 1980 · K-2"]
    await ana.pick("Client", "Rosa López")
    await ana.sees("Rosa López also gets the e-mails sent to Mía López")
    await ana.choose("Rosa López is the … of Mía López", "mother")
    await ana.sees("A link is a reminder for staff. It gives nobody access to an account")
    await ana.submit()

    await ana.sees("Rosa López is now linked")
    assert ana.modal.depth == 1
    assert "Rosa López · mother" in ana.text

    samir = office.samir
    await samir.command("/family show Rosa Lopez", channel=FRONT)
    await samir.sees("Mía López · child")
    assert samir.menu_items("Mía López") == ["Edit", "Share e-mails", "Roles", "Remove Linked Client Account"]
    await samir.menu("Mía López", "Remove Linked Client Account")
    await samir.sees("First added on the account of Mía López (2012)")
    assert samir.modal.title == "Unlink?"
    assert samir.modal.submit == "Unlink"
    await samir.sees("Both client accounts, with everything in them")
    await samir.fill("Reason", "They asked for it")
    await samir.submit()
    await samir.sees("Mía López was unlinked, from both accounts.")
    assert samir.modal.depth == 1

    family = await office.services.relationships.family(office.actor, mia.id)
    assert family.members == ()
    history = await office.services.history.of_client(office.actor, mia.id, limit=10)
    assert [(entry.act, entry.by) for entry in history] == [
        ("link.removed", "U0SAMIR"),
        ("link.added", "U0ANA"),
        ("client.added", "U0BEFORE"),
    ]


async def test_a_new_client_is_entered_and_linked_in_one_form(office: Office) -> None:
    await office.client("Grace", "Parker", own_id="K-4", born=date(1985, 1, 1), email="grace@example.com")
    ana = office.ana

    await ana.command("/family link K-4", channel=FRONT)
    await ana.choose("Who is it?", "A new client")
    await ana.fill("First name", "Lily")
    await ana.fill("Last name", "Parker")
    await ana.fill("Birth date", "14 Feb 2016")
    await ana.choose("The new client is the … of Grace Parker", "daughter")
    await ana.submit()
    await ana.sees("Lily Parker is now linked")
    assert "Lily Parker · daughter" in ana.text

    await ana.close()
    await ana.command("/family show Lily Parker", channel=FRONT)
    await ana.sees("Grace Parker · parent")
    await ana.sees("born 2016")


async def test_a_new_client_that_cannot_be_saved_leaves_no_link(office: Office) -> None:
    grace = await office.client("Grace", "Parker", own_id="K-4")
    await office.client("Henry", "Parker", own_id="K-5")
    ana = office.ana

    await ana.command("/family link K-4", channel=FRONT)
    await ana.choose("Who is it?", "A new client")
    await ana.fill("First name", "Lily")
    await ana.fill("Your practice's id", "k-5")
    await ana.submit()
    await ana.sees("This id already belongs to Henry Parker.")
    assert ana.modal.errors == {"Your practice's id": "This id already belongs to Henry Parker."}
    assert ana.modal.fields["First name"] == "Lily"

    family = await office.services.relationships.family(office.actor, grace.id)
    assert family.members == ()
    assert (await office.services.clients.find(office.actor, "Lily")).total == 0


async def test_a_likely_duplicate_is_asked_about_first_and_can_be_linked_instead(office: Office) -> None:
    await office.client("Grace", "Parker", own_id="K-4")
    await office.client("Lily", "Parker", own_id="K-6", born=date(2016, 2, 14))
    ana = office.ana

    await ana.command("/family link K-4", channel=FRONT)
    await ana.choose("Who is it?", "A new client")
    await ana.fill("First name", "Lily")
    await ana.fill("Last name", "Parker")
    await ana.fill("Birth date", "2016-02-14")
    await ana.submit()
    question = "This may be a client you already have. Is it one of them?"
    await ana.sees(question)
    assert ana.modal.fields["First name"] == "Lily"
    await ana.choose(question, "Yes: Lily Parker")
    await ana.submit()
    await ana.sees("Lily Parker is now linked")
    assert (await office.services.clients.find(office.actor, "Lily Parker")).total == 1


async def test_somebody_new_with_the_same_address_is_confirmed_twice_and_saved_once(office: Office) -> None:
    await office.client("Lily", "Parker", own_id="K-6", born=date(2016, 2, 14), email="parkers@example.org")
    await office.client("Grace", "Parker", own_id="K-4")
    ana = office.ana

    await ana.command("/family link K-4", channel=FRONT)
    await ana.choose("Who is it?", "A new client")
    await ana.fill("First name", "Lily")
    await ana.fill("Last name", "Parker")
    await ana.fill("E-mail", "Parkers@Example.org")
    await ana.submit()
    await ana.choose("This may be a client you already have. Is it one of them?", "No, it is somebody new")
    await ana.submit()
    question = "This e-mail is also used by Lily Parker (2016). Use it anyway?"
    await ana.sees(question)
    await ana.choose(question, "Use anyway")
    await ana.submit()
    await ana.sees("Lily Parker is now linked")
    assert (await office.services.clients.find(office.actor, "Lily Parker")).total == 2


async def test_a_second_link_of_a_pair_is_refused_with_a_word_on_the_first(office: Office) -> None:
    rosa = await office.client("Rosa", "Diaz", own_id="K-2")
    await office.client("Luis", "Diaz", own_id="K-3")
    ana, samir = office.ana, office.samir

    for desk in (ana, samir):
        await desk.command("/family link K-3", channel=FRONT)
        await desk.pick("Client", "Rosa Diaz")
        await desk.choose("Rosa Diaz is the … of Luis Diaz", "sister")
    await ana.submit()
    await ana.sees("Rosa Diaz is now linked")
    await samir.submit()
    await samir.sees("Rosa Diaz is already linked with this client, as sister.")
    assert samir.modal.fields["Client"].startswith("Rosa Diaz")

    family = await office.services.relationships.family(office.actor, rosa.id)
    assert len(family.members) == 1
    await samir.close()
    await samir.command("/family link K-3", channel=FRONT)
    assert await samir.search("Client", "Diaz") == []


async def test_own_words_are_asked_for_both_sides(office: Office) -> None:
    await office.client("Rosa", "Diaz", own_id="K-2")
    await office.client("Luis", "Diaz", own_id="K-3")
    ana = office.ana

    await ana.command("/family link K-3", channel=FRONT)
    await ana.pick("Client", "Rosa Diaz")
    await ana.choose("Rosa Diaz is the … of Luis Diaz", "Other, in your own words")
    await ana.fill("In your own words: Rosa Diaz is the … of Luis Diaz", "godmother")
    await ana.fill("In your own words: Luis Diaz is the … of Rosa Diaz", "godson")
    await ana.submit()
    await ana.sees("Rosa Diaz · godmother")
    await ana.close()
    await ana.command("/family show K-2", channel=FRONT)
    await ana.sees("Luis Diaz · godson")


async def test_the_words_of_both_sides_are_edited_as_one_pair(office: Office) -> None:
    await office.client("Mia", "Diaz", own_id="K-2")
    await office.client("Luis", "Diaz", own_id="K-3")
    ana = office.ana

    await ana.command("/family link K-2", channel=FRONT)
    await ana.pick("Client", "Luis Diaz")
    await ana.choose("Luis Diaz is the … of Mia Diaz", "brother")
    await ana.submit()
    await ana.menu("Luis Diaz", "Edit")
    await ana.choose("Luis Diaz is the … of Mia Diaz", "father")
    await ana.sees("child")
    await ana.choose("Mia Diaz is the … of Luis Diaz", "daughter")
    await ana.submit()
    await ana.sees("The relationship with Luis Diaz was saved, on both accounts.")
    assert "Luis Diaz · father" in ana.text
    await ana.close()
    await ana.command("/family show K-3", channel=FRONT)
    await ana.sees("Mia Diaz · daughter")


async def test_the_same_address_is_shown_and_never_changes_access(office: Office) -> None:
    await office.client("Ella", "Fitz", own_id="K-1", email="fitz@example.net")
    await office.client("Tom", "Fitz", own_id="K-2", email="FITZ@example.net")
    ana = office.ana

    await ana.command("/family link K-1", channel=FRONT)
    await ana.pick("Client", "Tom Fitz")
    notice = "have the same e-mail: in your client portal one login may open both accounts."
    await ana.sees(notice)
    await ana.submit()
    await ana.sees("Tom Fitz is now linked")
    assert notice in ana.text

    await ana.click("Edit client")
    await ana.fill("E-mail", "ella@example.net")
    await ana.submit()
    await ana.sees("The details of Ella Fitz were saved.")
    assert notice not in ana.text
