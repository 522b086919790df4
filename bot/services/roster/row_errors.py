"""What is wrong with a row, from what the services find wrong with its details."""

from bot.domain.errors import InvalidInput, KinwardError, Problem
from bot.services.roster.rows import ClientRow, RelationRow, RowError


def error_of(row: ClientRow | RelationRow, problem: Problem) -> RowError:
    """Return the error of one field; the column is the field's name, which staging turns into the file's."""
    return RowError(
        place=row.place,
        column=problem.field.value,
        value="",
        key=problem.key,
        values=problem.values,
        original=row.original,
    )


def errors_of(row: ClientRow | RelationRow, refused: KinwardError) -> tuple[RowError, ...]:
    """Return why a row was refused when it was to be written."""
    if isinstance(refused, InvalidInput):
        return tuple(error_of(row, problem) for problem in refused.problems)
    return (
        RowError(
            place=row.place,
            column="",
            value="",
            key=refused.key,
            values=refused.values,
            original=row.original,
        ),
    )
