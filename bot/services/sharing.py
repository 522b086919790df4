"""Switching the sharing of e-mails on and off, each direction on its own (R20, R27-R29, R51)."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.history import Act
from bot.domain.ids import ClientId, RelationId
from bot.domain.relationship import Link
from bot.domain.sharing import NOT_SHARED, SharingChoice
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.errand import Errand
from bot.services.family_desk import Change, FamilyDesk
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome
from bot.services.rights import needs
from bot.services.sharing_rules import Direction, bars, check_sharing, recorded_sharing, reverse_direction


class SharingMail(FamilyDesk):
    """What is switched on reaches future e-mails only, what is switched off stops at once (R28)."""

    @needs(Right.CHANGE_CLIENTS)
    async def share(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        relation_id: RelationId,
        sharing: SharingChoice,
        reverse_sharing: SharingChoice | None = None,
        expected_version: int | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """Set which of the client's e-mails also go to the related person, and perhaps the reverse.

        A direction that stays as it is keeps who recorded it and when.

        Args:
            actor: who decides.
            client_id: whose e-mails `sharing` is about.
            relation_id: the link or contact.
            sharing: all that is shared from now on; no category means off.
            reverse_sharing: the linked client's e-mails that also go to the client; None leaves that
                direction as it is, and of a contact there are none.
            expected_version: of the relation, when the form was opened; None saves over whatever is there.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such relation on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
            ChangedMeanwhile: somebody changed it after the form was opened.
            InvalidInput: no basis (R51), no address (R27), a deceased person, or another field.
        """

        async def decide(errand: Errand, held: Held) -> Change:
            relation = held.relation
            await refuse_if_changed(errand.unit, relation, expected_version)
            findings = Findings()
            ended = relation.has_ended(today=errand.today)
            there = Direction(
                sender=held.client,
                recipient=held.related,
                present=held.side.sharing,
                has_ended=ended,
                must_not_receive=await bars(errand.unit, held.client, held.related, today=errand.today),
            )
            check_sharing(sharing, there, today=errand.today, findings=findings)
            by = errand.actor.staff_id
            recorded = recorded_sharing(sharing, there.present, by=by, at=errand.at)
            relation = relation.with_side(replace(held.side, sharing=recorded))
            if (
                reverse_sharing is not None
                and isinstance(relation, Link)
                and isinstance(held.related, Client)
            ):
                far = relation.side_of(held.related.id)
                back = reverse_direction(
                    sender=held.related,
                    recipient=held.client,
                    present=far.sharing,
                    has_ended=ended,
                    must_not_receive=await bars(errand.unit, held.related, held.client, today=errand.today),
                )
                check_sharing(reverse_sharing, back, today=errand.today, findings=findings)
                recorded = recorded_sharing(reverse_sharing, far.sharing, by=by, at=errand.at)
                relation = relation.with_side(replace(far, sharing=recorded))
            findings.refuse_if_any()
            return Change(relation=relation)

        account = (client_id, relation_id)
        return await self._change(
            actor, Act.SHARING_CHANGED, account=account, submission=submission, decide=decide
        )

    @needs(Right.CHANGE_CLIENTS)
    async def stop_sharing(
        self, actor: Actor, *, client_id: ClientId, relation_id: RelationId, submission: str | None = None
    ) -> Outcome:
        """Switch both directions off; always possible.

        Raises:
            NotFound: there is no such relation on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
        """
        return await self.share(
            actor,
            client_id=client_id,
            relation_id=relation_id,
            sharing=NOT_SHARED,
            reverse_sharing=NOT_SHARED,
            submission=submission,
        )
