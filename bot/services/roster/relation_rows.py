"""Taking rows of relations in: links and contacts, by the rules of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import Field, InvalidInput
from bot.domain.ids import PersonId
from bot.services.errand import Errand
from bot.services.ports import RowKind
from bot.services.roster.emergency_orders import put_in_order
from bot.services.roster.families_at_hand import FamiliesAtHand
from bot.services.roster.foreseen_contacts import FORESEEN, traces_in
from bot.services.roster.relation_checks import checked_row
from bot.services.roster.relation_deciding import RelationDeciding
from bot.services.roster.relation_deeds import carry_out
from bot.services.roster.relation_desk import Fate, RelationDesk
from bot.services.roster.relation_naming import Naming
from bot.services.roster.row_errors import errors_of
from bot.services.roster.rows import RelationRow, Row, RowError
from bot.services.roster.taking import Decided, Decision, Numbered, Practice, Rejection, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDecision(Decision):
    """What becomes of a row of a relation."""

    fate: Fate


class RelationRows:
    """`Taking` for relations."""

    kind = RowKind.RELATION
    decides_ahead = False

    def check(self, row: Row, practice: Practice) -> Row | tuple[RowError, ...]:
        """Return the row tidied, or everything that is wrong with it."""
        return checked_row(_of_relation(row), practice)

    def keys(self, row: Row) -> tuple[str, str]:  # noqa: ARG002 - they are told apart once their clients are there
        """Return nothing: relations are told apart by their clients, once these are there."""
        return "", ""

    async def decide(self, errand: Errand, run: Run, rows: Sequence[Numbered]) -> Decided:
        """Return what becomes of each row.

        What staff have changed since an import stays as they left it, a pair is never linked twice, and one
        key of the files is one person.
        """
        of_relations = [(each.number, _of_relation(each.row)) for each in rows]
        naming = await Naming.read(errand, run, [row for _, row in of_relations])
        memory = errand.unit.import_memory
        at_hand = await FamiliesAtHand.read(
            errand.unit,
            naming.client_ids,
            foreseen=naming.foreseen,
            person_ids=frozenset(naming.people.values()),
        )
        naming.keyed |= set((await memory.people_keyed(run.id, [*map(_keyed, at_hand.people)])).values())
        desk = RelationDesk(
            errand=errand,
            run=run,
            at_hand=at_hand,
            naming=naming,
            stated=set(await memory.stated_of(run.id, naming.client_ids)),
        )
        if run.is_dry_run:
            traces = traces_in((row for _, row in of_relations), naming, region=errand.region)
            desk.traces |= set(await memory.people_keyed(run.id, traces))
        deciding = RelationDeciding(desk)
        return Decided(
            decisions=tuple([await _decided(deciding, number, row) for number, row in of_relations])
        )

    async def carry_out(self, errand: Errand, run: Run, decided: Decided) -> None:
        """Write relations, people and history, and note what later rows need to know."""
        fates = [each.fate for each in decided.decisions if isinstance(each, RelationDecision)]
        memory = errand.unit.import_memory
        if run.is_dry_run:
            # It adds nobody whom a later row could mean by a key, and yet has to know them again.
            traces = {trace: FORESEEN for each in fates for trace in each.traces}
            await memory.remember_people(run.id, traces)
        else:
            await carry_out(errand, [each.deed for each in fates if each.deed])
            people = dict(each.person for each in fates if each.person)
            await memory.remember_people(
                run.id, {**people, **{_keyed(person_id): person_id for person_id in people.values()}}
            )
        await memory.remember_places(run.id, [place for each in fates for place in each.stated])

    async def conclude(self, errand: Errand, run: Run) -> bool:
        """Have the emergency contacts of some clients called in the order that the files state."""
        return await put_in_order(errand, run)


def _of_relation(row: Row) -> RelationRow:
    if not isinstance(row, RelationRow):
        raise TypeError("a row of a client is not for here")
    return row


async def _decided(deciding: RelationDeciding, number: int, row: RelationRow) -> RelationDecision | Rejection:
    try:
        fate = await deciding.decide(row)
    except InvalidInput as refused:
        return Rejection(
            number=number, errors=tuple(_with_name(error, row) for error in errors_of(row, refused))
        )
    return RelationDecision(number=number, outcome=fate.outcome, fate=fate)


def _with_name(error: RowError, row: RelationRow) -> RowError:
    """Return an error with what the row calls the client whom it is about."""
    if error.column == Field.CLIENT:
        return replace(error, value=row.client_own_id or ", ".join(row.client_references[:1]))
    if error.column == Field.RELATION:
        return replace(error, value=row.other_own_id or ", ".join(row.other_references[:1]))
    return error


def _keyed(person_id: PersonId) -> str:
    """Return the name under which it is noted that some key means a person."""
    return f"keyed {person_id}"
