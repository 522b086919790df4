"""The history of a client's family, newest first, a page at a time: what happened, who did it, and when.

Slack gives a view 100 blocks, and a row takes four of them at most.
"""

from datetime import datetime, tzinfo

from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.staff import FULL_READER, Reader
from bot.services.history import HistoryPage, HistoryRow
from bot.views.blocks import Json, actions, button, context, divider, header, modal, section
from bot.views.history_lines import entry_lines, entry_sentence
from bot.views.ids import ActionId, ViewId
from bot.views.initials import history_for_reader
from bot.views.metadata import Metadata
from bot.views.notice import open_card_button
from bot.views.rich_text import listing
from bot.views.sentences import say
from bot.views.undo import undo_button, undo_offer
from bot.views.wording import SEPARATOR, distinction, moment_text

ROWS_A_PAGE = 12


def history_view(
    page: HistoryPage,
    *,
    now: datetime,
    zone: tzinfo,
    news: str = "",
    with_card: bool = False,
    reader: Reader = FULL_READER,
) -> Json:
    """Return a page of the history.

    Args:
        page: what was recorded.
        now: the present moment, which decides what can still be undone.
        zone: the practice's time zone.
        news: a line that says what has just happened.
        with_card: offer the way to the card, where it does not lie below already.
        reader: whom it is made for.
    """
    page = history_for_reader(page, reader)
    client = page.client
    blocks: list[Json] = [context(news)] if news else []
    blocks.append(header(client.display_name))
    if distinction(client):
        blocks.append(context(distinction(client)))
    if not page.rows:
        blocks.append(section(say("history.nobody_yet" if page.page == 0 else "history.no_older")))
    for row in page.rows:
        blocks += [divider(), *_row(row, client.id, now=now, zone=zone, reader=reader)]
    blocks += _buttons(page, with_card=with_card)
    return modal(
        callback_id=ViewId.HISTORY,
        title=say("history.title"),
        close=say("button.close"),
        blocks=blocks,
        metadata=Metadata(client_id=client.id, page=page.page, newest=page.newest).encode(),
    )


def _row(row: HistoryRow, client_id: ClientId, *, now: datetime, zone: tzinfo, reader: Reader) -> list[Json]:
    lines = entry_lines(row, client_id)
    undoable = reader.may_change and row.undone_by is None and row.entry.may_be_undone(now)
    offer = undo_offer(row.entry, zone) if undoable else None
    told = section(entry_sentence(row, client_id), accessory=undo_button(offer) if offer else None)
    changed = [listing([("", line) for line in lines])] if lines else []
    return [told, *changed, context(*_who_and_when(row, zone))]


def _who_and_when(row: HistoryRow, zone: tzinfo) -> list[str]:
    lines = [SEPARATOR.join(part for part in (by_and_at(row.entry, zone), surface_text(row.entry)) if part)]
    if row.undone_by is not None:
        by, moment = row.undone_by.by_name, moment_text(row.undone_by.at, zone)
        lines.append(say("history.undone_by", by=by, moment=moment))
    return lines


def by_and_at(entry: HistoryEntry, zone: tzinfo) -> str:
    """Return who did it, under the name they had then, and when by the practice's clock."""
    return SEPARATOR.join(part for part in (entry.by_name, moment_text(entry.at, zone)) if part)


def surface_text(entry: HistoryEntry) -> str:
    """Return through what it came, where that was not Slack, in which everything else is done."""
    return "" if entry.surface.startswith("slack_") else say(f"surface.{entry.surface}")


def _buttons(page: HistoryPage, *, with_card: bool) -> list[Json]:
    buttons: list[Json] = []
    if page.page > 0:
        buttons.append(button(say("card.previous"), ActionId.HISTORY_PREVIOUS, value=str(page.page - 1)))
    if page.has_older:
        buttons.append(button(say("card.next"), ActionId.HISTORY_NEXT, value=str(page.page + 1)))
    buttons.append(button(say("copies.open"), ActionId.COPIES_OPEN))
    if with_card:
        buttons.append(open_card_button(page.client.id))
    counted = [context(say("history.page", page=page.page + 1))] if page.page > 0 or page.has_older else []
    return [*counted, actions(*buttons)]
