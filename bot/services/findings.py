"""Collecting what is wrong with a form, so that everything is said at once."""

from bot.domain.errors import Field, InvalidInput, Problem


class Findings:
    """What the checks of one form found; the form is refused once, with all of it."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, field: Field, key: str, **values: str | int) -> None:
        """Note one problem under its field; `key` and its values stand in `problem_keys`."""
        self._problems.append(Problem(field=field, key=key, values=values))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, in the order of the checks."""
        return tuple(self._problems)

    def refusal(self, field: Field, key: str, **values: str | int) -> InvalidInput:
        """Return the refusal with this problem and those that were found before."""
        self.add(field, key, **values)
        return InvalidInput(*self._problems)

    def refuse_if_any(self) -> None:
        """Refuse the form when anything was found.

        Raises:
            InvalidInput: with every problem.
        """
        if self._problems:
            raise InvalidInput(*self._problems)
