"""The record of the whole workspace as the privacy officer reads it, newest first, a page at a time.

Slack gives a view 100 blocks, and a row takes four of them at most.
"""

from datetime import tzinfo

from bot.domain.history import Kind
from bot.domain.staff import FULL_READER, Reader
from bot.services.audit import UNKNOWN
from bot.services.history import HistoryRow
from bot.services.mail_decisions import NOTICE, OUTBOX
from bot.services.trail import TrailPage
from bot.views.blocks import Json, actions, button, context, divider, modal, section
from bot.views.history import surface_text
from bot.views.ids import ActionId, ViewId
from bot.views.initials import rows_for_reader
from bot.views.rich_text import listing
from bot.views.sentences import say
from bot.views.trail_asked import TrailAsked
from bot.views.trail_lines import trail_lines, trail_sentence
from bot.views.wording import SEPARATOR, day_text, distinction, moment_text

ROWS_A_PAGE = 15


def trail_view(page: TrailPage, asked: TrailAsked, *, zone: tzinfo, reader: Reader = FULL_READER) -> Json:
    """Return a page of the record.

    Args:
        page: what is on record.
        asked: which of it was asked for.
        zone: the practice's time zone.
        reader: whom it is made for.
    """
    rows = rows_for_reader(page.rows, reader)
    blocks = [
        section(_asked_text(asked, rows), accessory=button(say("trail.filter"), ActionId.TRAIL_FILTER_OPEN))
    ]
    if not rows:
        blocks.append(section(say("trail.nothing" if page.page == 0 else "history.no_older")))
    for row in rows:
        blocks += [divider(), *_row(row, zone)]
    return modal(
        callback_id=ViewId.TRAIL,
        title=say("trail.title"),
        close=say("button.close"),
        blocks=[*blocks, *_buttons(page)],
        metadata=asked.metadata(page=page.page, newest=page.newest).encode(),
    )


def _asked_text(asked: TrailAsked, rows: tuple[HistoryRow, ...]) -> str:
    """Return which entries are shown; a person is named where an entry of theirs is there to name them."""
    said = [say(f"trail.kind_{kind}") for kind in Kind if kind in asked.kinds] or [say("trail.everything")]
    parts = [", ".join(said)]
    if asked.staff_id is not None:
        names = [row.entry.by_name for row in rows if row.entry.by_name]
        parts.append(say("trail.by", who=names[0] if names else asked.staff_id))
    if asked.client_id is not None:
        clients = [row.clients[asked.client_id] for row in rows if asked.client_id in row.clients]
        parts.append(clients[0].display_name if clients else say("trail.one_client"))
    if asked.first_day is not None:
        parts.append(say("trail.from", day=day_text(asked.first_day)))
    if asked.last_day is not None:
        parts.append(say("trail.to", day=day_text(asked.last_day)))
    return SEPARATOR.join(parts)


def _row(row: HistoryRow, zone: tzinfo) -> list[Json]:
    lines = trail_lines(row)
    more = [listing([("", line) for line in lines])] if lines else []
    entry = row.entry
    parts = (_who(row), moment_text(entry.at, zone), surface_text(entry))
    small = [SEPARATOR.join(part for part in parts if part)]
    if row.clients:
        small.append(say("trail.about", clients="; ".join(_clients(row))))
    return [section(trail_sentence(row)), *more, context(*small)]


def _who(row: HistoryRow) -> str:
    if row.entry.by == OUTBOX:
        return say("trail.by_itself")
    if not row.entry.by_name and row.entry.by.startswith(NOTICE):
        return say("trail.by_system")
    if row.entry.by == UNKNOWN:
        return say("trail.by_unknown")
    return row.entry.by_name or row.entry.by


def _clients(row: HistoryRow) -> list[str]:
    return [
        SEPARATOR.join(part for part in (client.display_name, distinction(client)) if part)
        for client in row.clients.values()
    ]


def _buttons(page: TrailPage) -> list[Json]:
    buttons: list[Json] = []
    if page.page > 0:
        buttons.append(button(say("card.previous"), ActionId.TRAIL_PREVIOUS, value=str(page.page - 1)))
    if page.has_older:
        buttons.append(button(say("card.next"), ActionId.TRAIL_NEXT, value=str(page.page + 1)))
    if not buttons:
        return []
    return [context(say("history.page", page=page.page + 1)), actions(*buttons)]
