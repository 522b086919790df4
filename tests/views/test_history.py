"""The history in plain words: who did what to whom, what it was before, and what can still be undone."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.client import Client
from bot.domain.family import ContactPerson, LinkedClient
from bot.domain.history import UNDO_WINDOW, UNDOABLE, Act
from bot.domain.ids import PersonId
from bot.domain.kinship import Label, Word
from bot.domain.phone import Phone
from bot.domain.relationship import Removal
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category
from bot.domain.staff import Surface
from bot.services.errand import RelationState
from bot.services.history import HistoryRow
from bot.views.blocks import Json
from bot.views.history import history_view
from bot.views.history_lines import entry_lines, entry_sentence
from bot.views.metadata import UnreadableMetadataError, decode
from bot.views.undo import read_entry_number, undo_offer
from tests.views.families import LONG_AGO, client, contact, linked, person, sharing
from tests.views.histories import page, row, undoing

ANA = client(1, first_name="Ana", last_name="Ruiz", birth_date=date(1990, 2, 3))
BEN = client(2, first_name="Ben", last_name="Ruiz", birth_date=date(1960, 2, 3))
ROW = linked(ANA, BEN)
SHARED = "Ben Ruiz also gets the e-mails sent to Ana Ruiz"
ROSA = contact(ANA, person(5000, phones=(Phone(number="+12125550100"),)))


def state(member: LinkedClient | ContactPerson, *order: str, **side: object) -> RelationState:
    """Return a relation with Ana's side changed, and her emergency order if one is given."""
    relation = member.relation.with_side(replace(member.side, **side))  # type: ignore[arg-type]  # any part
    who = member.person if isinstance(member, ContactPerson) else None
    orders = {ANA.id: tuple(relation.id if one == "*" else one for one in order)} if order else {}
    return RelationState(relation=relation, person=who, orders=orders)  # type: ignore[arg-type]  # plain ids


def told(row: HistoryRow, seen_from: Client = ANA) -> list[str]:
    return [entry_sentence(row, seen_from.id), *entry_lines(row, seen_from.id)]


def test_a_removal_says_what_stopped_and_why() -> None:
    before = state(ROW, "*", sharing=sharing(frozenset({Category.APPOINTMENTS})))
    ended = Removal(at=LONG_AGO, by=before.relation.id, by_name="Ana", reason="Moved away")  # type: ignore[arg-type]  # any id
    after = replace(
        before,
        relation=replace(state(ROW).relation, removal=ended),
        orders={ANA.id: ("another",)},  # type: ignore[dict-item]  # a plain id
    )
    assert told(row(Act.LINK_REMOVED, before, after, ANA, BEN)) == [
        "Ben Ruiz (1960) was unlinked, from both accounts.",
        "Reason: Moved away",
        "Ben Ruiz no longer gets the e-mails sent to Ana Ruiz (was Appointments)",
        "Ben Ruiz is no emergency contact of Ana Ruiz any more (was 1 of 1)",
    ]
    assert told(row(Act.LINK_REMOVED, before, after, ANA, BEN), BEN)[:3] == [
        "Ana Ruiz (1990) was unlinked, from both accounts.",
        "Reason: Moved away",
        "Ben Ruiz no longer gets the e-mails sent to Ana Ruiz (was Appointments)",
    ]


def test_a_relationship_says_each_side_that_changed() -> None:
    before, after = state(ROW), state(ROW, label=Label.of_word(Word.MOTHER))
    assert told(row(Act.LINK_EDITED, before, after, ANA, BEN)) == [
        "The relationship with Ben Ruiz (1960) was changed.",
        "Ben Ruiz: parent → mother of Ana Ruiz",
    ]


def test_sharing_says_who_gets_whose_on_what_basis() -> None:
    narrow = sharing(frozenset({Category.APPOINTMENTS}), Basis.CLIENT_AGREED_VERBALLY, None)
    off, on, wide = state(ROW), state(ROW, sharing=narrow), state(ROW, sharing=sharing())
    assert told(row(Act.SHARING_CHANGED, off, on, ANA, BEN))[1:] == [
        f"{SHARED}, from then on: Appointments (The client agreed, in words)"
    ]
    (line,) = told(row(Act.SHARING_CHANGED, on, wide, ANA, BEN))[1:]
    before, after = line.removeprefix(f"{SHARED}: ").split(" → ")
    assert before == "Appointments (The client agreed, in words)"
    assert after == ("every notification e-mail (Signed authorization with an end date, until 1 Jan 2030)")


def test_roles_and_the_order_say_for_whom() -> None:
    before = state(ROSA, "one", "*")
    after = state(ROSA, "*", "one", roles=(RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 12"),))
    assert told(row(Act.ROLES_CHANGED, before, after, ANA)) == [
        "The roles between Rosa Vega and Ana Ruiz were changed.",
        "Roles of Rosa Vega for Ana Ruiz: none → Legal guardian (Order 12)",
        "Rosa Vega among the emergency contacts of Ana Ruiz: 2 of 2 → 1 of 2",
    ]


def test_details_say_the_field_and_both_values() -> None:
    details = replace(ANA.details, email="ana@example.com", birth_date=None, phones=ROSA.phones)
    assert told(row(Act.CLIENT_EDITED, ANA, replace(ANA, details=details), ANA)) == [
        "The details of Ana Ruiz were changed.",
        "Birth date: 3 Feb 1990 → none",
        "E-mail: none → ana@example.com",
        "Phones: none → +1 212-555-0100",
    ]


def test_what_was_added_says_what_it_is_and_nothing_empty() -> None:
    assert told(row(Act.CLIENT_ADDED, None, ANA, ANA)) == ["Ana Ruiz was added as a client."]
    assert told(row(Act.LINK_ADDED, None, state(ROW), ANA, BEN)) == [
        "Ben Ruiz (1960) was linked with Ana Ruiz.",
        "Ben Ruiz is the parent of Ana Ruiz",
        "Ana Ruiz is the child of Ben Ruiz",
    ]
    assert told(row(Act.CONTACT_ADDED, None, state(ROSA, "*"), ANA)) == [
        "Rosa Vega was added as a contact.",
        "Rosa Vega is the friend of Ana Ruiz",
        "Rosa Vega became an emergency contact of Ana Ruiz: 1 of 1",
    ]


def test_namesakes_are_told_apart() -> None:
    namesake = client(3, first_name="Ana", last_name="Ruiz", birth_date=date(1964, 2, 3))
    added = row(Act.LINK_ADDED, None, state(linked(ANA, namesake)), ANA, namesake)
    assert told(added)[:2] == [
        "Ana Ruiz (1964) was linked with Ana Ruiz (1990).",
        "Ana Ruiz (1964) is the parent of Ana Ruiz (1990)",
    ]


def test_names_are_those_of_then() -> None:
    then = client(1, first_name="Ana", last_name="Vega")
    added = row(Act.LINK_ADDED, None, state(ROW), then, BEN)
    assert told(added)[0] == "Ben Ruiz (1960) was linked with Ana Vega."


def test_an_undo_says_what_it_undid_and_what_did_not_come_back() -> None:
    shared, bare = state(ROW, sharing=sharing()), state(ROW)
    removed = row(Act.LINK_REMOVED, shared, bare, ANA, BEN)
    assert told(undoing(removed, 2)) == ["Undone: Ben Ruiz (1960) was unlinked, from both accounts."]
    left_off = replace(undoing(removed, 2), after=bare)
    assert told(left_off)[1:] == ["E-mail sharing was left off, because something had changed meanwhile."]


def test_what_was_erased_is_said_to_be_without_a_name() -> None:
    added = row(Act.CONTACT_ADDED, None, state(ROSA), ANA)
    entry = replace(added.entry, person_id=PersonId("p1"), before=None, after=None, erased=True)
    erased = replace(added, entry=entry, before=None, after=None)
    assert told(erased) == [
        "Somebody whose name was erased was added as a contact.",
        "What was there before and after was erased.",
    ]
    edited = replace(row(Act.CLIENT_EDITED, ANA, BEN, ANA), before=None, after=None)
    assert told(replace(edited, entry=replace(edited.entry, erased=True))) == [
        "The details of Ana Ruiz were changed.",
        "What was there before and after was erased.",
    ]


def blocks(view: Json) -> str:
    return str(view["blocks"])


@pytest.mark.parametrize("act", Act)
def test_what_can_be_undone_is_offered_until_ten_minutes_are_over(act: Act) -> None:
    told = row(Act.CLIENT_EDITED if act is Act.CHANGE_UNDONE else act, ANA, ANA, ANA, number=7)
    shown = page(ANA, undoing(told, 7) if act is Act.CHANGE_UNDONE else told)
    until = LONG_AGO + UNDO_WINDOW
    offered = "'value': '7'" in blocks(history_view(shown, now=until, zone=UTC))
    assert offered is (act in UNDOABLE)
    assert "'value': '7'" not in blocks(history_view(shown, now=until + timedelta(seconds=1), zone=UTC))


def test_what_was_undone_is_not_offered_again() -> None:
    edited = row(Act.CLIENT_EDITED, ANA, BEN, ANA, number=7)
    view = history_view(page(ANA, replace(edited, undone_by=edited.entry)), now=LONG_AGO, zone=UTC)
    assert "'value': '7'" not in blocks(view)
    assert "Undone by Ana Ruiz · 4 Mar 2024, 14:32" in blocks(view)


def test_times_are_those_of_the_practice() -> None:
    edited = row(Act.CLIENT_EDITED, ANA, BEN, ANA, surface=Surface.IMPORT)
    zone = ZoneInfo("America/New_York")
    view = blocks(history_view(page(ANA, edited), now=LONG_AGO, zone=zone))
    assert "Ana Ruiz · 4 Mar 2024, 09:32 · from a list of clients" in view
    assert "Undo until 09:42" in view
    offer = undo_offer(edited.entry, zone)
    assert offer is not None
    assert offer.until == "09:42"


def test_pages_keep_their_place_and_lead_on() -> None:
    view = history_view(
        page(ANA, row(Act.CLIENT_ADDED, None, ANA, ANA), number=1, has_older=True), now=LONG_AGO, zone=UTC
    )
    metadata = decode(str(view["private_metadata"]))
    assert (metadata.page, metadata.newest) == (1, 99)
    assert "Previous page" in blocks(view)
    assert "Next page" in blocks(view)
    assert "Page 2, newest first" in blocks(view)


@pytest.mark.parametrize("value", ["", "-1", "1.5", "x", "٣", "9" * 19, " 7"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(UnreadableMetadataError):
        read_entry_number(value)
