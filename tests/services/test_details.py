from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.services.details import check_client, check_person
from bot.services.findings import Findings
from bot.services.reach import stored_number

TODAY = date(2026, 3, 2)
ANA = ClientDetails(first_name="Ana", last_name="Ruiz", email="ana@example.com")
ROSA = PersonDetails(first_name="Rosa", phones=(Phone(number="+12125550100"),))

Found = list[tuple[Field, str, dict[str, str | int]]]


def check(details: ClientDetails) -> tuple[ClientDetails, Found]:
    findings = Findings()
    checked = check_client(details, today=TODAY, region="US", findings=findings)
    return checked, [(one.field, one.key, dict(one.values)) for one in findings.problems]


def check_contact(details: PersonDetails) -> tuple[PersonDetails, Found]:
    findings = Findings()
    checked = check_person(details, region="US", findings=findings)
    return checked, [(one.field, one.key, dict(one.values)) for one in findings.problems]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"first_name": " ", "last_name": ""}, (Field.FIRST_NAME, "name.needed", {})),
        (
            {"first_name": "\N{RIGHT-TO-LEFT MARK}", "last_name": "\x00"},
            (Field.FIRST_NAME, "name.needed", {}),
        ),
        ({"first_name": "a" * 201}, (Field.FIRST_NAME, "name.too_long", {"max": 200})),
        ({"last_name": "a" * 201}, (Field.LAST_NAME, "name.too_long", {"max": 200})),
        ({"preferred_name": "a" * 201}, (Field.PREFERRED_NAME, "name.too_long", {"max": 200})),
        ({"own_id": "1" * 61}, (Field.OWN_ID, "own_id.too_long", {"max": 60})),
        ({"birth_date": date(2026, 3, 3)}, (Field.BIRTH_DATE, "birth_date.future", {})),
        ({"birth_date": date(1899, 12, 31)}, (Field.BIRTH_DATE, "birth_date.too_early", {})),
        ({"email": "ana"}, (Field.EMAIL, "email.invalid", {})),
        ({"email": "ana@example.com, ben@example.com"}, (Field.EMAIL, "email.invalid", {})),
        ({"email": "Ana <ana@example.com>"}, (Field.EMAIL, "email.invalid", {})),
        ({"email": f"ana@{'a.' * 120}example.com"}, (Field.EMAIL, "email.invalid", {})),
        ({"deceased_on": date(2026, 1, 1)}, (Field.DECEASED_ON, "deceased_on.without_status", {})),
        (
            {"status": ClientStatus.DECEASED, "deceased_on": date(2026, 3, 3)},
            (Field.DECEASED_ON, "deceased_on.future", {}),
        ),
        (
            {
                "status": ClientStatus.DECEASED,
                "deceased_on": date(1979, 1, 1),
                "birth_date": date(1980, 1, 1),
            },
            (Field.DECEASED_ON, "deceased_on.before_birth", {}),
        ),
        ({"phones": (Phone(number="12"),)}, (Field.PHONE, "phone.too_short", {})),
        ({"phones": (Phone(number="ask " + "1" * 40),)}, (Field.PHONE, "phone.too_long", {"max": 40})),
        (
            {"phones": tuple(Phone(number=f"212555010{digit}") for digit in range(6))},
            (Field.PHONE, "phone.too_many", {"max": 5}),
        ),
    ],
)
def test_what_is_wrong_stands_under_its_field(
    change: dict[str, object], found: tuple[Field, str, dict[str, str | int]]
) -> None:
    assert check(replace(ANA, **change))[1] == [found]  # type: ignore[arg-type] # one changed detail


def test_details_at_the_edge_of_each_rule_are_fine() -> None:
    edge = ClientDetails(
        last_name="a" * 200,
        own_id="1" * 60,
        birth_date=date(1900, 1, 1),
        status=ClientStatus.DECEASED,
        deceased_on=TODAY,
        phones=tuple(Phone(number=f"+1212555010{digit}") for digit in range(5)),
    )
    assert check(edge) == (edge, [])
    assert check(replace(ANA, birth_date=TODAY))[1] == []


def test_everything_wrong_is_said_at_once() -> None:
    _, found = check(ClientDetails(email="x", birth_date=date(2030, 1, 1)))
    assert [key for _, key, _ in found] == ["email.invalid", "name.needed", "birth_date.future"]


def test_names_are_tidied_and_otherwise_kept_as_typed() -> None:
    checked, found = check(
        replace(ANA, first_name="  Ana   María ", last_name="*Ruiz* & <@U1>", own_id=" A 1 ")
    )
    assert (checked.first_name, checked.last_name, checked.own_id) == ("Ana María", "*Ruiz* & <@U1>", "A 1")
    assert found == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana.Ruiz+Kid@Example.COM ", "Ana.Ruiz+Kid@Example.COM"),
        ("josé@example.org", "josé@example.org"),
        ("ana@münchen.example.net", "ana@münchen.example.net"),
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_r37_an_address_is_never_corrected_beyond_trimming(typed: str | None, kept: str | None) -> None:
    checked, found = check(replace(ANA, email=typed))
    assert checked.email == kept
    assert found == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("(212) 555-0100", "+12125550100"),
        ("1 212 555 0100", "+12125550100"),
        ("212.555.0100", "+12125550100"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+12125550100", "+12125550100"),
        # Without its area code it would reach somebody else as +1 555 0100.
        ("555-0100", "555-0100"),
        # E.164 cannot say an extension.
        ("212 555 0100 ext. 12", "212 555 0100 ext. 12"),
        ("ask for  Ana: 212 555 0100", "ask for Ana: 212 555 0100"),
        ("911", "911"),
        ("+1 212 555 01000000", "+1 212 555 01000000"),
        ("", ""),
    ],
)
def test_r37_a_number_is_stored_in_e164_where_it_can_be_parsed_else_as_typed(typed: str, stored: str) -> None:
    assert stored_number(typed, region="US") == stored


def test_r37_numbers_are_parsed_for_the_region_of_the_practice() -> None:
    assert stored_number("020 7946 0958", region="GB") == "+442079460958"


def test_the_same_number_twice_is_kept_once_under_its_first_label() -> None:
    phones = (
        Phone(number="212 555 0100", label=PhoneLabel.HOME),
        Phone(number=" "),
        Phone(number="+1 (212) 555-0100", label=PhoneLabel.WORK),
    )
    checked, found = check(replace(ANA, phones=phones))
    assert checked.phones == (Phone(number="+12125550100", label=PhoneLabel.HOME),)
    assert found == []


@pytest.mark.parametrize(
    ("details", "found"),
    [
        (PersonDetails(first_name="Rosa"), (Field.EMAIL, "contact.reach_needed", {})),
        (PersonDetails(email="rosa@example.org"), (Field.FIRST_NAME, "name.needed", {})),
        (replace(ROSA, language="x" * 61), (Field.LANGUAGE, "language.too_long", {"max": 60})),
        (replace(ROSA, last_name="x" * 201), (Field.LAST_NAME, "name.too_long", {"max": 200})),
    ],
)
def test_r30_a_contact_has_a_name_and_a_phone_or_an_email(
    details: PersonDetails, found: tuple[Field, str, dict[str, str | int]]
) -> None:
    assert check_contact(details)[1] == [found]


@pytest.mark.parametrize(
    "details",
    [
        ROSA,
        PersonDetails(last_name="Vega", email="rosa@example.org"),
        replace(ROSA, language="Spanish"),
    ],
)
def test_r30_one_name_and_one_way_to_reach_them_are_enough(details: PersonDetails) -> None:
    assert check_contact(details) == (details, [])


phones = st.builds(Phone, number=st.text(max_size=45), label=st.sampled_from(PhoneLabel))


@given(
    details=st.builds(
        ClientDetails,
        first_name=st.text(),
        last_name=st.text(),
        own_id=st.text(),
        email=st.one_of(st.none(), st.emails(), st.text()),
        phones=st.lists(phones, max_size=3).map(tuple),
    )
)
def test_checking_what_is_stored_changes_nothing_more(details: ClientDetails) -> None:
    checked, found = check(details)
    assert check(checked) == (checked, found)
