"""Who is in the workspace, and where they talk."""

from dataclasses import dataclass

from bot.playground.slack.wire import Json

TEAM_ID = "T0KINWARD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The workspace itself."""

    id: str = TEAM_ID
    name: str = "Kinward Playground"
    domain: str = "kinward-playground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the workspace, as users.info tells of them."""

    id: str
    name: str
    """The handle, as in `ana.ruiz`."""
    real_name: str
    title: str = ""
    team_id: str = TEAM_ID
    email: str | None = None
    is_restricted: bool = False
    """A guest of any kind."""
    is_ultra_restricted: bool = False
    """A guest of a single channel."""
    is_bot: bool = False
    deleted: bool = False
    is_stranger: bool = False
    """Belongs to another workspace."""
    is_admin: bool = False
    """An admin of the workspace itself."""
    is_owner: bool = False
    """An owner of the workspace, who is one of its admins too."""
    color: str = "5b7f95"
    initials: str = ""

    @property
    def is_guest(self) -> bool:
        """Whether the person is a guest of the workspace."""
        return self.is_restricted or self.is_ultra_restricted

    def to_page(self) -> Json:
        """Describe the person to the page."""
        letters = "".join(word[0] for word in self.real_name.split()[:2]).upper()
        return {
            "id": self.id,
            "name": self.name,
            "real_name": self.real_name,
            "title": self.title,
            "color": self.color,
            "initials": self.initials or letters,
            "is_guest": self.is_guest,
            "is_bot": self.is_bot,
            "is_stranger": self.is_stranger,
            "deleted": self.deleted,
        }

    def to_slack(self, *, with_email: bool) -> Json:
        """Describe the person as `users.info` does."""
        profile: Json = {
            "title": self.title,
            "real_name": self.real_name,
            "display_name": self.name,
            "team": self.team_id,
        }
        if with_email and self.email is not None:
            profile["email"] = self.email
        user: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "color": self.color,
            "real_name": self.real_name,
            "tz": "America/New_York",
            "profile": profile,
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": False,
        }
        if self.is_stranger:
            user["is_stranger"] = True
        return user


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place where people talk."""

    id: str
    name: str
    topic: str = ""
    is_private: bool = False
    members: frozenset[str] | None = None
    """Ids of the people in it; None stands for every full member of the workspace, and no guest."""
    app_is_member: bool = True
    is_ext_shared: bool = False
    """Shared with another company by Slack Connect."""

    def has(self, person: Person) -> bool:
        """Whether the person is in the channel."""
        if self.members is None:
            return not (person.is_guest or person.is_stranger)
        return person.id in self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """People who are mentioned together, as `@therapists`."""

    id: str
    handle: str
    name: str
    members: frozenset[str] = frozenset()

    def to_slack(self) -> Json:
        """Describe the group as `usergroups.list` does."""
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "is_usergroup": True,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "date_delete": 0,
            "user_count": len(self.members),
        }
