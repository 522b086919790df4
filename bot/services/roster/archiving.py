"""Archiving the clients whom the practice's list no longer names."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.client import ClientStatus
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.services.errand import Errand
from bot.services.ports import ImportRecord, ImportStep
from bot.services.roster.applying import Applying, advance
from bot.services.roster.plan import MOST_ARCHIVED, TALLY, ImportPlan, Tally
from bot.services.roster.report import ImportReport, Progress, Tell


async def archive(errand: Errand, client_ids: Sequence[ClientId]) -> int:
    """Archive those of the clients who are active, each with an entry; return how many they were (R17)."""
    locked = await errand.unit.clients.lock(client_ids)
    changed = [
        (
            client,
            replace(
                client,
                details=replace(client.details, status=ClientStatus.ARCHIVED),
                version=client.version + 1,
            ),
        )
        for client in locked.values()
        if client.details.status is ClientStatus.ACTIVE
    ]
    await errand.unit.clients.update_all([(after, before.version) for before, after in changed])
    await errand.unit.history.append_all(
        [errand.client_entry(Act.CLIENT_EDITED, before=before, after=after) for before, after in changed]
    )
    return len(changed)


async def end(applying: Applying, record: ImportRecord, plan: ImportPlan, tell: Tell) -> ImportReport:
    """Count whom the files no longer name, archive them where that was asked for, and return the report.

    Raises:
        TakenOver: another run of the program goes on with this import.
    """
    async with applying.writing() as errand:
        # There is no next row either where another run has forgotten them all.
        await advance(errand, record)
    tally = TALLY.validate_json(record.tally)
    report = ImportReport(id=record.id, plan=plan, tally=tally)
    if not tally.clients.total:
        return report
    async with applying.looking() as errand:
        missing = await errand.unit.imports.count_missing(record.id)
    missing += tally.archived
    report = replace(report, missing=missing)
    if not plan.archives_missing or not missing:
        return report
    why_not = _why_not(plan, tally, missing)
    if why_not:
        return replace(report, why_not=why_not)
    if plan.is_dry_run:
        return replace(report, archived=missing)
    tally = await _archive_missing(applying, replace(record, step=ImportStep.ARCHIVING), missing, tell)
    return replace(report, tally=tally, archived=tally.archived)


async def _archive_missing(applying: Applying, record: ImportRecord, missing: int, tell: Tell) -> Tally:
    tally = TALLY.validate_json(record.tally)
    after: ClientId | None = None
    applying.pace.begin_anew()
    while True:
        async with applying.writing() as errand:
            ids = await errand.unit.imports.missing(record.id, after=after, limit=applying.pace.rows)
            tally = replace(tally, archived=tally.archived + await archive(errand, ids))
            await advance(errand, replace(record, tally=TALLY.dump_json(tally).decode()))
        if not ids:
            return tally
        after = ids[-1]
        tell(Progress(step=ImportStep.ARCHIVING, done=tally.archived, of=missing))


def _why_not(plan: ImportPlan, tally: Tally, missing: int) -> str:
    """Return why nobody is to be archived, by the key of the sentence."""
    if tally.rejected:
        # Who stands in such a row is not missing, and nobody can say who that is.
        return "archive.rejected"
    if missing > tally.active_before * MOST_ARCHIVED and not plan.archives_many:
        return "archive.many"
    return ""
