"""Views: each person's stack of modals and their Home, with hashes and the values of their inputs."""

import json
import secrets
from collections import defaultdict

from bot.playground.slack.block_kit import completed_view, view_problems
from bot.playground.slack.clock import Clock
from bot.playground.slack.identifiers import object_id
from bot.playground.slack.inputs import carried_over, initial_values
from bot.playground.slack.refused import Refused, invalid_arguments
from bot.playground.slack.wire import Json
from bot.playground.slack.workspace import Workspace

DEEPEST_STACK = 3
"""One opened view and two pushed upon it: Slack's limit."""
LARGEST_VIEW_BYTES = 250_000


class Views:
    """Keeps what is open before whom."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._stacks: dict[str, list[Json]] = defaultdict(list)
        self.homes: dict[str, Json] = {}

    def stack(self, user: str) -> list[Json]:
        """The person's modals, from the first opened to the one on top."""
        return list(self._stacks[user])

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> tuple[str, Json] | None:
        """Find an open modal or a Home by one of its ids, with the person before whom it is open."""
        everything = [(user, view) for user, stack in self._stacks.items() for view in stack]
        for user, view in [*everything, *self.homes.items()]:
            if view_id is not None and view["id"] == view_id:
                return user, view
            if external_id and view_id is None and view["external_id"] == external_id:
                return user, view
        return None

    def open(self, user: str, sent: object) -> Json:
        """Open a modal as the first of a new stack; what was open before is gone without a word."""
        view = self._checked(sent, kind="modal")
        self._stacks[user] = [self._stored(view, previous=None)]
        return self._stacks[user][0]

    def push(self, user: str, sent: object) -> Json:
        """Put a modal on top of the person's stack.

        Raises:
            Refused: nothing is open, the stack is full, or the view is not sound.
        """
        stack = self._stacks[user]
        if not stack:
            raise Refused("not_found")
        view = self._checked(sent, kind="modal")
        if len(stack) >= DEEPEST_STACK:
            raise Refused("push_limit_reached")
        stack.append(self._stored(view, previous=stack[-1]))
        return stack[-1]

    def update(self, view: Json, sent: object, *, expected_hash: str | None = None) -> Json:
        """Put new content into an open view; what was typed stays where the ids stay.

        Raises:
            Refused: the hash is no longer that of the view, or the content is not sound.
        """
        content = self._checked(sent, kind=view["type"], instead_of=view)
        if expected_hash is not None and expected_hash != view["hash"]:
            raise Refused("hash_conflict")
        before = view["state"]["values"]
        view.update(completed_view(content))
        view["hash"] = self._new_hash()
        view["state"] = {"values": carried_over(view["blocks"], before)}
        return view

    def publish(self, user: str, sent: object, *, expected_hash: str | None = None) -> Json:
        """Set a person's Home.

        Raises:
            Refused: the hash is no longer that of the Home, or the content is not sound.
        """
        home = self.homes.get(user)
        if home is not None:
            return self.update(home, sent, expected_hash=expected_hash)
        view = self._checked(sent, kind="home")
        if expected_hash is not None:
            raise Refused("hash_conflict")
        self.homes[user] = self._stored(view, previous=None)
        return self.homes[user]

    def drop(self, user: str, view_id: str) -> None:
        """Take one view out of the person's stack."""
        self._stacks[user] = [view for view in self._stacks[user] if view["id"] != view_id]

    def drop_all(self, user: str) -> list[Json]:
        """Empty the person's stack; returns what was open, the top one first."""
        gone = self._stacks.pop(user, [])
        return gone[::-1]

    def _checked(self, sent: object, *, kind: str, instead_of: Json | None = None) -> Json:
        problems = view_problems(sent, kind=kind)
        if problems or not isinstance(sent, dict):
            raise invalid_arguments(str(problem) for problem in problems)
        if len(json.dumps(sent, ensure_ascii=False).encode()) > LARGEST_VIEW_BYTES:
            raise Refused("view_too_large")
        external_id = sent.get("external_id")
        taken = self.find(external_id=external_id) if external_id else None
        if taken is not None and taken[1] is not instead_of:
            raise Refused("duplicate_external_id")
        return sent

    def _stored(self, sent: Json, *, previous: Json | None) -> Json:
        view_id = object_id("V")
        app = self._workspace.app
        view = completed_view(sent)
        return {
            "id": view_id,
            "team_id": self._workspace.team.id,
            **view,
            "state": {"values": initial_values(view["blocks"])},
            "hash": self._new_hash(),
            "previous_view_id": previous["id"] if previous else None,
            "root_view_id": previous["root_view_id"] if previous else view_id,
            "app_id": app.app_id,
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": app.bot_id,
        }

    def _new_hash(self) -> str:
        return f"{int(self._clock().timestamp())}.{secrets.token_hex(4)}"
