"""Which addresses are the same: strictly for a login, broadly for who must not receive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.email import block_equality, same_block, same_login

SAME_PERSON = [
    ("Ben.Ruiz@Example.com", "benruiz@example.com"),
    ("ben+practice@example.com", "ben@example.com"),
    ("b.e.n+a+b@example.com", " BEN@EXAMPLE.COM "),
    ('"ben.ruiz"@example.com', "benruiz@example.com"),
    ("ben@b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example", "ben@xn--bcher-kva.example"),
    ("ben@B\N{LATIN CAPITAL LETTER U WITH DIAERESIS}CHER.example", "ben@XN--BCHER-KVA.EXAMPLE"),
    ("ben@bu\N{COMBINING DIAERESIS}cher.example", "ben@xn--bcher-kva.example"),
    ("ben@example.com.", "ben@example.com"),
    ("ben@example\N{IDEOGRAPHIC FULL STOP}com", "ben@example.com"),
    ("b\N{ZERO WIDTH SPACE}en@example.com", "ben@example.com"),
    ("\N{FULLWIDTH LATIN SMALL LETTER B}en@example.com", "ben@example.com"),
]
OTHERS = [
    ("ben@example.com", "ben@example.org"),
    ("ben@example.com", "bea@example.com"),
    ("+ben@example.com", "+bea@example.com"),
    ("ben@mail.example.com", "ben@example.com"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_what_may_lead_to_the_same_person_is_the_same_to_a_block(one: str, other: str) -> None:
    assert same_block(one, other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_what_leads_elsewhere_is_not(one: str, other: str) -> None:
    assert not same_block(one, other)


def test_an_absent_address_leads_to_nobody() -> None:
    assert not same_block(None, None)
    assert not same_block("", "")


def test_a_domain_that_cannot_be_read_stays_as_it_is() -> None:
    assert block_equality("ben@xn--\N{LATIN SMALL LETTER E WITH ACUTE}.example").startswith("ben@xn--")
    assert block_equality("nobody") == "nobody"


@given(st.emails(), st.emails())
def test_what_opens_one_login_is_the_same_to_a_block(one: str, other: str) -> None:
    assert same_block(one, one.upper())
    assert block_equality(block_equality(one)) == block_equality(one)
    if same_login(one, other):
        assert same_block(one, other)
