"""Whether the first start was gone through, and somebody looks after privacy. Nothing is changed."""

from bot.checks.asking import asked_of
from bot.checks.finding import Finding, State
from storage.roles_standing import RolesStanding, roles_in

_WHAT = "Roles"
_NOT_ASKED = (
    "nobody has answered the two questions of the first start: an admin of the workspace types /family."
)
_NO_OFFICER = "nobody is privacy officer: an admin names one in /family settings."


async def check_roles(url: str) -> Finding | None:
    """Look at who was given which role; None where the database cannot be asked, which is told elsewhere.

    Args:
        url: the address of the database.
    """
    found = await asked_of(url, roles_in)
    if found is None:
        return None
    open_ones = [told for each in found if (told := _open(each))]
    if not found or open_ones:
        return Finding(what=_WHAT, state=State.NOTE, told=" ".join(open_ones) or _NOT_ASKED)
    officers = sum(each.officers for each in found)
    told = "set; one person or group is privacy officer" if officers == 1 else "set"
    return Finding(what=_WHAT, state=State.GOOD, told=told)


def _open(standing: RolesStanding) -> str:
    """Return what is still to be done in a workspace, or nothing."""
    what = _NOT_ASKED if not standing.has_begun else "" if standing.officers else _NO_OFFICER
    return f"{standing.workspace_id}: {what}" if what else ""
