"""Who would receive a notice of a client, now: for the preview, for systems that send, for the sending."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.email import login_equality
from bot.domain.errors import NotFound
from bot.domain.family import Family
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.domain.must_not_receive import Restrictions
from bot.domain.notice import NoticeCategory, NoticeRequest
from bot.domain.recipients import Reason, RecipientKind, Verdict, decide
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import Audit
from bot.services.ports import Clock, Storage, UnitOfWork
from bot.services.rights import needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who receives a notice and who does not, as of one moment.

    `family` is the client's, or None of a mail of which nobody can say whose it is.
    """

    category: NoticeCategory
    family: Family | None
    verdicts: tuple[Verdict, ...]

    @property
    def receiving(self) -> tuple[Verdict, ...]:
        """Those who receive a mail."""
        return tuple(verdict for verdict in self.verdicts if verdict.receives)


class Recipients:
    """Answers "who would get this?"; the sending asks the same question again at its own moment (R21)."""

    def __init__(self, *, storage: Storage, clock: Clock, audit: Audit | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._audit = audit

    @needs(Right.SEE_CLIENTS)
    async def of(self, actor: Actor, client_id: ClientId, category: NoticeCategory) -> Decision:
        """Return a verdict for everybody on a client's account; it is on record as a look at them (R52).

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            decision = await decision_about(unit, client_id, category, today=self._clock.today())
        if self._audit is not None:
            self._audit.looked(actor, Act.RECIPIENTS_SEEN, client_id)
        return decision


async def decision_about(
    unit: UnitOfWork, client_id: ClientId, category: NoticeCategory, *, today: date
) -> Decision:
    """Return a verdict for everybody on a client's account, as of this unit.

    Raises:
        NotFound: there is no such client in this workspace.
    """
    family = await unit.relations.family(client_id)
    if family is None:
        raise NotFound
    return _decided(family, category, await restrictions_of(unit, client_id, today=today))


async def decision_of(unit: UnitOfWork, request: NoticeRequest, *, today: date) -> Decision:
    """Return who receives what somebody asks to be sent.

    Raises:
        NotFound: there is no such client in this workspace.
    """
    if request.client_id is not None:
        return await decision_about(unit, request.client_id, request.category, today=today)
    return _to_address(request, paused=await unit.address_pauses.among((request.addressed_to,)))


async def decisions_of(
    unit: UnitOfWork, requests: Sequence[NoticeRequest], *, today: date
) -> tuple[Decision, ...]:
    """Return who receives what is asked to be sent, of each in turn: `decision_of` of many in few statements.

    Raises:
        NotFound: there is no client of one of them in this workspace.
    """
    client_ids = {request.client_id for request in requests if request.client_id is not None}
    families = await unit.families.of(client_ids) if client_ids else {}
    if families.keys() < client_ids:
        raise NotFound
    entries = await unit.restrictions.of_several(client_ids) if client_ids else ()
    paused = await unit.address_pauses.among(
        [each.addressed_to for each in requests if each.client_id is None]
    )
    return tuple(
        _to_address(request, paused=paused)
        if request.client_id is None
        else _decided(
            families[request.client_id],
            request.category,
            Restrictions(
                entries=tuple(entry for entry in entries if entry.client_id == request.client_id), day=today
            ),
        )
        for request in requests
    )


def _decided(family: Family, category: NoticeCategory, restrictions: Restrictions) -> Decision:
    verdicts = decide(
        family, category=category, today=restrictions.day, restrictions=restrictions, paused=family.paused
    )
    return Decision(category=category, family=family, verdicts=verdicts)


def _to_address(request: NoticeRequest, *, paused: Collection[str]) -> Decision:
    """Decide about a mail of which nobody can say whose it is: it goes on to where it was addressed."""
    stopped = login_equality(request.addressed_to) in paused
    verdict = Verdict(
        kind=RecipientKind.CLIENT,
        reason=Reason.NO_WORKING_ADDRESS if stopped else Reason.OWN_MAIL,
        name="",
        address=request.addressed_to,
    )
    return Decision(category=request.category, family=None, verdicts=(verdict,))


async def restrictions_of(unit: UnitOfWork, client_id: ClientId, *, today: date) -> Restrictions:
    """Return who must not receive a client's mail, as of a day (R50)."""
    return Restrictions(entries=await unit.restrictions.of_client(client_id), day=today)
