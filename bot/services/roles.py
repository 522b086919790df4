"""Roles of a related person, and whom to call first in an emergency (R30-R34)."""

from dataclasses import replace

from bot.domain.errors import Field
from bot.domain.history import Act
from bot.domain.ids import ClientId, RelationId
from bot.domain.roles import RoleHeld
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.errand import Errand
from bot.services.family_desk import Change, FamilyDesk
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome
from bot.services.rights import needs
from bot.services.role_rules import check_roles, place, without


class KeepingRoles(FamilyDesk):
    """Roles stand on one side of a relation and are never inferred (R4, R34)."""

    @needs(Right.CHANGE_CLIENTS)
    async def change_roles(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        relation_id: RelationId,
        roles: tuple[RoleHeld, ...],
        emergency: bool,
        position: int | None = None,
        expected_version: int | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """Set which roles a linked client or contact has for this client (R32).

        Args:
            actor: who changes.
            client_id: for whom the person has the roles.
            relation_id: the link or contact.
            roles: all of them; a role that is not named ends.
            emergency: whether they are to be called in an emergency.
            position: 1 to be called first, up to the number of emergency contacts with this one; None
                keeps the place or, for a new one, is the last. Of no effect without `emergency`.
            expected_version: of the relation, when the form was opened; None saves over whatever is there.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such relation on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
            ChangedMeanwhile: somebody changed it after the form was opened.
            InvalidInput: a new emergency contact has no phone (R31), or something else under a field.
        """

        async def decide(errand: Errand, held: Held) -> Change:
            await refuse_if_changed(errand.unit, held.relation, expected_version)
            findings = Findings()
            checked = check_roles(roles, findings)
            order = await errand.unit.relations.emergency_order(client_id)
            if not emergency:
                order = without(relation_id, order)
            else:
                if relation_id not in order and not held.related.phones:
                    findings.add(Field.PHONE, "emergency.needs_phone", name=held.name)
                order = place(relation_id, order, position=position, findings=findings)
            findings.refuse_if_any()
            side = replace(held.side, roles=checked)
            return Change(relation=held.relation.with_side(side), orders={client_id: order})

        account = (client_id, relation_id)
        return await self._change(
            actor, Act.ROLES_CHANGED, account=account, submission=submission, decide=decide
        )
