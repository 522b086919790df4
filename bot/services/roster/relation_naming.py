"""Whom a batch of rows names: clients by own id or reference, contact persons by the keys of the files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.client import Client, ClientDetails, own_id_equality
from bot.domain.ids import ClientId, PersonId
from bot.services.errand import Errand
from bot.services.ports import RowKind
from bot.services.roster.documents import row_from
from bot.services.roster.rows import ClientRow, RelationRow
from bot.services.roster.taking import Run


@dataclass(slots=True)
class Naming:
    """What the names in a batch of rows mean.

    `foreseen` are clients whom a dry run would add; `unseen` are those of them of whom only the id is known.
    `people` grows as rows give keys to people; `keyed` are those whom any key of the import means.
    """

    own_ids: Mapping[str, ClientId]
    references: Mapping[str, ClientId]
    people: dict[str, PersonId]
    keyed: set[PersonId] = field(default_factory=set)
    foreseen: dict[ClientId, Client] = field(default_factory=dict)
    unseen: frozenset[ClientId] = frozenset()

    @classmethod
    async def read(cls, errand: Errand, run: Run, rows: Sequence[RelationRow]) -> "Naming":
        """Look up every name in the rows, each once."""
        own_ids = {own_id_equality(each) for row in rows for each in (row.client_own_id, row.other_own_id)}
        references = {each for row in rows for each in (*row.client_references, *row.other_references)}
        keys = {row.person_key for row in rows if row.person_key}
        unit = errand.unit
        known = await unit.clients.with_own_ids(own_ids)
        naming = cls(
            own_ids={key: client.id for key, client in known.items()},
            references=await unit.import_memory.clients_named(run.id, references),
            people=await unit.import_memory.people_keyed(run.id, keys),
        )
        if run.is_dry_run:
            await naming._foresee(errand, run, own_ids - {"", *known})
        return naming

    def client(self, own_id: str, references: Iterable[str]) -> ClientId | None:
        """Return the client meant: by own id, or by the first reference that means anybody."""
        by_own_id = self.own_ids.get(own_id_equality(own_id))
        if by_own_id is not None:
            return by_own_id
        return next((self.references[each] for each in references if each in self.references), None)

    @property
    def client_ids(self) -> frozenset[ClientId]:
        """Every client meant by anything."""
        return frozenset((*self.own_ids.values(), *self.references.values()))

    async def _foresee(self, errand: Errand, run: Run, own_keys: set[str]) -> None:
        """Add the clients who are staged and would be there by now, had this been no dry run."""
        own_ids = dict(self.own_ids)
        for staged in await errand.unit.imports.staged_like(run.id, own_keys=own_keys):
            row = row_from(RowKind.CLIENT, staged.document)
            if isinstance(row, ClientRow) and staged.own_key not in own_ids:
                client_id = ClientId(f"foreseen {staged.own_key}")
                own_ids[staged.own_key] = client_id
                self.foreseen[client_id] = Client(id=client_id, details=row.details)
        self.own_ids = own_ids
        stored = await errand.unit.families.clients(self.client_ids)
        self.unseen = self.client_ids - set(stored) - set(self.foreseen)
        self.foreseen.update((each, Client(id=each, details=ClientDetails())) for each in self.unseen)
