"""Every service asks whether whoever acts may do it, before it looks at anything (P7)."""

from dataclasses import replace

import pytest

from bot.domain.client import ClientDetails
from bot.domain.errors import NotPermitted
from bot.domain.ids import ClientId
from bot.domain.staff_role import NO_RIGHT, RIGHTS_OF_ROLE, Right, StaffRole, rights_of
from tests.services.practice import Practice


def test_roles_add_up() -> None:
    both = rights_of((StaffRole.EDITOR, StaffRole.ADMIN))
    assert both == RIGHTS_OF_ROLE[StaffRole.EDITOR] | RIGHTS_OF_ROLE[StaffRole.ADMIN]
    assert rights_of(()) == NO_RIGHT
    assert {right for rights in RIGHTS_OF_ROLE.values() for right in rights} == set(Right)


def test_an_admin_sees_no_client_for_that() -> None:
    assert Right.SEE_CLIENTS not in RIGHTS_OF_ROLE[StaffRole.ADMIN]


async def test_a_viewer_sees_and_changes_nothing(practice: Practice) -> None:
    ana, ben = await practice.pair()
    before = await practice.history(ana)
    viewer = replace(practice.sam, rights=rights_of((StaffRole.VIEWER,)))
    assert (await practice.relationships.family(viewer, ana.id)).client == ana
    with pytest.raises(NotPermitted) as refused:
        await practice.clients.edit(viewer, ana.id, ClientDetails(first_name="Eve"), expected_version=1)
    assert refused.value.right is Right.CHANGE_CLIENTS
    with pytest.raises(NotPermitted):
        await practice.relationships.removal_preview(viewer, client_id=ana.id, relation_id=ben.id)  # type: ignore[arg-type]  # it gets no farther
    assert await practice.history(ana) == before


async def test_without_a_role_not_even_whether_somebody_is_there_is_told(practice: Practice) -> None:
    ana, _ = await practice.pair()
    nobody = replace(practice.sam, rights=NO_RIGHT)
    for client_id in (ana.id, ClientId("nobody")):
        with pytest.raises(NotPermitted):
            await practice.clients.get(nobody, client_id)
    with pytest.raises(NotPermitted):
        await practice.clients.find(nobody, "ana")
