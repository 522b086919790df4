"""Who must not receive, as those who may enter or lift it see it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date

from bot.domain.family import Family
from bot.domain.ids import RestrictionId, StaffId
from bot.domain.must_not_receive import MAX_DOCUMENT_LENGTH, Barred, MustNotReceive, RestrictionClass
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.views.barred import barred_view, lift_form, new_barred_form
from bot.views.blocks import Json
from tests.views.histories import NOW

DAY = date(2030, 1, 1)


def barred_shown(family: Family) -> Iterator[tuple[str, Json]]:
    """Yield the list with nobody and with many, and both forms, also by initials."""
    client, reader = family.client, Reader(sight=Sight.INITIALS_ONLY)
    entry = MustNotReceive(
        id=RestrictionId("01J0BARRED"),
        client_id=client.id,
        barred=Barred(address="somebody@example.com"),
        why=RestrictionClass.COURT_ORDER,
        recorded_by=StaffId("U1"),
        recorded_by_name="Ana",
        recorded_at=NOW,
        document="x" * MAX_DOCUMENT_LENGTH,
        expires_on=date(2029, 1, 1),
    )
    named = replace(entry, name="*Teresa* _Ruiz_", expires_on=None)
    yield "nobody barred", barred_view(client, (), today=DAY, zone=UTC)
    yield "barred is not shown", barred_view(client, None, today=DAY, zone=UTC)
    yield "some barred", barred_view(client, (entry, named) * 20, today=DAY, zone=UTC)
    yield "some barred, by initials", barred_view(client, (entry, named), today=DAY, zone=UTC, reader=reader)
    yield "somebody to bar", new_barred_form(family)
    yield "somebody to bar, by initials", new_barred_form(family, reader=reader)
    yield "nobody to choose", new_barred_form(replace(family, linked_clients=(), contacts=()))
    yield "an entry to lift", lift_form(named, today=DAY, zone=UTC)
