"""P5: no name, address, phone, own id or typed text where Slack keeps or shows what is not meant for it."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.domain.family import Family
from bot.domain.kinship import Kinship, Label
from bot.domain.phone import Phone
from bot.domain.relationship import Side
from bot.domain.roles import Role, RoleHeld
from bot.views.help import help_message
from tests.views.families import client, contact, linked, person, sharing
from tests.views.surfaces import surfaces

MARK = "QQZ"
MARKED_DIGITS = "5559876"
HIDDEN = ("private_metadata", "block_id", "action_id", "callback_id", "external_id", "value")


def marked_family() -> Family:
    """Return a family in which everything about a person is marked."""

    def details(who: str) -> dict[str, object]:
        return {
            "first_name": f"{MARK}{who}",
            "last_name": f"{MARK}last",
            "email": f"{MARK}{who}@example.com",
            "phones": (Phone(number=f"+1212{MARKED_DIGITS}"), Phone(number=f"{MARK} {MARKED_DIGITS}")),
        }

    one = client(1, preferred_name=f"{MARK}pet", own_id=f"{MARK}-1", **details("one"))
    other = client(2, own_id=f"{MARK}-2", birth_date=date(1980, 2, 3), **details("two"))
    who = person(5000, language=f"{MARK}ish", **details("three"))
    side = Side(
        client_id=one.id,
        label=Label(kinship=Kinship.OTHER, own_words=f"{MARK} words"),
        roles=(RoleHeld(role=Role.LEGAL_GUARDIAN, document=f"{MARK} paper"),),
        emergency_position=1,
        sharing=sharing(),
    )
    far = Side(client_id=other.id, label=side.label, roles=side.roles)
    return Family(
        client=one, linked_clients=(linked(one, other, side, far),), contacts=(contact(one, who, side),)
    )


def hidden(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that a person does not see, with its place."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in HIDDEN and isinstance(each, str):
                yield f"{path}/{key}", each
            else:
                yield from hidden(each, f"{path}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from hidden(each, f"{path}/{number}")


def test_the_marks_are_seen_where_they_are_meant_to_be() -> None:
    unmarked = [
        surface.name
        for surface in surfaces(marked_family())
        if surface.name.startswith(("card 0", "summary", "edit client", "removal"))
        and (MARK not in str(surface.json) or MARKED_DIGITS not in str(surface.json).replace("-", ""))
    ]
    assert set(unmarked) <= {"removal prompt"}


def test_ids_metadata_and_values_hold_nothing_about_a_person() -> None:
    found = {
        f"{surface.name}{place}": text
        for surface in surfaces(marked_family())
        for place, text in hidden(surface.json)
        if MARK.casefold() in text.casefold() or MARKED_DIGITS in "".join(filter(str.isdigit, text))
    }
    assert found == {}


def test_a_notification_names_nobody_and_says_nothing_about_anybody() -> None:
    notifications = {
        str(surface.json["text"]) for surface in surfaces(marked_family()) if surface.kind == "message"
    }
    told = "Kinward has something to tell you about e-mails."
    assert notifications == {"The summary you asked for", help_message().text, told}


def test_what_was_typed_is_not_echoed_in_help() -> None:
    shown = str(help_message(nearest="link", unknown=True))
    assert "Did you mean /family link?" in shown


def test_by_initials_no_name_number_or_address_is_seen_at_all() -> None:
    shown = [surface for surface in surfaces(marked_family()) if surface.name.startswith("by initials: ")]
    telling = {}
    for surface in shown:
        # The practice's own ids are what clients are told apart by.
        text = str(surface.json).replace(f"{MARK}-1", "").replace(f"{MARK}-2", "")
        # In these histories a client's name is also that of the member of staff who did it.
        text = text.replace(f"{marked_family().client.display_name} · ", "")
        if MARK in text or MARKED_DIGITS in text.replace("-", ""):
            telling[surface.name] = text[max(0, text.find(MARK) - 80) :][:160]
    assert telling == {}
    assert len(shown) > 5
