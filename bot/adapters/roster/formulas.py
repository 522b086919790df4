"""Cells that a spreadsheet would take for a formula, written so that it does not, and read back exactly."""

from collections.abc import Iterable

_BEGINS = (
    *("=", "+", "-", "@", "\t", "\r"),
    *("\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}"),
    *("\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}"),
)
"""What a formula begins with (OWASP, CSV injection); to some spreadsheets the wide forms are the same."""
_MARK = "'"


def neutralised(cell: str) -> str:
    """Return a cell that is text in every spreadsheet: with an apostrophe in front, where it needs one.

    What begins with an apostrophe gets one more, so that `as_meant` gives back exactly this cell.
    """
    return _MARK + cell if cell.startswith((*_BEGINS, _MARK)) else cell


def as_meant(cell: str) -> str:
    """Return what a cell said before it was neutralised; one that never was stays as it is."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith((*_BEGINS, _MARK)) else cell


def all_as_meant(cells: Iterable[str]) -> list[str]:
    """Return what each cell of a row said before it was neutralised."""
    return [as_meant(cell) if cell[:1] == _MARK else cell for cell in cells]
