"""What is plain to see of numbers and addresses is what the libraries say of them."""

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, ValidationResult

from bot.services.plain_reach import is_plain_address, plain_number

DIGITS = st.text("0123456789", min_size=1, max_size=11)
NUMBERS = st.one_of(
    st.from_regex(r"(\+1 ?|1|\+)?\(?[0-9]{3}\)?[-. ]?[0-9]{3}[-. ]?[0-9]{4}", fullmatch=True),
    st.text("0123456789+(). -", max_size=16),
    DIGITS,
)
LOCAL = st.text("abcXYZ019._+-@ é", max_size=70)
DOMAIN = st.one_of(
    st.text("abc01.-_é", max_size=12),
    st.sampled_from(
        ["gmail.com", "example.org", "localhost", "a.test", "x.invalid", "xn--a.de", "münchen.de", "a.b.c"]
    ),
    st.builds(lambda label: f"{label * 7}.com", st.text("ab", min_size=1, max_size=10)),
)


@given(typed=NUMBERS, region=st.sampled_from(["US", "CA", "GB", "DE"]))
@example(typed="(212) 555-0100", region="US")
@example(typed="911 555 0100", region="CA")
@settings(max_examples=400)
def test_a_plain_number_is_what_the_library_makes_of_it(typed: str, region: str) -> None:
    plain = plain_number(typed, region=region)
    if plain:
        number = phonenumbers.parse(typed, region)
        assert phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
        assert phonenumbers.format_number(number, PhoneNumberFormat.E164) == plain


@given(local=LOCAL, domain=DOMAIN)
@example(local="a" * 64, domain="example.org")
@example(local="a" * 65, domain="example.org")
@example(local="Ana.Ruiz+x", domain="Example.org")
@settings(max_examples=400)
def test_a_plain_address_is_one_for_the_library(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    if is_plain_address(address):
        try:
            validate_email(address, check_deliverability=False)
        except EmailNotValidError as error:
            pytest.fail(f"{address}: {error}")


@pytest.mark.parametrize("address", ["ana@example.org", "ana.ruiz+kids@gmail.com", "A-1@b.co.uk"])
def test_ordinary_addresses_are_plain(address: str) -> None:
    assert is_plain_address(address)


@pytest.mark.parametrize("typed", ["2125550100", "(212) 555-0100", "212.555.0100", "+1 212 555 0100"])
def test_ordinary_numbers_are_plain(typed: str) -> None:
    assert plain_number(typed, region="US") == "+12125550100"
