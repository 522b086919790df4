from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.roster.dates import NoDate, date_in
from bot.services.roster.reading import DateOrder

DAYS = st.dates(min_value=date(1900, 1, 1))
WRITTEN = {
    DateOrder.DMY: "{0:%d}{1}{0:%m}{1}{0:%Y}",
    DateOrder.MDY: "{0:%m}{1}{0:%d}{1}{0:%Y}",
    DateOrder.YMD: "{0:%Y}{1}{0:%m}{1}{0:%d}",
}


@given(day=DAYS, order=st.sampled_from(DateOrder), sign=st.sampled_from([".", "/", "-", " ", ""]))
def test_a_date_in_a_stated_order_is_that_date(day: date, order: DateOrder, sign: str) -> None:
    assert date_in(WRITTEN[order].format(day, sign), order) == day


@given(day=DAYS, order=st.sampled_from(DateOrder), sign=st.sampled_from([".", "/"]))
def test_without_an_order_a_date_is_right_or_asked_for(day: date, order: DateOrder, sign: str) -> None:
    found = date_in(WRITTEN[order].format(day, sign), None)
    assert found in (day, NoDate(key="date.ambiguous"))
    assert (found == day) == (order is DateOrder.YMD or day.day > 12 or day.day == day.month)


@pytest.mark.parametrize(
    "cell",
    [
        *("1984-03-31", "1984-03-31T00:00:00", "1984-03-31 00:00:00.000", "1984/3/31", "31.03.1984"),
        *("31 Mar 1984", "31-MAR-1984", "Mar 31, 1984", "March 31st, 1984", "31. March 1984", "3/31/1984"),
        "3/31/1984 0:00:00",
    ],
)
def test_what_is_clear_needs_no_order(cell: str) -> None:
    assert date_in(cell, None) == date(1984, 3, 31)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("31.02.1984", "date.unreadable"),
        ("1984-02-31", "date.unreadable"),
        ("30772", "date.serial"),
        ("1984", "date.in_part"),
        ("3/1984", "date.in_part"),
        ("########", "date.too_narrow"),
        ("soon", "date.unreadable"),
        ("31 Foo 1984", "date.unreadable"),
        ("31 ma 1984", "date.unreadable"),
        ("1980-01-0\N{ARABIC-INDIC DIGIT ONE}", "date.unreadable"),
        ("31.03.84", "date.year_short"),
        ("03/04/1984", "date.ambiguous"),
        ("19840331", "date.ambiguous"),
    ],
)
def test_what_is_no_date_is_told(cell: str, key: str) -> None:
    assert date_in(cell, None) == NoDate(key=key)
