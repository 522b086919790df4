"""Records of a whole workspace, for what its window can look like."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date

from bot.domain.client import Client
from bot.domain.errors import NotAllowed
from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry, JsonValue, Kind
from bot.domain.ids import StaffId
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.settings import Sight
from bot.domain.staff import Reader, Surface
from bot.services.audit import UNKNOWN
from bot.services.history import HistoryRow
from bot.services.mail_decisions import OUTBOX
from bot.services.trail import TrailPage
from bot.views.blocks import Json
from bot.views.trail import ROWS_A_PAGE, trail_view
from bot.views.trail_asked import TrailAsked
from bot.views.trail_form import trail_form
from tests.views.families import LONG_AGO
from tests.views.histories import every_row

FULLEST = TrailAsked(
    kinds=frozenset(Kind), staff_id=StaffId("U1"), first_day=date(2024, 1, 1), last_day=date(2024, 12, 31)
)


def told(
    act: Act,
    subject_id: str,
    *clients: Client,
    before: dict[str, JsonValue] | None = None,
    after: dict[str, JsonValue] | None = None,
    by: str = "U1",
    by_name: str = "Ana Ruiz",
) -> HistoryRow:
    """Return an entry of something that is no change of a client."""
    entry = HistoryEntry(
        at=LONG_AGO,
        by=StaffId(by),
        by_name=by_name,
        surface=Surface.SLACK_COMMAND,
        act=act,
        subject_id=subject_id,
        client_ids=tuple(client.id for client in clients),
        before=before,
        after=after,
        number=1,
    )
    return HistoryRow(entry=entry, before=None, after=None, clients={each.id: each for each in clients})


def every_other_row(client: Client) -> Iterator[HistoryRow]:
    """Yield a row of each thing on record that is no change."""
    for act in (Act.FAMILY_SEEN, Act.CLIENT_SEEN, Act.SUMMARY_SENT, Act.HISTORY_SEEN):
        yield told(act, client.id, client)
    yield told(Act.TRAIL_SEEN, "trail")
    kinds = (
        "command link",
        "action card.open",
        "action of.old",
        "submission link.new",
        "suggestion",
        "home_opened",
        "x",
    )
    for tried in kinds:
        yield told(Act.ACCESS_REFUSED, tried, after={"why": NotAllowed.key}, by_name="")
    yield told(Act.ACCESS_REFUSED, "command", client, after={"why": "no such key"})
    for what in ("trail", "roster", "incident", "fhir"):
        yield told(Act.DATA_EXPORTED, what, after={"format": "csv"})
    verdicts: list[JsonValue] = [
        {"kind": kind, "reason": reason} for reason in Reason for kind in RecipientKind
    ]
    mail: dict[str, JsonValue] = {"category": "superbills", "verdicts": verdicts}
    yield told(Act.MAIL_DECIDED, "N1", client, after=mail, by=OUTBOX, by_name="")
    yield told(Act.MAIL_DECIDED, "N2", client, after=mail, by="notice:smtp", by_name="")
    before: dict[str, JsonValue] = {
        "default_role": "editor",
        "plan": "not_asked",
        "roles.person.U1": ["admin"],
    }
    after: dict[str, JsonValue] = {
        "default_role": None,
        "plan": "confirmed",
        "display": "initials",
        "names_in_windows": True,
        "practice_name": "N" * 300,
        "responsible": ["U1", "U2"],
        "roles.group.S1": ["viewer"],
        "names": {"U1": "J" * 300, "S1": "Therapists"},
        "of_tomorrow": 3,
    }
    yield told(Act.SETTINGS_CHANGED, "settings", before=before, after=after)
    yield told(Act.SETTINGS_CHANGED, "token", before={"token": None}, after={"token": "T" * 80})
    rule: dict[str, JsonValue] = {"mail_rule": ["*receipt*", "payments"]}
    yield told(Act.SETTINGS_CHANGED, "mail_rule", before=rule, after={"mail_rule": None})
    yield told(Act.ACCESS_REFUSED, "api", after={"why": "token-needed"}, by=UNKNOWN, by_name="")
    yield told(Act.VALUES_ERASED, client.id, client, after={"reason": "R" * 500, "entries": 3})
    yield told(Act.ENTRIES_DROPPED, "trail", after={"entries": 3})
    erased = told(Act.SETTINGS_CHANGED, "settings")
    yield replace(erased, entry=replace(erased.entry, erased=True))


def trail_surfaces(family: Family) -> Iterator[tuple[str, Json]]:
    """Yield the window of the record with everything in it, and the form of what is shown."""
    client = family.client
    rows = [*every_other_row(client), *every_row(family)]
    for first in range(0, len(rows), ROWS_A_PAGE):
        page = TrailPage(
            rows=tuple(rows[first : first + ROWS_A_PAGE]), page=first, newest=2**31 - 1, has_older=True
        )
        yield f"trail {first}", trail_view(page, FULLEST, zone=UTC)
        by_initials = Reader(sight=Sight.INITIALS_ONLY)
        yield f"by initials: trail {first}", trail_view(page, TrailAsked(), zone=UTC, reader=by_initials)
    empty = TrailPage(rows=(), page=0, newest=0, has_older=False)
    yield "empty trail", trail_view(empty, replace(FULLEST, client_id=client.id), zone=UTC)
    yield "older than all", trail_view(replace(empty, page=3), TrailAsked(), zone=UTC)
    yield "trail form", trail_form(replace(FULLEST, client_id=client.id), client)
    yield "trail form of nothing", trail_form(TrailAsked())
