"""Taking rows of clients in: the new are added, what differs is changed, the unclear is left to staff."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.client import Client, ClientDetails, ClientStatus, own_id_equality
from bot.domain.errors import Field, InvalidInput
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from bot.services.admission import refuse_while_receiving
from bot.services.details import check_client
from bot.services.errand import Errand
from bot.services.findings import Findings
from bot.services.ports import RowKind, UnitOfWork
from bot.services.reach import stored_number
from bot.services.roster.matching import Candidates, likeness_of
from bot.services.roster.row_errors import error_of
from bot.services.roster.rows import ClientRow, Row, RowError
from bot.services.roster.taking import Decided, Decision, Numbered, Outcome, Practice, Rejection, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDecision(Decision):
    """What becomes of a row of a client; `before` is None for a new one."""

    row: ClientRow
    before: Client | None
    after: Client


class ClientRows:
    """`Taking` for clients."""

    kind = RowKind.CLIENT
    decides_ahead = True

    def check(self, row: Row, practice: Practice) -> Row | tuple[RowError, ...]:
        """Return the row with its details as they are stored, or everything that is wrong with them."""
        row = _of_client(row)
        findings = Findings()
        details = check_client(row.details, today=practice.today, region=practice.region, findings=findings)
        if findings.problems:
            return tuple(error_of(row, problem) for problem in findings.problems)
        return ClientRow(
            place=row.place,
            details=details,
            references=row.references,
            stated=row.stated,
            unlabelled=frozenset(stored_number(number, region=practice.region) for number in row.unlabelled)
            if row.unlabelled
            else row.unlabelled,
            original=row.original,
        )

    def keys(self, row: Row) -> tuple[str, str]:
        """Return the own id and the likeness, as they are compared."""
        row = _of_client(row)
        return own_id_equality(row.details.own_id), likeness_of(row.details)

    async def decide(self, errand: Errand, run: Run, rows: Sequence[Numbered]) -> Decided:
        """Return who is new, who changes and who stays as they are.

        The clients whom earlier rows of this import were about are out of the question, so it does not matter
        whether these have come in yet. Among themselves the rows were told apart when they were staged.
        """
        candidates = await _candidates(errand, run, [_of_client(each.row) for each in rows])
        decisions = [await _decision(errand, each, candidates.take(_of_client(each.row))) for each in rows]
        made = [each for each in decisions if isinstance(each, ClientDecision)]
        return Decided(
            decisions=tuple(decisions),
            about=frozenset(each.before.id for each in made if each.before),
            considered=candidates.ids,
            # In a thread, for the rows before are on their way to the database meanwhile.
            prepared=None if run.is_dry_run else await asyncio.to_thread(_prepared, errand, made),
        )

    async def carry_out(self, errand: Errand, run: Run, decided: Decided) -> None:
        """Write the clients and the history, and note whom the rows were about."""
        made = [each for each in decided.decisions if isinstance(each, ClientDecision)]
        if isinstance(decided.prepared, _Prepared):
            await _write(errand, made, decided.prepared)
        await errand.unit.imports.meet(run.id, [each.after.id for each in made])
        references = {name: each.after.id for each in made for name in each.row.references}
        await errand.unit.import_memory.remember_clients(run.id, references)

    async def conclude(self, errand: Errand, run: Run) -> bool:  # noqa: ARG002 - for clients nothing is left to do
        """Say that there is nothing more."""
        return False


def _of_client(row: Row) -> ClientRow:
    if not isinstance(row, ClientRow):
        raise TypeError("a row of a relation is not for here")
    return row


async def _candidates(errand: Errand, run: Run, rows: Sequence[ClientRow]) -> Candidates:
    unit = errand.unit
    by_own_id = await unit.clients.with_own_ids([row.details.own_id for row in rows if row.details.own_id])
    unknown = [row for row in rows if own_id_equality(row.details.own_id) not in by_own_id]
    with_id = [row.details for row in unknown if row.details.own_id]
    without_id = [row.details for row in unknown if not row.details.own_id]
    alike = [
        *await unit.clients.unmet_alike(with_id, run.id, only_without_own_id=True),
        *await _named_by_no_id(unit, run, await unit.clients.unmet_alike(without_id, run.id)),
    ]
    behind_zeros = await unit.clients.with_zeros_before([each.own_id for each in with_id])
    named = (*by_own_id.values(), *behind_zeros.values())
    met = await unit.imports.met(run.id, [client.id for client in named])
    return Candidates(by_own_id, alike, met, behind_zeros)


async def _named_by_no_id(unit: UnitOfWork, run: Run, alike: Sequence[Client]) -> list[Client]:
    """Return those whom no row of the same list names by their own id: that row alone means them."""
    keys = {client.id: own_id_equality(client.details.own_id) for client in alike if client.details.own_id}
    named = {row.own_key for row in await unit.imports.staged_like(run.id, own_keys=keys.values())}
    return [client for client in alike if keys.get(client.id, "") not in named]


async def _decision(
    errand: Errand, numbered: Numbered, found: Client | RowError | None
) -> ClientDecision | Rejection:
    row = _of_client(numbered.row)
    if isinstance(found, RowError):
        return Rejection(number=numbered.number, errors=(found,))
    if found is None:
        new = Client(id=ClientId(errand.new_id()), details=row.details)
        return ClientDecision(number=numbered.number, outcome=Outcome.ADDED, row=row, before=None, after=new)
    details = merged(found.details, row)
    if details == found.details:
        return ClientDecision(
            number=numbered.number, outcome=Outcome.UNCHANGED, row=row, before=found, after=found
        )
    if found.email and not details.email:
        try:
            await refuse_while_receiving(errand.unit, found)
        except InvalidInput as refused:
            errors = tuple(error_of(row, problem) for problem in refused.problems)
            return Rejection(number=numbered.number, errors=errors)
    after = replace(found, details=details, version=found.version + 1)
    return ClientDecision(number=numbered.number, outcome=Outcome.CHANGED, row=row, before=found, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """What storing new clients takes, and what storing all entries of the history does."""

    added: object
    entries: object


def _prepared(errand: Errand, decisions: Sequence[ClientDecision]) -> _Prepared:
    """Compute as much as can be while nobody waits for a lock."""
    added = [each.after for each in decisions if each.outcome is Outcome.ADDED]
    return _Prepared(
        added=errand.unit.clients.prepared(added),
        entries=errand.unit.history.prepared(
            [
                *(errand.client_entry(Act.CLIENT_ADDED, before=None, after=client) for client in added),
                *(
                    errand.client_entry(Act.CLIENT_EDITED, before=before, after=after)
                    for before, after in _changed(decisions)
                ),
            ]
        ),
    )


def _changed(decisions: Sequence[ClientDecision]) -> list[tuple[Client, Client]]:
    return [
        (each.before, each.after)
        for each in decisions
        if each.before is not None and each.outcome is Outcome.CHANGED
    ]


async def _write(errand: Errand, decisions: Sequence[ClientDecision], prepared: _Prepared) -> None:
    changed = _changed(decisions)
    # All at once and before anything is written, so that two units never wait for each other.
    await errand.unit.clients.hold([before.id for before, _ in changed])
    for before, after in changed:
        if before.email and not after.email:
            # Asked when it was decided, but somebody may have switched the sharing on since.
            await refuse_while_receiving(errand.unit, before)
    await errand.unit.clients.add_prepared(prepared.added)
    await errand.unit.clients.update_all([(after, before.version) for before, after in changed])
    for before, after in changed:
        await errand.announcer.client(before, after)
    await errand.unit.history.append_prepared(prepared.entries)


def merged(present: ClientDetails, row: ClientRow) -> ClientDetails:
    """Return what the row says, with what the file cannot say as it is.

    An own id is never taken away, for it is what the client is known by; nor does a number lose its label
    where the file has none. Who is deceased on no stated day stays so on the day that is known.
    """
    stated, said = row.stated, row.details
    status = said.status if Field.STATUS in stated else present.status
    deceased_on = said.deceased_on if Field.DECEASED_ON in stated else None
    if deceased_on is None and status is ClientStatus.DECEASED:
        deceased_on = present.deceased_on
    return ClientDetails(
        first_name=said.first_name if Field.FIRST_NAME in stated else present.first_name,
        last_name=said.last_name if Field.LAST_NAME in stated else present.last_name,
        preferred_name=said.preferred_name if Field.PREFERRED_NAME in stated else present.preferred_name,
        own_id=said.own_id or present.own_id,
        birth_date=said.birth_date if Field.BIRTH_DATE in stated else present.birth_date,
        email=said.email if Field.EMAIL in stated else present.email,
        phones=_phones(present, row) if Field.PHONE in stated else present.phones,
        status=status,
        deceased_on=deceased_on,
    )


def _phones(present: ClientDetails, row: ClientRow) -> tuple[Phone, ...]:
    label_of_number = {phone.number: phone.label for phone in present.phones}
    return tuple(
        Phone(
            number=phone.number,
            label=label_of_number.get(phone.number, phone.label)
            if phone.number in row.unlabelled
            else phone.label,
        )
        for phone in row.details.phones
    )
