"""What an admin of the practice has chosen: who the practice is, who may use Kinward, and what it shows."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import StaffId
from bot.domain.staff_role import StaffRole

ADULT_AT = 18
"""The age of majority unless the practice says otherwise (R53)."""

LEAST_RECORD_YEARS = 6
"""How long the record is kept at least: 45 CFR 164.316(b)(2)(i) asks for six years."""


class Plan(StrEnum):
    """Whether the practice says that its Slack may hold health information (P1)."""

    NOT_ASKED = "not_asked"
    CONFIRMED = "confirmed"
    """An Enterprise plan with a signed business associate agreement."""
    NOT_COVERED = "not_covered"


class Display(StrEnum):
    """How clients are shown in windows and messages."""

    NAMES = "names"
    INITIALS = "initials"
    """Initials and ids; a button reveals the rest, and each use of it is recorded."""


class Sight(StrEnum):
    """What of a client may stand on one surface."""

    EVERYTHING = "everything"
    REVEALED_ON_REQUEST = "revealed_on_request"
    """Initials and ids until somebody asks for more."""
    INITIALS_ONLY = "initials_only"
    """Initials and ids, and no form with a client's details in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSettings:
    """The settings of one practice. What was never chosen is as it stands here.

    Attributes:
        practice_name: how the practice calls itself towards the people who receive its mail.
        practice_phone: the number that they can call.
        zone: the name of the time zone; None follows the environment.
        adult_at: the age of majority in years (R53).
        default_role: of every full member of whom nothing else is said; None is none.
        responsible: whom changes of sharing are told to (R44).
        display: how clients are shown.
        names_in_windows: whether modals and Home may hold names at all (P3).
        summary_days: after how many days the bot deletes a summary from a direct message; 0 keeps it.
        plan: whether Slack may hold health information (P1).
        record_years: how long the record of who did what is kept (P12, P13).
        version: counts the changes; 0 while nothing was ever chosen.
    """

    practice_name: str = ""
    practice_phone: str = ""
    zone: str | None = None
    adult_at: int = ADULT_AT
    default_role: StaffRole | None = StaffRole.EDITOR
    responsible: tuple[StaffId, ...] = ()
    display: Display = Display.NAMES
    names_in_windows: bool = True
    summary_days: int = 0
    plan: Plan = Plan.NOT_ASKED
    record_years: int = LEAST_RECORD_YEARS
    version: int = 0

    @property
    def has_begun(self) -> bool:
        """Say whether an admin has answered what is asked at the first start (P1)."""
        return self.plan is not Plan.NOT_ASKED

    @property
    def in_windows(self) -> Sight:
        """What may stand in modals and on Home (P1, P3)."""
        if self.plan is not Plan.CONFIRMED or not self.names_in_windows:
            return Sight.INITIALS_ONLY
        return self.in_messages

    @property
    def in_messages(self) -> Sight:
        """What may stand in a direct message (P1)."""
        if self.plan is not Plan.CONFIRMED:
            return Sight.INITIALS_ONLY
        return Sight.EVERYTHING if self.display is Display.NAMES else Sight.REVEALED_ON_REQUEST
