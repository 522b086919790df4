from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Field
from bot.domain.ids import ContactId, RelationId
from bot.domain.roles import Role, RoleHeld
from bot.services.findings import Findings
from bot.services.role_rules import check_roles, place, without

ids = st.sampled_from([ContactId(f"k{number}") for number in range(8)])
orders = st.lists(ids, unique=True, max_size=8)


def test_roles_are_kept_once_in_the_order_of_the_list_with_tidied_documents() -> None:
    findings = Findings()
    roles = (
        RoleHeld(role=Role.PAYER),
        RoleHeld(role=Role.LEGAL_GUARDIAN, document="  Court   order 12 ", valid_from=date(2026, 1, 1)),
        RoleHeld(role=Role.PAYER),
    )
    assert check_roles(roles, findings) == (
        RoleHeld(role=Role.LEGAL_GUARDIAN, document="Court order 12", valid_from=date(2026, 1, 1)),
        RoleHeld(role=Role.PAYER),
    )
    assert findings.problems == ()


@pytest.mark.parametrize(("length", "found"), [(120, []), (121, ["document.too_long"])])
def test_a_document_reference_has_a_length(length: int, found: list[str]) -> None:
    findings = Findings()
    check_roles([RoleHeld(role=Role.LEGAL_GUARDIAN, document="x" * length)], findings)
    assert [problem.key for problem in findings.problems] == found


@given(order=orders, relation_id=ids, wanted=st.integers(min_value=-1, max_value=10))
def test_r33_an_emergency_contact_is_placed_where_asked_and_the_others_keep_their_order(
    order: list[RelationId], relation_id: RelationId, wanted: int
) -> None:
    findings = Findings()
    placed = place(relation_id, order, position=wanted, findings=findings)
    others = [one for one in order if one != relation_id]
    if 1 <= wanted <= len(others) + 1:
        assert placed.index(relation_id) == wanted - 1
        assert [one for one in placed if one != relation_id] == others
        assert findings.problems == ()
    else:
        (problem,) = findings.problems
        assert (problem.field, problem.key) == (Field.POSITION, "position.out_of_range")
        assert problem.values == {"max": len(others) + 1}


@given(order=orders, relation_id=ids)
def test_r33_without_a_position_one_keeps_the_place_or_is_the_last(
    order: list[RelationId], relation_id: RelationId
) -> None:
    placed = place(relation_id, order, position=None, findings=Findings())
    assert placed == (tuple(order) if relation_id in order else (*order, relation_id))
    assert without(relation_id, placed) == tuple(one for one in order if one != relation_id)
