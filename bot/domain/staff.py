"""Who is acting: a member of the practice's staff, as Slack knows them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.settings import Sight
from bot.domain.staff_role import EVERY_RIGHT, NO_RIGHT, Right, Rights, Roles, StaffRole


class Surface(StrEnum):
    """Through what an act came; part of the history."""

    SLACK_COMMAND = "slack_command"
    SLACK_MODAL = "slack_modal"
    SLACK_MESSAGE = "slack_message"
    SLACK_HOME = "slack_home"
    COMMAND_LINE = "command_line"
    IMPORT = "import"
    EMAIL = "email"
    API = "api"


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
    is_workspace_admin: bool = False
    """An admin or owner of the workspace itself."""
    zone: str = ""
    """The name of the time zone that their Slack is set to."""

    def is_full_member_of(self, workspace_id: WorkspaceId) -> bool:
        """Say whether they are a full member: no guest, outsider, bot or deactivated person."""
        barred = self.is_guest or self.is_stranger or self.is_bot or self.is_deactivated
        return not barred and workspace_id in self.team_ids

    def roles_by_default(self, of_everybody: StaffRole | None) -> Roles:
        """Return their roles where nothing is said of them: who runs the workspace is admin, and that only.

        Looking after a workspace is no reason to see clients; an owner who works with them says so in the
        settings, and that is on record.

        Args:
            of_everybody: the role of every full member, or None where they have none.
        """
        if self.is_workspace_admin:
            return frozenset({StaffRole.ADMIN})
        return frozenset() if of_everybody is None else frozenset({of_everybody})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a client is shown to whoever acts, by where it stands; and whether an admin has set that."""

    in_windows: Sight = Sight.EVERYTHING
    in_messages: Sight = Sight.EVERYTHING
    is_set_up: bool = True


EVERYTHING_SHOWN = Shown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a view is made for: what it may offer them, and how much of a client it may show."""

    rights: Rights = EVERY_RIGHT
    sight: Sight = Sight.EVERYTHING

    @property
    def may_change(self) -> bool:
        """Say whether they are offered what changes a client or a family."""
        return Right.CHANGE_CLIENTS in self.rights

    @property
    def may_reveal(self) -> bool:
        """Say whether they see initials until they ask for more."""
        return self.sight is Sight.REVEALED_ON_REQUEST


FULL_READER = Reader()
"""Somebody who may do and see everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A member of staff in their workspace, acting through one surface.

    `rights` are what they may do, found anew at each interaction; without any, every service refuses.
    """

    workspace_id: WorkspaceId
    staff_id: StaffId
    name: str
    surface: Surface
    rights: Rights = NO_RIGHT
    withheld: Rights = NO_RIGHT
    """What their role allows but the practice's settings do not at present (P1, P3)."""
    shown: Shown = EVERYTHING_SHOWN

    def may(self, right: Right) -> bool:
        """Say whether they may do something."""
        return right in self.rights

    @property
    def reader(self) -> Reader:
        """What windows show and offer to them."""
        return Reader(rights=self.rights, sight=self.shown.in_windows)

    @property
    def reader_of_messages(self) -> Reader:
        """What direct messages show and offer to them."""
        return Reader(rights=self.rights, sight=self.shown.in_messages)
