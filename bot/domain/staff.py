"""Who is acting: a member of the practice's staff, as Slack knows them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import StaffId, WorkspaceId


class Surface(StrEnum):
    """Through what an act came; part of the history."""

    SLACK_COMMAND = "slack_command"
    SLACK_MODAL = "slack_modal"
    SLACK_MESSAGE = "slack_message"
    SLACK_HOME = "slack_home"
    COMMAND_LINE = "command_line"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """What Slack says of a person, as far as it decides whether they may use the bot (P2)."""

    id: StaffId
    name: str
    team_ids: frozenset[str]
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    is_deactivated: bool = False

    def is_full_member_of(self, workspace_id: WorkspaceId) -> bool:
        """Say whether they are a full member: no guest, outsider, bot or deactivated person."""
        barred = self.is_guest or self.is_stranger or self.is_bot or self.is_deactivated
        return not barred and workspace_id in self.team_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A member of staff in their workspace, acting through one surface."""

    workspace_id: WorkspaceId
    staff_id: StaffId
    name: str
    surface: Surface
