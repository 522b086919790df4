"""One table: action id or callback id -> handler. Matching listeners one by one would cost time for each."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.domain.errors import AlreadyRemoved
from bot.domain.staff_role import Right
from bot.handlers.barred import open_barred, open_lift, open_new_barred, submit_barred, submit_lift
from bot.handlers.become import submit_become
from bot.handlers.card import open_card, removed_already, reveal_card, turn_page
from bot.handlers.client import open_edit_client, redraw_edit_client, submit_edit_client
from bot.handlers.contact import (
    open_contact_form,
    redraw_contact_form,
    redraw_edit_contact,
    submit_contact,
    submit_edit_contact,
)
from bot.handlers.copies import (
    back_to_history,
    mark_misdirected,
    show_copies,
    show_older_copies,
)
from bot.handlers.family import family_command
from bot.handlers.find import (
    open_find_form,
    open_new_client,
    submit_find,
    submit_new_client,
    suggest_clients,
)
from bot.handlers.history import open_history, turn_history_page
from bot.handlers.home import show_home
from bot.handlers.interaction import Interaction, Kind, ViewSeen
from bot.handlers.link import (
    open_link_form,
    redraw_edit_link,
    redraw_link_form,
    submit_edit_link,
    submit_link,
)
from bot.handlers.member import member_menu, submit_relation_choice
from bot.handlers.owners import open_owners, submit_owners
from bot.handlers.recipients import open_recipients, redraw_recipients, try_address_again
from bot.handlers.removal import submit_removal
from bot.handlers.reply import Reply
from bot.handlers.roles import redraw_roles_form, submit_roles
from bot.handlers.settings import (
    holder_menu,
    open_default_role,
    open_display,
    open_group_roles,
    open_person_roles,
    open_practice,
    open_settings,
    open_setup,
    submit_default_role,
    submit_display,
    submit_practice,
    submit_setup,
    submit_staff_roles,
    suggest_groups,
    suggest_zones,
)
from bot.handlers.share import redraw_sharing_form, stop_sharing, submit_sharing
from bot.handlers.staff import forget_staff
from bot.handlers.summary import send_summary
from bot.handlers.trail import open_trail, open_trail_form, submit_trail_form, turn_trail_page
from bot.handlers.undo import undo_change
from bot.services.services import Services
from bot.views.ids import ActionId, ViewId
from bot.views.metadata import UnreadableMetadataError

Handler = Callable[[Interaction, Services], Awaitable[Reply]]
FormHandler = Callable[[Interaction, Services, ViewSeen], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where an interaction goes, and whether its answer opens a window.

    A window needs the trigger, which dies after three seconds: when the answer is slow, the window
    is opened empty and filled later.
    """

    handler: Handler
    opens: bool = False
    redraws: bool = False
    """The answer shows the same view as it stands after a choice; a newer choice makes it worthless."""
    in_place: bool = False
    """Clicked in a modal, the answer takes its place and needs no trigger."""
    changes_data: bool = False
    """The click itself changes what is stored: a repetition of it must not even begin."""
    needs: Right | None = None
    """Asked before anything else, so that a button from before a role was taken away opens nothing (P7)."""


_FORMS: Mapping[ViewId, FormHandler] = {
    ViewId.CLIENT_FIND: submit_find,
    ViewId.CLIENT_NEW: submit_new_client,
    ViewId.CLIENT_EDIT: submit_edit_client,
    ViewId.OWNERS: submit_owners,
    ViewId.LINK_NEW: submit_link,
    ViewId.LINK_EDIT: submit_edit_link,
    ViewId.CONTACT_NEW: submit_contact,
    ViewId.CONTACT_EDIT: submit_edit_contact,
    ViewId.CONTACT_BECOME: submit_become,
    ViewId.ROLES_EDIT: submit_roles,
    ViewId.SHARING_EDIT: submit_sharing,
    ViewId.RELATION_CHOOSE: submit_relation_choice,
    ViewId.RELATION_REMOVE: submit_removal,
    ViewId.TRAIL_FILTER: submit_trail_form,
    ViewId.BARRED_NEW: submit_barred,
    ViewId.BARRED_LIFT: submit_lift,
    ViewId.SETUP: submit_setup,
    ViewId.SETTINGS_PRACTICE: submit_practice,
    ViewId.SETTINGS_DISPLAY: submit_display,
    ViewId.SETTINGS_DEFAULT_ROLE: submit_default_role,
    ViewId.SETTINGS_ROLES: submit_staff_roles,
}

_REDRAWN: Mapping[ViewId, FormHandler] = {
    ViewId.CLIENT_EDIT: redraw_edit_client,
    ViewId.LINK_NEW: redraw_link_form,
    ViewId.LINK_EDIT: redraw_edit_link,
    ViewId.CONTACT_NEW: redraw_contact_form,
    ViewId.CONTACT_EDIT: redraw_edit_contact,
    ViewId.ROLES_EDIT: redraw_roles_form,
    ViewId.SHARING_EDIT: redraw_sharing_form,
}


def _of_form(forms: Mapping[ViewId, FormHandler]) -> Handler:
    async def handler(interaction: Interaction, services: Services) -> Reply:
        seen = interaction.view
        chosen = next((forms[each] for each in forms if seen and each == seen.callback_id), None)
        if seen is None or chosen is None:
            raise UnreadableMetadataError("no such form")
        try:
            return await chosen(interaction, services, seen)
        except AlreadyRemoved as error:
            return await removed_already(interaction, services, error)

    return handler


_redraw = _of_form(_REDRAWN)
_submit = _of_form(_FORMS)


async def _ignore(_interaction: Interaction, _services: Services) -> Reply:
    """Answer what needs no answer: an input that tells of itself only on submit."""
    return Reply()


_CHANGING = Right.CHANGE_CLIENTS
_SETTING = Right.CHANGE_SETTINGS

_ACTIONS: Mapping[ActionId, Route] = {
    ActionId.CARD_OPEN: Route(handler=open_card, opens=True, in_place=True),
    ActionId.CARD_REVEAL: Route(handler=reveal_card, opens=True, in_place=True),
    ActionId.CARD_PREVIOUS: Route(handler=turn_page, redraws=True),
    ActionId.CARD_NEXT: Route(handler=turn_page, redraws=True),
    ActionId.CLIENT_FIND_OPEN: Route(handler=open_find_form, opens=True),
    ActionId.CLIENT_NEW_OPEN: Route(handler=open_new_client, opens=True, needs=_CHANGING),
    ActionId.CLIENT_EDIT_OPEN: Route(handler=open_edit_client, opens=True, needs=_CHANGING),
    ActionId.OWNERS_OPEN: Route(handler=open_owners, opens=True, needs=_CHANGING),
    ActionId.LINK_OPEN: Route(handler=open_link_form, opens=True, needs=_CHANGING),
    ActionId.CONTACT_OPEN: Route(handler=open_contact_form, opens=True, needs=_CHANGING),
    ActionId.SUMMARY_SEND: Route(handler=send_summary),
    ActionId.HISTORY_OPEN: Route(handler=open_history, opens=True),
    ActionId.HISTORY_PREVIOUS: Route(handler=turn_history_page, redraws=True),
    ActionId.HISTORY_NEXT: Route(handler=turn_history_page, redraws=True),
    ActionId.HISTORY_BACK: Route(handler=back_to_history, redraws=True),
    ActionId.COPIES_OPEN: Route(handler=show_copies, redraws=True),
    ActionId.COPIES_NEWEST: Route(handler=show_copies, redraws=True),
    ActionId.COPIES_OLDER: Route(handler=show_older_copies, redraws=True),
    ActionId.COPY_MISDIRECTED: Route(handler=mark_misdirected, changes_data=True, needs=_CHANGING),
    ActionId.BARRED_OPEN: Route(handler=open_barred, opens=True, in_place=True, needs=Right.ENTER_BLOCK),
    ActionId.BARRED_NEW_OPEN: Route(handler=open_new_barred, opens=True, needs=Right.ENTER_BLOCK),
    ActionId.BARRED_LIFT_OPEN: Route(handler=open_lift, opens=True, needs=Right.LIFT_BLOCK),
    ActionId.RECIPIENTS_OPEN: Route(handler=open_recipients, opens=True),
    ActionId.RECIPIENTS_KIND: Route(handler=redraw_recipients, redraws=True),
    ActionId.RECIPIENTS_PREVIOUS: Route(handler=redraw_recipients, redraws=True),
    ActionId.RECIPIENTS_NEXT: Route(handler=redraw_recipients, redraws=True),
    ActionId.RECIPIENTS_TRY_AGAIN: Route(handler=try_address_again, changes_data=True, needs=_CHANGING),
    ActionId.TRAIL_OPEN: Route(handler=open_trail, opens=True, needs=Right.SEE_TRAIL),
    ActionId.TRAIL_PREVIOUS: Route(handler=turn_trail_page, redraws=True, needs=Right.SEE_TRAIL),
    ActionId.TRAIL_NEXT: Route(handler=turn_trail_page, redraws=True, needs=Right.SEE_TRAIL),
    ActionId.TRAIL_FILTER_OPEN: Route(handler=open_trail_form, opens=True, needs=Right.SEE_TRAIL),
    ActionId.CHANGE_UNDO: Route(handler=undo_change, changes_data=True, needs=_CHANGING),
    ActionId.MEMBER_MENU: Route(handler=member_menu, opens=True, needs=_CHANGING),
    ActionId.SHARING_STOP: Route(handler=stop_sharing, changes_data=True, needs=_CHANGING),
    ActionId.FORM_CHOICE: Route(handler=_redraw, redraws=True, needs=_CHANGING),
    ActionId.CLIENT_SEARCH_OTHER: Route(handler=_redraw, redraws=True, needs=_CHANGING),
    ActionId.SETUP_OPEN: Route(handler=open_setup, opens=True, needs=_SETTING),
    ActionId.SETTINGS_OPEN: Route(handler=open_settings, opens=True, needs=_SETTING),
    ActionId.SETTINGS_PRACTICE_OPEN: Route(handler=open_practice, opens=True, needs=_SETTING),
    ActionId.SETTINGS_DISPLAY_OPEN: Route(handler=open_display, opens=True, needs=_SETTING),
    ActionId.SETTINGS_DEFAULT_ROLE_OPEN: Route(handler=open_default_role, opens=True, needs=_SETTING),
    ActionId.SETTINGS_PERSON_OPEN: Route(handler=open_person_roles, opens=True, needs=_SETTING),
    ActionId.SETTINGS_GROUP_OPEN: Route(handler=open_group_roles, opens=True, needs=_SETTING),
    ActionId.HOLDER_MENU: Route(handler=holder_menu, opens=True, needs=_SETTING),
    ActionId.GROUP_SEARCH: Route(handler=_ignore),
    ActionId.ZONE_SEARCH: Route(handler=_ignore),
    ActionId.CLIENT_SEARCH: Route(handler=_ignore),
    ActionId.RELATION_SEARCH: Route(handler=_ignore),
    ActionId.INPUT: Route(handler=_ignore),
}


_OF_KIND: Mapping[Kind, Route] = {
    Kind.COMMAND: Route(handler=family_command, opens=True),
    Kind.SUBMISSION: Route(handler=_submit),
    Kind.SUGGESTION: Route(handler=suggest_clients),
    Kind.HOME_OPENED: Route(handler=show_home),
    Kind.STAFF_CHANGED: Route(handler=forget_staff),
    Kind.OTHER: Route(handler=_ignore),
}
"""Where goes what names no place of its own."""

_SUGGESTED: Mapping[ActionId, Handler] = {
    ActionId.GROUP_SEARCH: suggest_groups,
    ActionId.ZONE_SEARCH: suggest_zones,
}
"""What is searched beside clients."""


def route_of(interaction: Interaction) -> Route:
    """Return where an interaction goes.

    Raises:
        UnreadableMetadataError: an id that this version does not send.
    """
    if interaction.kind is Kind.ACTION:
        found = next((_ACTIONS[each] for each in _ACTIONS if each == interaction.route), None)
        if found is None:
            raise UnreadableMetadataError("no such action")
        return found
    if interaction.kind is Kind.SUGGESTION and interaction.route in _SUGGESTED:
        return Route(handler=_SUGGESTED[ActionId(interaction.route)])
    return _OF_KIND[interaction.kind]


def is_answered(interaction: Interaction) -> bool:
    """Say whether there is an answer at all: an input may tell of itself only on submit."""
    route = _known_route(interaction)
    return route is None or route.handler is not _ignore


def changes_data(interaction: Interaction) -> bool:
    """Say whether a click changes what is stored; a form does too, under a key of its own."""
    route = _known_route(interaction)
    return route is not None and route.changes_data


def opens_window(interaction: Interaction) -> bool:
    """Say whether the answer opens a window, so that a slow one needs a window to wait in."""
    route = _known_route(interaction)
    if route is None:
        return True
    in_modal = interaction.view is not None and interaction.view.is_modal
    return route.opens and not (route.in_place and in_modal)


def changes_view(interaction: Interaction) -> bool:
    """Say whether the answer puts something else into the view that was acted in."""
    route = _known_route(interaction)
    return interaction.kind is Kind.SUBMISSION or (route is not None and route.redraws)


def _known_route(interaction: Interaction) -> Route | None:
    try:
        return route_of(interaction)
    except UnreadableMetadataError:
        return None
