"""Who has which role: what an admin has said of a person or a user group, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.staff import StaffMember
from bot.domain.staff_role import Roles, StaffRole

GroupId = NewType("GroupId", str)
"""Slack's id of a user group."""


class HolderKind(StrEnum):
    """Whom roles are given to."""

    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Holder:
    """A person or a user group, by Slack's id."""

    kind: HolderKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """The roles that an admin has given to a person or a group; no role at all keeps them out."""

    holder: Holder
    roles: Roles


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffGroup:
    """A user group as Slack knows it."""

    id: GroupId
    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class RolesGiven:
    """Everything that was said of anybody."""

    entries: tuple[RoleEntry, ...] = ()

    def of(self, holder: Holder) -> RoleEntry | None:
        """Return what was said of a holder."""
        return next((entry for entry in self.entries if entry.holder == holder), None)

    @property
    def groups(self) -> tuple[GroupId, ...]:
        """The groups of which something was said."""
        return tuple(
            GroupId(entry.holder.id) for entry in self.entries if entry.holder.kind is HolderKind.GROUP
        )

    def with_entry(self, changed: RoleEntry) -> "RolesGiven":
        """Return what is said after an entry was made or changed."""
        others = (entry for entry in self.entries if entry.holder != changed.holder)
        return RolesGiven(tuple(sorted((*others, changed), key=lambda entry: entry.holder)))

    def without(self, holder: Holder) -> "RolesGiven":
        """Return what is said after nothing is said of a holder any more."""
        return RolesGiven(tuple(entry for entry in self.entries if entry.holder != holder))

    def roles_of(
        self, member: StaffMember, *, groups: Mapping[GroupId, frozenset[str]], default: StaffRole | None
    ) -> Roles:
        """Return the roles of a member of staff.

        What was said of the person wins; else what was said of their groups, added up; else the default,
        and the admins and owners of the workspace are admins besides.

        Args:
            member: a full member of the workspace.
            groups: who is in each group of which something was said.
            default: the role of everybody else.
        """
        own = self.of(Holder(kind=HolderKind.PERSON, id=member.id))
        if own is not None:
            return own.roles
        found = [
            entry.roles
            for entry in self.entries
            if entry.holder.kind is HolderKind.GROUP
            and member.id in groups.get(GroupId(entry.holder.id), frozenset())
        ]
        if found:
            return frozenset().union(*found)
        return member.roles_by_default(default)
