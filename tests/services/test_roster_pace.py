"""How much is taken in at once: more where it is quick, and anew where something else begins."""

from bot.services.roster.pace import FIRST_ROWS, MOST_ROWS, Pace


def quick(pace: Pace, units: int) -> None:
    for _ in range(units):
        with pace.holding():
            pass


def test_quick_units_become_larger_and_no_larger_than_the_most() -> None:
    pace = Pace()
    quick(pace, 1)
    assert FIRST_ROWS < pace.rows <= 2 * FIRST_ROWS
    quick(pace, 9)
    assert pace.rows == MOST_ROWS


def test_what_takes_longer_for_each_row_does_not_begin_with_so_many() -> None:
    pace = Pace()
    quick(pace, 9)
    pace.begin_anew()
    assert pace.rows == FIRST_ROWS
    few = Pace(most_rows=4)
    few.begin_anew()
    assert few.rows == 4


def test_units_that_hold_too_long_become_smaller() -> None:
    pace = Pace(held_seconds=0)
    quick(pace, 1)
    assert pace.rows == FIRST_ROWS // 2
