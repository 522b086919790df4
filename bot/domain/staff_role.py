"""What a member of staff may do: roles, and the rights that each of them is made of (P7)."""

from collections.abc import Iterable
from enum import StrEnum


class Right(StrEnum):
    """One thing that a member of staff may do; services ask for these and never for a role."""

    SEE_CLIENTS = "clients.see"
    """Find a client, see the family and contacts, the history, the recipients, and get a summary."""
    CHANGE_CLIENTS = "clients.change"
    """Change anything of a client, a link, a contact or the sharing, and undo it."""
    SEE_TRAIL = "trail.see"
    """See what everybody did and was refused in the whole workspace, and take it out."""
    ENTER_BLOCK = "block.enter"
    """Enter who must not receive a client's mail (R50)."""
    LIFT_BLOCK = "block.lift"
    """See why somebody must not receive a client's mail, and lift that (R50)."""
    CHANGE_SETTINGS = "settings.change"
    """Change the practice's settings, and who has which role."""


class StaffRole(StrEnum):
    """What somebody is for Kinward; one person may be several."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"


Rights = frozenset[Right]
Roles = frozenset[StaffRole]

NO_RIGHT: Rights = frozenset()
EVERY_RIGHT: Rights = frozenset(Right)
"""Of whoever sits at the machine itself: who can run a command there can read the database anyway."""

_SEES = frozenset({Right.SEE_CLIENTS})
RIGHTS_OF_ROLE: dict[StaffRole, Rights] = {
    StaffRole.VIEWER: _SEES,
    StaffRole.EDITOR: _SEES | {Right.CHANGE_CLIENTS},
    StaffRole.PRIVACY_OFFICER: _SEES | {Right.SEE_TRAIL, Right.ENTER_BLOCK, Right.LIFT_BLOCK},
    # No client: who looks after the workspace need not be somebody who cares for people.
    StaffRole.ADMIN: frozenset({Right.CHANGE_SETTINGS, Right.ENTER_BLOCK}),
}


def rights_of(roles: Iterable[StaffRole]) -> Rights:
    """Return everything that somebody with these roles may do."""
    return frozenset().union(*(RIGHTS_OF_ROLE[role] for role in roles))
