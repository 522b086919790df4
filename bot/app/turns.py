"""Whose turn it is: replies go out in the order in which a person acted, and none over a newer one.

Two quick choices in a form are answered side by side, and the first may take longer. Each redraws the
form as it stood at that choice, so the one that was made last must be the one that is seen last.
"""

import asyncio
from collections import OrderedDict

from bot.domain.ids import StaffId
from bot.handlers.interaction import Interaction, Kind

_MOST_VIEWS = 1_000
"""Views of which the newest act is remembered; a form is open for minutes, and a late reply takes seconds."""

_OUT_OF_LINE = frozenset({Kind.SUGGESTION, Kind.OTHER})


class Turn:
    """One interaction's place behind the earlier ones of the same person."""

    def __init__(self, before: "Turn | None") -> None:
        self._before = before
        self._over = asyncio.Event()

    async def comes(self) -> None:
        """Wait until the earlier one is answered, or has become a late reply that nobody waits for."""
        if self._before is not None:
            await self._before._over.wait()  # noqa: SLF001 - another of the same class
            self._before = None

    def end(self) -> None:
        """Let the next one go on."""
        self._before = None
        self._over.set()


class Turns:
    """Gives out turns, and knows the newest act in each view."""

    def __init__(self) -> None:
        self._last: dict[StaffId, Turn] = {}
        # Of each view the newest turn and not the interaction: that holds all that stands in the view.
        self._newest: OrderedDict[str, Turn] = OrderedDict()

    def take(self, interaction: Interaction, *, changes_view: bool) -> Turn:
        """Return the turn of an interaction; one that changes its view overtakes what is still under way.

        What changes nothing that is seen, such as typing in a picker, waits for nobody.
        """
        if interaction.kind in _OUT_OF_LINE:
            return Turn(None)
        staff_id = interaction.actor.staff_id
        turn = Turn(self._last.get(staff_id))
        self._last[staff_id] = turn
        if changes_view and interaction.view is not None:
            self._newest[interaction.view.id] = turn
            self._newest.move_to_end(interaction.view.id)
            while len(self._newest) > _MOST_VIEWS:
                self._newest.popitem(last=False)
        return turn

    def end(self, interaction: Interaction, turn: Turn) -> None:
        """End a turn."""
        turn.end()
        if self._last.get(interaction.actor.staff_id) is turn:
            del self._last[interaction.actor.staff_id]

    def is_overtaken(self, interaction: Interaction, turn: Turn) -> bool:
        """Say whether something newer was done in the view of an interaction that changes it."""
        if interaction.view is None:
            return False
        return self._newest.get(interaction.view.id, turn) is not turn
