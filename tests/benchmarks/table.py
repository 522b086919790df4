"""The findings as a table."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tests.benchmarks.figures import Finding


def print_table(console: Console, title: str, findings: Iterable[Finding]) -> None:
    """Print findings under a title."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("what", min_width=40)
    for heading in ("figure", "reference", "ratio", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("met", justify="center")
    for each in findings:
        table.add_row(
            each.what,
            f"{_rounded(each.figure)} {each.unit}",
            f"{_rounded(each.reference)} {each.unit}, {each.against}",
            f"{_rounded(each.ratio)}x",
            str(each.target or ""),
            _met(each),
        )
    console.print(table)


def _met(each: Finding) -> str:
    if each.target is None:
        return ""
    return "[green]yes[/]" if each.target.is_met(each.ratio) else "[red]no[/]"


def _rounded(number: float) -> str:
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
