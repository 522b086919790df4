"""Checking roles and placing emergency contacts (R30, R31, R33, R34)."""

import dataclasses
from collections.abc import Iterable, Sequence

from bot.domain.errors import Field
from bot.domain.folding import tidy
from bot.domain.ids import RelationId
from bot.domain.roles import MAX_DOCUMENT_LENGTH, Role, RoleHeld
from bot.services.findings import Findings


def check_roles(roles: Iterable[RoleHeld], findings: Findings) -> tuple[RoleHeld, ...]:
    """Return the roles with their documents tidied, in the order of the list of roles, each once."""
    held: dict[Role, RoleHeld] = {}
    for role in roles:
        checked = dataclasses.replace(role, document=tidy(role.document))
        if len(checked.document) > MAX_DOCUMENT_LENGTH:
            findings.add(Field.DOCUMENT, "document.too_long", max=MAX_DOCUMENT_LENGTH)
        held.setdefault(checked.role, checked)
    return tuple(held[role] for role in Role if role in held)


def place(
    relation_id: RelationId,
    order: Sequence[RelationId],
    *,
    position: int | None,
    findings: Findings,
) -> tuple[RelationId, ...]:
    """Return the emergency order with a relation at `position`, 1 the first to call, without gaps (R33).

    Args:
        relation_id: the relation that is an emergency contact from now on.
        order: the client's order so far, with or without it.
        position: where it goes; None leaves it where it is, or puts it last.
        findings: takes the note when there is no such position.
    """
    if position is None:
        return tuple(order) if relation_id in order else (*order, relation_id)
    others = [one for one in order if one != relation_id]
    if not 1 <= position <= len(others) + 1:
        findings.add(Field.POSITION, "position.out_of_range", max=len(others) + 1)
        return tuple(order)
    return (*others[: position - 1], relation_id, *others[position - 1 :])


def without(relation_id: RelationId, order: Sequence[RelationId]) -> tuple[RelationId, ...]:
    """Return the emergency order with a relation taken out and the others moved up (R33)."""
    return tuple(one for one in order if one != relation_id)
