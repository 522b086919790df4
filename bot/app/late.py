"""What stands in for a reply that is late, and how the reply still arrives."""

from dataclasses import dataclass, replace
from functools import partial

from bot.app.delivery import Delivery, Window
from bot.app.telling import Delivered
from bot.domain.ids import StaffId
from bot.handlers.interaction import Interaction, Kind, ViewSeen
from bot.handlers.reply import (
    Ack,
    Call,
    FieldErrors,
    OpenModal,
    PushModal,
    ReplaceForm,
    Reply,
    Suggest,
    TellPrivately,
    UpdateModal,
)
from bot.views.blocks import Json
from bot.views.client_choice import slow_suggestions
from bot.views.ids import ViewId
from bot.views.notice import loading, notice, told
from bot.views.restored_form import restored_form
from bot.views.sentences import say
from bot.views.summary import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReply:
    """What was answered in the meantime, and the window that waits for the reply."""

    ack: Ack | None = None
    window: Window | None = None
    is_in_place: bool = False
    """Whether the view that was clicked in says that it is being saved."""

    def deliver(self, interaction: Interaction, reply: Reply, delivery: Delivery) -> None:
        """Bring the reply to where the person is waiting for it."""
        seen = interaction.view
        if interaction.kind is Kind.SUBMISSION and seen is not None:
            _deliver_saved(interaction, seen, reply, delivery)
            return
        if self.is_in_place and seen is not None:
            _deliver_clicked(interaction, seen, reply, delivery)
            return
        waiting, others = _for_window(interaction, reply)
        if self.window is not None and waiting is not None:
            _fill(interaction, self.window, waiting, delivery, is_saved=reply.carried_out)
            delivery.later(interaction, *others, is_saved=reply.carried_out)
            return
        if reply.sentence and interaction.kind is not Kind.HOME_OPENED:
            # By now the trigger is dead, so the sentence cannot have a window.
            delivery.later(interaction, TellPrivately(Message(text=reply.sentence)))
            return
        delivery.later(interaction, *reply.calls, is_saved=reply.carried_out)


def stand_in(interaction: Interaction, delivery: Delivery, *, opens: bool, saves: bool) -> LateReply:
    """Answer something true at once: one moment, saving, the search is slow.

    Args:
        interaction: what is answered.
        delivery: makes the calls.
        opens: whether its answer opens a window.
        saves: whether it is a click that changes what is stored.
    """
    seen = interaction.view
    match interaction.kind:
        case Kind.ACTION if saves and not opens and seen is not None and seen.is_modal:
            delivery.soon(interaction, partial(delivery.update, seen.id, loading("notice.saving")))
            return LateReply(is_in_place=True)
        case Kind.SUBMISSION:
            return LateReply(ack=ReplaceForm(loading("notice.saving")))
        case Kind.SUGGESTION:
            return LateReply(ack=Suggest(slow_suggestions()))
        case Kind.COMMAND | Kind.ACTION if opens and interaction.trigger_id:
            return LateReply(window=delivery.open_window(interaction, loading()))
        case _:
            return LateReply()


def _for_window(interaction: Interaction, reply: Reply) -> tuple[Json | None, tuple[Call, ...]]:
    """Return the view for the waiting window, and the calls that remain."""
    seen = interaction.view
    for call in reply.calls:
        if isinstance(call, TellPrivately) and interaction.kind is Kind.COMMAND:
            return told(call.message), tuple(other for other in reply.calls if other is not call)
        in_place = isinstance(call, UpdateModal) and seen is not None and call.view_id == seen.id
        if isinstance(call, OpenModal | PushModal) or (isinstance(call, UpdateModal) and in_place):
            return call.view, tuple(other for other in reply.calls if other is not call)
    return None, reply.calls


def _fill(
    interaction: Interaction, window: Window, view: Json, delivery: Delivery, *, is_saved: bool
) -> None:
    async def run() -> None:
        # A window that could not be opened was told of when it failed.
        if window.view_id is not None:
            await delivery.show(interaction, window.view_id, view, is_saved=is_saved)

    delivery.soon(interaction, run)


def without_calls(interaction: Interaction, reply: Reply) -> Ack | None:
    """Return what can be said on the ack alone when no call can be made any more."""
    if interaction.kind is Kind.SUBMISSION and reply.carried_out:
        return ReplaceForm(notice(say("notice.saved")))
    return None


def in_a_message(reply: Reply) -> Message:
    """Return what a message says in place of the calls, when no call can be made any more."""
    told = next((call.message for call in reply.calls if isinstance(call, TellPrivately)), None)
    if told is not None:
        return told
    sentence = say("notice.saved_late") if reply.carried_out else reply.sentence
    return Message(text=sentence or say("error.view_failed"))


def without_own_view(interaction: Interaction, reply: Reply) -> Reply:
    """Return a reply that leaves the view alone it was meant for: something newer stands there."""
    own = interaction.view.id if interaction.view else ""
    others = tuple(
        call for call in reply.calls if not (isinstance(call, UpdateModal) and call.view_id == own)
    )
    return replace(reply, calls=others)


def _deliver_saved(interaction: Interaction, seen: ViewSeen, reply: Reply, delivery: Delivery) -> None:
    """Bring the end of a submission into the window that says it is being saved."""
    match reply.ack:
        case ReplaceForm(view):
            pass
        case FieldErrors(errors):
            view = restored_form(seen.json, seen.state, tuple(errors.values()))
        case _ if reply.carried_out:
            view = notice(say("notice.saved"))
        case _:
            view = notice(reply.sentence or say("notice.not_saved_late"))
    _end(interaction, seen, view, _in_message(seen, reply), delivery)
    calls = without_own_view(interaction, reply).calls
    delivery.later(interaction, *calls, is_saved=reply.carried_out)


def _deliver_clicked(interaction: Interaction, seen: ViewSeen, reply: Reply, delivery: Delivery) -> None:
    """Bring the end of a click into the view that says it is being saved, or put back what stood there."""
    own = [call.view for call in reply.calls if isinstance(call, UpdateModal) and call.view_id == seen.id]
    view = (
        own[0] if own else restored_form(seen.json, seen.state, (reply.sentence,) if reply.sentence else ())
    )
    _end(interaction, seen, view, _in_message(seen, reply), delivery)
    # What would open above it has no trigger any more; what it says stands above the restored view.
    others = (call for call in reply.calls if not isinstance(call, OpenModal | PushModal))
    left = without_own_view(interaction, replace(reply, calls=tuple(others)))
    delivery.later(interaction, *left.calls, is_saved=reply.carried_out)


def _in_message(seen: ViewSeen, reply: Reply) -> str:
    """Return what a direct message says where the window was closed; nothing where nothing was at stake."""
    if reply.carried_out:
        return say("notice.saved_late")
    if seen.callback_id in _CHANGING_NOTHING:
        return reply.sentence
    return reply.sentence or say("notice.not_saved_late")


_CHANGING_NOTHING = frozenset({ViewId.CLIENT_FIND, ViewId.RELATION_CHOOSE})
"""Forms in which somebody is only chosen: with the window closed, nobody waits for them any more."""


def _end(interaction: Interaction, seen: ViewSeen, view: Json, told: str, delivery: Delivery) -> None:
    async def run() -> None:
        if await delivery.update(seen.id, view) is not Delivered.DONE and told:
            await delivery.send(StaffId(interaction.actor.staff_id), Message(text=told))

    delivery.soon(interaction, run)
