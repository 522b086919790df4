"""What a mail is about, by its sender and subject."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MailRuleId, StaffId
from bot.domain.incoming_mail import MailRule, categorise, is_account_mail
from bot.domain.notice import NoticeCategory
from bot.domain.sharing import Category


def rule(category: Category = Category.PAYMENTS, *, sender: str = "", subject: str = "") -> MailRule:
    return MailRule(
        id=MailRuleId("r1"),
        sender=sender,
        subject=subject,
        category=category,
        made_at=datetime(2026, 3, 2, tzinfo=UTC),
        made_by=StaffId("U1"),
        made_by_name="Dana",
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Reset your password",
        "Your PASSWORD has been changed",
        "Your log-in code is 123 456",
        "Login code",
        "Your verification code",
        "Verify your e-mail address",
        "Confirm your email",
        "You have been invited to our client portal",
        "Invitation to the portal",
        "Set up your account",
        "Activate your account",
        "New sign-in from Chrome",
        "One-time passcode",
        "Two-factor authentication",
        "Restablecer su contraseña",
        "Réinitialisez votre mot de passe",
        "Ihr Bestätigungscode",
    ],
)
def test_account_mail_is_recognised_and_always_wins(subject: str) -> None:
    assert is_account_mail(subject)
    assert categorise([rule(subject="*")], sender="x@y.example", subject=subject) is NoticeCategory.ACCOUNT


@pytest.mark.parametrize(
    "subject",
    ["Your appointment on Monday", "Receipt 1042", "Behavioral activation worksheet", "Your Superbill", ""],
)
def test_other_mail_is_not(subject: str) -> None:
    assert not is_account_mail(subject)


def test_the_first_rule_that_fits_counts() -> None:
    rules = [
        rule(Category.PAYMENTS, sender="billing@*"),
        rule(Category.SUPERBILLS, subject="*superbill*"),
        rule(Category.APPOINTMENTS, sender="*@practice.example", subject="Reminder*"),
    ]

    def about(sender: str, subject: str) -> NoticeCategory:
        return categorise(rules, sender=sender, subject=subject)

    assert about("Billing@practice.example", "Your superbill") is NoticeCategory.PAYMENTS
    assert about("ehr@practice.example", "Your SUPERBILL for March") is NoticeCategory.SUPERBILLS
    assert about("ehr@practice.example", "Reminder: Monday") is NoticeCategory.APPOINTMENTS
    assert about("ehr@other.example", "Reminder: Monday") is NoticeCategory.UNKNOWN
    assert about("ehr@practice.example", "A reminder") is NoticeCategory.UNKNOWN


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_pattern_without_stars_fits_itself_and_stars_fit_around_it(text: str, around: str) -> None:
    pattern = text.replace("*", "")
    assert rule(subject=pattern).fits(sender="", subject=pattern)
    assert rule(subject=f"*{pattern}*").fits(sender="", subject=f"{around} {pattern} {around}")
