"""Who people are and who is in a user group, asked of Slack and remembered for a short while."""

import time
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.remembered import Remembered
from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import StaffId
from bot.domain.staff import StaffMember
from bot.domain.staff_access import GroupId, StaffGroup

REMEMBERED_SECONDS = 60
"""How long an answer counts. Slack tells of a change at once; where that is lost, somebody who leaves or
becomes a guest is refused after a minute at most."""

_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_NO_GROUP = frozenset({"no_such_subteam", "subteam_not_found", "plan_upgrade_required"})
_SLACKBOT = "USLACKBOT"
"""Slack's own bot, which `users.info` does not call one."""

Answer = Mapping[str, object]


class SlackDirectory:
    """Asks `users.info` and `usergroups.users.list`, once a minute for each person and group.

    Args:
        client: with the bot token.
        team_id: whose groups are meant, which an app that is installed for a whole org has to say.
        monotonic: the seconds that pass.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        team_id: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._team_id = team_id
        self._people: Remembered[StaffId, StaffMember] = Remembered(REMEMBERED_SECONDS, monotonic)
        self._groups: Remembered[GroupId, frozenset[StaffId]] = Remembered(REMEMBERED_SECONDS, monotonic)
        self._listed: Remembered[str, tuple[StaffGroup, ...]] = Remembered(REMEMBERED_SECONDS, monotonic)

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return what Slack says of a person.

        Raises:
            DirectoryUnavailable: Slack cannot be asked, and what was known of them is too old.
            NotFound: Slack knows no such person.
        """
        known = self._people.get(staff_id)
        if known is not None:
            return known
        since = self._people.mark()
        answer = await _asked(self._client.users_info(user=staff_id), none=_UNKNOWN)
        if answer is None:
            raise NotFound
        user = answer.get("user")
        if not isinstance(user, Mapping):
            raise DirectoryUnavailable
        member = staff_member(user)
        self._people.keep(staff_id, member, since=since)
        return member

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:
        """Return who is in a user group.

        Raises:
            DirectoryUnavailable: Slack cannot be asked, and what was known of it is too old.
        """
        known = self._groups.get(group_id)
        if known is not None:
            return known
        since = self._groups.mark()
        answer = await _asked(
            self._client.usergroups_users_list(usergroup=group_id, team_id=self._team_id), none=_NO_GROUP
        )
        listed = answer.get("users") if answer else None
        members = (
            frozenset(StaffId(str(each)) for each in listed) if isinstance(listed, list) else frozenset()
        )
        self._groups.keep(group_id, members, since=since)
        return members

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Return the user groups of the workspace, by name.

        Raises:
            DirectoryUnavailable: Slack cannot be asked, and what was known is too old.
        """
        known = self._listed.get("")
        if known is not None:
            return known
        since = self._listed.mark()
        answer = await _asked(self._client.usergroups_list(team_id=self._team_id), none=_NO_GROUP)
        listed = answer.get("usergroups") if answer else None
        found = (
            [_group(each) for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
        )
        groups = tuple(sorted(found, key=lambda group: (group.name.casefold(), group.id)))
        self._listed.keep("", groups, since=since)
        return groups

    def forget(self, staff_id: StaffId) -> None:
        """Ask anew at the next interaction: something about the person changed."""
        self._people.forget(staff_id)

    def forget_group(self, group_id: GroupId) -> None:
        """Ask anew who is in a group, and which groups there are."""
        self._groups.forget(group_id)
        self._listed.forget("")


async def _asked(call: Awaitable[AsyncSlackResponse], *, none: frozenset[str]) -> AsyncSlackResponse | None:
    """Return what Slack answers, or None where it says that there is no such thing.

    Raises:
        DirectoryUnavailable: Slack cannot be asked.
    """
    try:
        return await call
    except SlackApiError as error:
        code = error.response.get("error") if error.response is not None else None
        if code in none:
            return None
        raise DirectoryUnavailable from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise DirectoryUnavailable from error


def _group(given: Answer) -> StaffGroup:
    return StaffGroup(
        id=GroupId(str(given.get("id"))),
        name=str(given.get("name") or given.get("handle") or given.get("id")),
        handle=str(given.get("handle", "")),
    )


def staff_member(user: Mapping[str, object]) -> StaffMember:
    """Read the `user` object; a flag that is absent reads as false, a team that is absent as no team."""
    profile = user.get("profile")
    names = (
        profile.get("real_name") if isinstance(profile, Mapping) else None,
        user.get("real_name"),
        user.get("name"),
    )
    enterprise = user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, Mapping) else None
    listed = [str(team) for team in teams] if isinstance(teams, list) else []
    return StaffMember(
        id=StaffId(str(user.get("id"))),
        name=next((name for name in names if isinstance(name, str) and name), str(user.get("id"))),
        team_ids=frozenset([*listed, str(user.get("team_id", ""))]),
        is_guest=bool(user.get("is_restricted")) or bool(user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")),
        is_bot=any(bool(user.get(flag)) for flag in ("is_bot", "is_workflow_bot", "is_connector_bot"))
        or user.get("id") == _SLACKBOT,
        is_workspace_admin=any(bool(user.get(flag)) for flag in ("is_admin", "is_owner", "is_primary_owner")),
        is_deactivated=bool(user.get("deleted")) or bool(user.get("is_invited_user")),
        zone=str(user.get("tz") or ""),
    )
