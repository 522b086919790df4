"""Who people are, asked of Slack and remembered for a short while."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import StaffId
from bot.domain.staff import StaffMember

REMEMBERED_SECONDS = 60
"""How long an answer counts: somebody who leaves or becomes a guest is refused after a minute at most."""

_MOST_REMEMBERED = 10_000
_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_SLACKBOT = "USLACKBOT"
"""Slack's own bot, which `users.info` does not call one."""


class SlackDirectory:
    """Asks `users.info`, once a minute for each person."""

    def __init__(self, client: AsyncWebClient, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._monotonic = monotonic
        self._known: OrderedDict[StaffId, tuple[float, StaffMember]] = OrderedDict()

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return what Slack says of a person.

        Raises:
            DirectoryUnavailable: Slack cannot be asked, and what was known of them is too old.
            NotFound: Slack knows no such person.
        """
        known = self._known.get(staff_id)
        if known is not None and self._monotonic() - known[0] < REMEMBERED_SECONDS:
            return known[1]
        member = staff_member(await self._ask(staff_id))
        self._known[staff_id] = (self._monotonic(), member)
        self._known.move_to_end(staff_id)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return member

    def forget(self, staff_id: StaffId) -> None:
        """Ask anew at the next interaction: something about the person changed."""
        self._known.pop(staff_id, None)

    async def _ask(self, staff_id: StaffId) -> Mapping[str, object]:
        try:
            answer = await self._client.users_info(user=staff_id)
        except SlackApiError as error:
            code = error.response.get("error") if error.response is not None else None
            if code in _UNKNOWN:
                raise NotFound from error
            raise DirectoryUnavailable from error
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DirectoryUnavailable from error
        user = answer.get("user")
        if not isinstance(user, Mapping):
            raise DirectoryUnavailable
        return user


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
    )
