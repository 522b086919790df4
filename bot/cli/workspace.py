"""Which workspace a command is about, and who gives it."""

import getpass
import re

from bot.cli.outcome import CannotGoOn
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from storage.database import Database

COMMAND_LINE = StaffId("command-line")
"""Who acts, where nobody of Slack's does; the name of the machine's user stands beside it in the history."""


async def actor_in(database: Database, asked: str | None, surface: Surface) -> Actor:
    """Return the machine's user in the workspace that is meant.

    Raises:
        CannotGoOn: it is not clear which, or the one named is not the database's.
    """
    return Actor(
        workspace_id=await workspace_in(database, asked),
        staff_id=COMMAND_LINE,
        name=_user(),
        surface=surface,
        rights=EVERY_RIGHT,
    )


async def workspace_in(database: Database, asked: str | None) -> WorkspaceId:
    """Return the workspace meant: the one that was named, or the only one there is.

    Raises:
        CannotGoOn: it is not clear which, or the one named is not the database's.
    """
    known = await database.workspaces()
    listed = ", ".join(f"{workspace_id} ({name})" for workspace_id, name in known)
    if asked is None and len(known) == 1:
        return known[0][0]
    if asked is None:
        raise CannotGoOn(
            f"Name one of these workspaces with --workspace: {listed}."
            if known
            else "The database is new. Say with --workspace for which Slack workspace it is: "
            "its id begins with T and stands in the address of Slack in a browser."
        )
    if not re.fullmatch(r"T[A-Z0-9]+", asked):
        raise CannotGoOn("The id of a Slack workspace is a T followed by capital letters and digits.")
    named = WorkspaceId(asked)
    if not known:
        # A practice may begin with its list, before the bot has ever run.
        await database.ensure_workspace(named, asked)
    elif named not in dict(known):
        raise CannotGoOn(f"The database belongs to another workspace: {listed}.")
    return named


def _user() -> str:
    """Return the name of the machine's user, who stands for the change in the history."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"
