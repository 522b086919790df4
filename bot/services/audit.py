"""Recording what is no change to a client: looks, refusals, exports, settings (R52, P13).

The changes themselves are recorded where they are made, in the same transaction (see `errand`), and decisions
about mail where they are taken (see `mail_decisions`).
"""

from collections.abc import Mapping, Sequence

from bot.domain.history import LOOKS, Act, HistoryEntry, JsonValue
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Actor
from bot.services.ports import Clock, LaterEntries, Storage, UnitOfWork

MOST_LETTERS = 100
"""Of what was tried or why it was refused: fixed words of the program are shorter, anything else is cut."""

UNKNOWN = StaffId("unknown")
"""Who acts where nobody can tell."""

Said = Mapping[str, JsonValue]


class Audit:
    """One method for each kind of thing."""

    def __init__(self, *, storage: Storage, clock: Clock, later: LaterEntries) -> None:
        self._storage = storage
        self._clock = clock
        self._later = later

    def looked(self, actor: Actor, act: Act, client_id: ClientId | None) -> None:
        """Record that somebody has seen contact details or the history of a client; nobody waits for it.

        Args:
            actor: who looked.
            act: at what, one of `LOOKS`.
            client_id: whose; None for the record of the whole workspace.
        """
        if act not in LOOKS:
            raise ValueError("that is no look")
        about = () if client_id is None else (client_id,)
        entry = self._entry(actor, act, subject_id=client_id or "trail", client_ids=about)
        self._later.add(actor.workspace_id, entry)

    def refused(self, actor: Actor, tried: str, *, why: str, client_id: ClientId | None = None) -> None:
        """Record that somebody tried what they may not do; nobody waits for it.

        Args:
            actor: who tried, as far as that is known; the name may be empty.
            tried: what, in the program's own words: a command, an action, a route.
            why: the key of the error.
            client_id: whom it was about; one who is not in the workspace is left out of the entry.
        """
        entry = self._entry(
            actor,
            Act.ACCESS_REFUSED,
            subject_id=tried[:MOST_LETTERS],
            client_ids=(client_id,) if client_id is not None else (),
            after={"why": why[:MOST_LETTERS]},
        )
        self._later.add(actor.workspace_id, entry)

    async def exported(
        self, actor: Actor, what: str, *, asked: Said, client_ids: Sequence[ClientId] = ()
    ) -> None:
        """Record an export; it is written when this returns, and only then may anything leave.

        Args:
            actor: who exports.
            what: what kind of data, in the program's own words: "trail", "roster", "fhir".
            asked: which of it: filters, format.
            client_ids: whose, where it is of one client or two.
        """
        entry = self._entry(actor, Act.DATA_EXPORTED, subject_id=what, client_ids=client_ids, after=asked)
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.history.append(entry)

    async def settings_changed(
        self, unit: UnitOfWork, actor: Actor, setting: str, *, before: Said | None, after: Said | None
    ) -> HistoryEntry:
        """Record a change of the settings, roles included, in the unit that makes it."""
        entry = self._entry(
            actor, Act.SETTINGS_CHANGED, subject_id=setting, client_ids=(), before=before, after=after
        )
        return await unit.history.append(entry)

    async def drain(self) -> None:
        """Write what waits: at the end of the program, and before anybody reads the record."""
        await self._later.drain()

    def _entry(
        self,
        actor: Actor,
        act: Act,
        *,
        subject_id: str,
        client_ids: Sequence[ClientId],
        before: Said | None = None,
        after: Said | None = None,
    ) -> HistoryEntry:
        return entry_by(
            actor,
            act,
            at_clock=self._clock,
            subject_id=subject_id,
            client_ids=client_ids,
            before=before,
            after=after,
        )


def entry_by(
    actor: Actor,
    act: Act,
    *,
    at_clock: Clock,
    subject_id: str,
    client_ids: Sequence[ClientId] = (),
    person_id: PersonId | None = None,
    before: Said | None = None,
    after: Said | None = None,
) -> HistoryEntry:
    """Return the entry of what somebody does now."""
    return HistoryEntry(
        at=at_clock.now(),
        by=actor.staff_id,
        by_name=actor.name,
        surface=actor.surface,
        act=act,
        subject_id=subject_id,
        client_ids=tuple(client_ids),
        person_id=person_id,
        before=before,
        after=after,
    )
