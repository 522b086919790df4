"""Slack's payloads, parsed once into one frozen value; no dict passes this file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_access import Holder, HolderKind
from bot.views.form_state import FormState
from bot.views.ids import ANEW


class Kind(StrEnum):
    """What a person did."""

    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SUGGESTION = "suggestion"
    HOME_OPENED = "home_opened"
    STAFF_CHANGED = "staff_changed"
    """Slack says that somebody is not who they were, or that a group is of other people now."""
    OTHER = "other"
    """Something that needs no answer: a closed view, a message to the bot."""


class UnreadablePayloadError(ValueError):
    """The payload lacks what every payload of its kind has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTaken:
    """What was clicked or chosen; the value is an opaque id or a code."""

    action_id: str
    block_id: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSeen:
    """The view in which it happened, as it stood in front of the person."""

    id: str
    root_id: str
    previous_id: str
    type: str
    callback_id: str
    metadata: str
    state: FormState
    json: Mapping[str, object]

    @property
    def is_root(self) -> bool:
        """Say whether it is the lowest of the stack."""
        return self.root_id in ("", self.id)

    @property
    def is_third(self) -> bool:
        """Say whether it is the third of the stack: Slack lets nothing be opened above it."""
        return not self.is_root and self.previous_id not in ("", self.root_id)

    @property
    def below(self) -> tuple[str, ...]:
        """The views below it, the one that is seen next first."""
        if self.is_root:
            return ()
        return (self.previous_id, self.root_id) if self.is_third else (self.root_id,)

    @property
    def is_modal(self) -> bool:
        """Say whether it is a modal, and not Home."""
        return self.type == "modal"

    @property
    def inputs(self) -> tuple[str, ...]:
        """The block ids of its inputs, from top to bottom."""
        return tuple(_inputs(self.json.get("blocks")))


def _inputs(blocks: object) -> Iterator[str]:
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Mapping) and block.get("type") == "input":
            yield str(block.get("block_id", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One thing a person did in Slack.

    `actor` is who the payload says it was, until they are admitted; `claimed_team` the team that it names as
    theirs, and `installed_team` the one in which it says that the app is installed.
    """

    kind: Kind
    actor: Actor
    claimed_team: str | None = None
    installed_team: str | None = None
    changed: Holder | None = None
    """Whose place in the workspace has changed."""
    trigger_id: str | None = None
    response_url: str | None = None
    text: str = ""
    action: ActionTaken | None = None
    view: ViewSeen | None = None
    route: str = field(default="")
    """What decides where it goes: the action id or callback id."""
    sees_home: bool = False
    """Whether Slack shows a Home of ours to the person already."""

    @property
    def submission(self) -> str:
        """The key under which a submission has its one effect: this view, this form (R11)."""
        return f"{self.view.id}:{self.view.callback_id}" if self.view else ""

    @property
    def delivery(self) -> str:
        """The key by which this very thing is known again when Slack delivers it a second time.

        Empty where that changes nothing: a submission has a key of its own, options are just offered again.
        """
        match self.kind:
            case Kind.COMMAND | Kind.ACTION:
                return f"trigger:{self.trigger_id}" if self.trigger_id else ""
            case Kind.HOME_OPENED:
                return f"event:{self.route}" if self.route else ""
            case _:
                return ""


def parse_command(body: Mapping[str, object], workspace_id: WorkspaceId) -> Interaction:
    """Parse a slash command."""
    return Interaction(
        kind=Kind.COMMAND,
        actor=_actor(_text(body, "user_id"), workspace_id, Surface.SLACK_COMMAND),
        installed_team=_optional(body, "team_id"),
        trigger_id=_optional(body, "trigger_id"),
        response_url=_optional(body, "response_url"),
        text=_optional(body, "text") or "",
    )


def parse_action(body: Mapping[str, object], workspace_id: WorkspaceId) -> Interaction:
    """Parse a click or a choice; Slack sends one action at a time."""
    taken = body.get("actions")
    first = taken[0] if isinstance(taken, list) and taken else None
    if not isinstance(first, Mapping):
        raise UnreadablePayloadError("no action")
    view = _view(body)
    if view is None:
        surface = Surface.SLACK_MESSAGE
    else:
        surface = Surface.SLACK_MODAL if view.is_modal else Surface.SLACK_HOME
    user_id, team = _user(body)
    action_id = _text(first, "action_id")
    return Interaction(
        kind=Kind.ACTION,
        actor=_actor(user_id, workspace_id, surface),
        claimed_team=team,
        installed_team=_installed_team(body),
        trigger_id=_optional(body, "trigger_id"),
        response_url=_optional(body, "response_url"),
        action=ActionTaken(
            action_id=action_id, block_id=_optional(first, "block_id") or "", value=_action_value(first)
        ),
        view=view,
        route=action_id.partition(ANEW)[0],
    )


def parse_submission(body: Mapping[str, object], workspace_id: WorkspaceId) -> Interaction:
    """Parse a submitted form."""
    view = _view(body)
    if view is None:
        raise UnreadablePayloadError("no view")
    user_id, team = _user(body)
    return Interaction(
        kind=Kind.SUBMISSION if body.get("type") == "view_submission" else Kind.OTHER,
        actor=_actor(user_id, workspace_id, Surface.SLACK_MODAL),
        claimed_team=team,
        installed_team=_installed_team(body),
        trigger_id=_optional(body, "trigger_id"),
        view=view,
        route=view.callback_id,
    )


def parse_suggestion(body: Mapping[str, object], workspace_id: WorkspaceId) -> Interaction:
    """Parse a type-ahead request; it carries no form state, only the view as it was sent."""
    user_id, team = _user(body)
    return Interaction(
        kind=Kind.SUGGESTION,
        actor=_actor(user_id, workspace_id, Surface.SLACK_MODAL),
        claimed_team=team,
        installed_team=_installed_team(body),
        text=_optional(body, "value") or "",
        view=_view(body),
        route=_text(body, "action_id"),
    )


def parse_event(body: Mapping[str, object], workspace_id: WorkspaceId) -> Interaction:
    """Parse an event: a Home that was opened needs an answer, and who has changed is asked about anew."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        raise UnreadablePayloadError("no event")
    kind, user = event.get("type"), event.get("user")
    changed = _changed(event)
    is_home = kind == "app_home_opened" and event.get("tab") == "home" and isinstance(user, str)
    what = Kind.HOME_OPENED if is_home else Kind.OTHER
    return Interaction(
        kind=Kind.STAFF_CHANGED if changed else what,
        actor=_actor(user if isinstance(user, str) else "", workspace_id, Surface.SLACK_HOME),
        installed_team=_optional(body, "team_id"),
        changed=changed,
        route=str(body.get("event_id", "")),
        sees_home=isinstance(event.get("view"), Mapping),
    )


def _changed(event: Mapping[str, object]) -> Holder | None:
    user = event.get("user")
    if event.get("type") == "user_change" and isinstance(user, Mapping):
        return Holder(kind=HolderKind.PERSON, id=_text(user, "id"))
    if event.get("type") == "subteam_members_changed":
        return Holder(kind=HolderKind.GROUP, id=_text(event, "subteam_id"))
    return None


def _installed_team(body: Mapping[str, object]) -> str | None:
    """Return where the app is installed; of an app for a whole org `team` is null, and the view says it."""
    team, view = body.get("team"), body.get("view")
    named = _optional(team, "id") if isinstance(team, Mapping) else None
    if isinstance(view, Mapping):
        return _optional(view, "app_installed_team_id") or named or _optional(view, "team_id")
    return named


def _actor(user_id: str, workspace_id: WorkspaceId, surface: Surface) -> Actor:
    return Actor(workspace_id=workspace_id, staff_id=StaffId(user_id), name="", surface=surface)


def _user(body: Mapping[str, object]) -> tuple[str, str | None]:
    user = body.get("user")
    if not isinstance(user, Mapping):
        raise UnreadablePayloadError("no user")
    return _text(user, "id"), _optional(user, "team_id")


def _view(body: Mapping[str, object]) -> ViewSeen | None:
    view = body.get("view")
    if not isinstance(view, Mapping):
        return None
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    return ViewSeen(
        id=_text(view, "id"),
        root_id=_optional(view, "root_view_id") or "",
        previous_id=_optional(view, "previous_view_id") or "",
        type=_optional(view, "type") or "",
        callback_id=_optional(view, "callback_id") or "",
        metadata=_optional(view, "private_metadata") or "",
        state=FormState(values if isinstance(values, Mapping) else {}),
        json=view,
    )


def _action_value(action: Mapping[str, object]) -> str:
    option = action.get("selected_option")
    chosen = option.get("value") if isinstance(option, Mapping) else action.get("value")
    return chosen if isinstance(chosen, str) else ""


def _text(body: Mapping[str, object], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise UnreadablePayloadError(f"no {key}")
    return value


def _optional(body: Mapping[str, object], key: str) -> str | None:
    value = body.get(key)
    return value if isinstance(value, str) else None
