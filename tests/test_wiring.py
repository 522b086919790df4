"""What a view sends has somewhere to go, and whatever waits for it is sent by some view."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from bot.domain.errors import Field, Problem
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.handlers.interaction import Interaction, Kind, ViewSeen
from bot.handlers.routes import changes_view, opens_window, route_of
from bot.views import errors
from bot.views.commands import COMMANDS, command_word, nearest_word
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, HolderMenu, MemberMenu, ViewId
from bot.views.metadata import UnreadableMetadataError
from bot.views.sentences.english import SENTENCES
from tests.views.families import fullest_family
from tests.views.surfaces import Surface as Shown
from tests.views.surfaces import surfaces

ACTOR = Actor(
    workspace_id=WorkspaceId("T1"),
    staff_id=StaffId("U1"),
    name="Ana",
    surface=Surface.SLACK_MODAL,
    rights=EVERY_RIGHT,
)
NO_HANDLER = {
    ViewId.CARD,
    ViewId.HISTORY,
    ViewId.RECIPIENTS,
    ViewId.COPIES,
    ViewId.TRAIL,
    ViewId.BARRED,
    ViewId.NOTICE,
    ViewId.HOME,
    ViewId.SETTINGS,
}
"""Views with nothing to send."""


@cache
def all_shown() -> tuple[Shown, ...]:
    """Return every surface of three families, made once and where it is asked for."""
    # The last one is too large for a select: its relations are searched.
    return tuple(
        surface
        for links, contacts in ((21, 2), (1, 1), (101, 2))
        for surface in surfaces(fullest_family(links, contacts))
    )


def found(value: object, key: str) -> Iterator[str]:
    """Yield every value of a key, however deep it stands."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name == key and isinstance(each, str):
                yield each
            yield from found(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from found(each, key)


def everywhere(key: str) -> set[str]:
    return {each for shown in all_shown() for each in found(shown.json, key)}


def action(action_id: str, view: ViewSeen | None = None) -> Interaction:
    return Interaction(kind=Kind.ACTION, actor=ACTOR, route=action_id, view=view)


def seen(shown: Shown) -> ViewSeen:
    return ViewSeen(
        id="V1",
        root_id="V1",
        previous_id="",
        type=shown.kind,
        callback_id=str(shown.json.get("callback_id", "")),
        metadata=str(shown.json.get("private_metadata", "")),
        state=FormState(),
        json=shown.json,
    )


def test_every_action_of_a_view_is_routed_and_every_route_has_its_action() -> None:
    sent = everywhere("action_id")
    assert sent == set(ActionId)
    for action_id in sent:
        assert route_of(action(action_id)).handler is not None


def test_an_action_nobody_sends_is_refused() -> None:
    for forged in ("", "card", "card.open.", "CARD.OPEN", "constructor"):
        with pytest.raises(UnreadableMetadataError):
            route_of(action(forged))
        assert opens_window(action(forged))
        assert not changes_view(action(forged))


def test_every_view_has_its_id_and_every_id_its_view() -> None:
    assert everywhere("callback_id") == set(ViewId)


def test_every_form_has_a_handler_and_every_handler_a_form() -> None:
    forms = {str(shown.json["callback_id"]) for shown in all_shown() if "submit" in shown.json}
    assert forms == set(ViewId) - NO_HANDLER


@pytest.mark.parametrize("view_id", sorted(set(ViewId) - NO_HANDLER))
async def test_a_form_is_handled_by_its_own_handler(view_id: ViewId) -> None:
    form = next(shown for shown in all_shown() if shown.json.get("callback_id") == view_id)
    view = seen(form)
    submission = Interaction(kind=Kind.SUBMISSION, actor=ACTOR, view=view, route=view.callback_id)
    # Without any services it gets as far as its handler, and no farther.
    with pytest.raises(Exception) as failed:  # noqa: PT011 - which error depends on how far it got
        await route_of(submission).handler(submission, None)  # type: ignore[arg-type]  # no services at all
    assert str(failed.value) != "no such form"


def test_every_form_that_dispatches_a_choice_is_drawn_again() -> None:
    dispatching = {
        (str(shown.json["callback_id"]), str(block["element"]["action_id"]))
        for shown in all_shown()
        for block in blocks_of(shown)
        if block.get("dispatch_action")
    }
    for callback_id, action_id in dispatching:
        form = next(shown for shown in all_shown() if shown.json.get("callback_id") == callback_id)
        assert changes_view(action(action_id, seen(form))), (callback_id, action_id)
    assert {callback_id for callback_id, _ in dispatching} == {
        ViewId.CLIENT_EDIT,
        ViewId.LINK_NEW,
        ViewId.LINK_EDIT,
        ViewId.CONTACT_NEW,
        ViewId.CONTACT_EDIT,
        ViewId.ROLES_EDIT,
        ViewId.SHARING_EDIT,
    }


def blocks_of(shown: Shown) -> list[dict[str, Any]]:
    blocks = shown.json.get("blocks", [])
    assert isinstance(blocks, list)
    return blocks


def test_every_block_id_is_an_input_of_some_view() -> None:
    inputs = {
        str(block["block_id"]).partition(":")[0]
        for shown in all_shown()
        for block in blocks_of(shown)
        if block.get("type") == "input"
    }
    papers = {"roles.document", "roles.from", "roles.until"}
    assert inputs == set(BlockId) | papers


def test_every_problem_finds_an_input_in_the_views_it_can_come_from() -> None:
    inputs = everywhere("block_id")
    for field in Field:
        (block,) = errors.field_errors([Problem(field=field, key="name.needed")], sorted(inputs))
        assert block in inputs


def test_the_menu_of_a_row_offers_what_the_handler_knows() -> None:
    offered = {
        str(option["value"])
        for shown in all_shown()
        for block in blocks_of(shown)
        if isinstance(block.get("accessory"), dict) and block["accessory"]["type"] == "overflow"
        for option in block["accessory"]["options"]
    }
    assert offered == {*MemberMenu, *HolderMenu}


def test_every_command_word_is_known_and_described() -> None:
    for command in COMMANDS:
        assert command_word(command.word.upper()) == (command.same_as or command.word)
        assert command.what in SENTENCES
    assert command_word("remove") == "unlink"
    assert nearest_word("lnik") == "link"
    assert nearest_word("xyzzy") is None
