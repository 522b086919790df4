"""Modals that only say something: one moment, it is saved, it went wrong."""

from collections.abc import Sequence

from bot.domain.ids import ClientId
from bot.views.blocks import Json, actions, button, modal, section
from bot.views.ids import ActionId, ViewId
from bot.views.metadata import Metadata
from bot.views.sentences import say
from bot.views.summary import Message


def notice(
    sentence: str, *buttons: Json, title: str = "notice.title", metadata: Metadata | None = None
) -> Json:
    """Return a modal with one sentence, perhaps with buttons below."""
    blocks = [section(sentence)]
    if buttons:
        blocks.append(actions(*buttons))
    return _modal(blocks, title=title, metadata=metadata or Metadata())


def _modal(blocks: Sequence[Json], *, title: str, metadata: Metadata) -> Json:
    return modal(
        callback_id=ViewId.NOTICE,
        title=say(title),
        close=say("button.close"),
        blocks=blocks,
        metadata=metadata.encode(),
    )


def told(message: Message) -> Json:
    """Return a modal with what a message says, where there is a window to say it in."""
    blocks = message.blocks or (section(message.text),)
    return _modal(blocks, title="notice.title", metadata=Metadata())


def loading(key: str = "notice.loading") -> Json:
    """Return what is shown while the database takes its time."""
    return notice(say(key), title="notice.loading_title")


def open_card_button(client_id: ClientId) -> Json:
    """Return the button that opens a client's card."""
    return button(say("summary.open_card"), ActionId.CARD_OPEN, value=client_id, style="primary")


def nobody_yet(client_id: ClientId, name: str) -> Json:
    """Return what is said where a client has nobody to share with or to remove."""
    return notice(
        say("choose.nobody", client=name),
        button(say("card.link"), ActionId.LINK_OPEN, value=client_id, style="primary"),
        button(say("card.add"), ActionId.CONTACT_OPEN, value=client_id),
        metadata=Metadata(client_id=client_id),
    )
