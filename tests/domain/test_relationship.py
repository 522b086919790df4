from datetime import UTC, date, datetime

import pytest

from bot.domain.client import Client, ClientDetails
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import Kinship, Label
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact, Link, RelationKind, Removal, Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, Sharing, likely_bases

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA, BEN = ClientId("c1"), ClientId("c2")


def side(of: ClientId, kinship: Kinship = Kinship.SIBLING, position: int | None = None) -> Side:
    return Side(client_id=of, label=Label(kinship=kinship), emergency_position=position)


def link(position: int | None = None) -> Link:
    return Link(
        id=LinkId("l1"),
        low=side(ANA, Kinship.CHILD, position),
        high=side(BEN, Kinship.PARENT),
        added_from=BEN,
        active_from=NOW,
    )


def contact(position: int | None = None) -> Contact:
    return Contact(
        id=ContactId("k1"), person_id=PersonId("p1"), side=side(ANA, position=position), active_from=NOW
    )


def test_r3_a_link_is_one_pair_with_two_sides() -> None:
    one = link()
    assert one.client_ids == (ANA, BEN)
    assert one.side_of(ANA).label.kinship is Kinship.CHILD
    assert one.side_of(BEN).label.kinship is Kinship.PARENT
    assert one.other_than(ANA) == BEN
    assert one.other_than(BEN) == ANA
    with pytest.raises(KeyError):
        one.side_of(ClientId("c3"))


def test_r11_a_link_joins_two_clients_in_one_order_only() -> None:
    for low, high in ((ANA, ANA), (BEN, ANA)):
        with pytest.raises(ValueError, match="two clients"):
            Link(id=LinkId("l"), low=side(low), high=side(high), added_from=low, active_from=NOW)


def test_r4_a_side_is_changed_without_touching_the_other() -> None:
    changed = link().with_side(side(BEN, Kinship.GRANDPARENT))
    assert changed.high.label.kinship is Kinship.GRANDPARENT
    assert changed.low == link().low
    assert link().with_side(side(ANA)).high == link().high
    with pytest.raises(KeyError):
        link().with_side(side(ClientId("c3")))


def test_r4_the_side_of_a_contact_stays_its_clients() -> None:
    assert contact().with_side(side(ANA, Kinship.FRIEND)).side.label.kinship is Kinship.FRIEND
    with pytest.raises(KeyError):
        contact().with_side(side(BEN))
    with pytest.raises(KeyError):
        contact().side_of(BEN)


def test_r5_a_removed_relation_is_kept_and_no_longer_active() -> None:
    removal = Removal(at=NOW, by=StaffId("U1"), by_name="Dana")
    ended = Contact(
        id=ContactId("k1"), person_id=PersonId("p1"), side=side(ANA), active_from=NOW, removal=removal
    )
    assert contact().is_active
    assert not ended.is_active


def test_r1_links_and_contacts_are_one_list_with_one_emergency_order() -> None:
    ben = Client(
        id=BEN, details=ClientDetails(first_name="Ben", email="A@example.com", phones=(Phone(number="112"),))
    )
    rosa = Person(id=PersonId("p1"), details=PersonDetails(first_name="Rosa", email="rosa@example.org"))
    ana = Client(id=ANA, details=ClientDetails(first_name="Ana", email="a@example.com"))
    linked = LinkedClient(link=link(2), side=link(2).low, reverse=link().high, client=ben)
    kept = ContactPerson(contact=contact(1), side=contact(1).side, person=rosa)
    family = Family(client=ana, linked_clients=(linked,), contacts=(kept,))
    assert family.members == (linked, kept)
    assert family.emergency_contacts == (kept, linked)
    assert family.same_login == (linked,)
    assert [member.relation.kind for member in family.members] == list(RelationKind)
    assert [member.name for member in family.members] == ["Ben", "Rosa"]
    assert [member.email for member in family.members] == ["A@example.com", "rosa@example.org"]
    assert [len(member.phones) for member in family.members] == [1, 0]
    assert family.member("k1") is kept
    assert family.member("k2") is None


def test_r30_only_guardians_and_proxies_carry_a_document() -> None:
    held = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Court order 12", valid_until=date(2027, 1, 1))
    assert held.document == "Court order 12"
    with pytest.raises(ValueError, match="document"):
        RoleHeld(role=Role.PAYER, document="invoice")
    with pytest.raises(ValueError, match="before it begins"):
        RoleHeld(role=Role.HEALTHCARE_PROXY, valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1))


def test_r34_one_role_says_nothing_of_another() -> None:
    guardian = Side(
        client_id=ANA,
        label=Label(kinship=Kinship.GRANDPARENT),
        roles=(RoleHeld(role=Role.LEGAL_GUARDIAN),),
    )
    assert guardian.holds(Role.LEGAL_GUARDIAN)
    assert not guardian.is_emergency_contact
    assert not any(guardian.holds(role) for role in Role if role is not Role.LEGAL_GUARDIAN)


def test_r29_superbills_are_known_to_carry_codes() -> None:
    def sharing(*categories: Category) -> Sharing:
        return Sharing(
            categories=frozenset(categories),
            basis=Basis.CLIENT_AGREED_VERBALLY,
            expires_on=None,
            recorded_by=StaffId("U1"),
            recorded_at=NOW,
        )

    assert sharing(*EVERY_CATEGORY).is_everything
    assert sharing(*EVERY_CATEGORY).carries_codes()
    assert not sharing(Category.PAYMENTS).is_everything
    assert not sharing(Category.PAYMENTS).carries_codes()
    assert sharing(Category.PAYMENTS).choice.is_on


def test_r51_the_likely_basis_comes_first() -> None:
    assert likely_bases(client_is_minor=True)[0] is Basis.PARENT_OF_MINOR
    assert likely_bases(client_is_minor=False)[0] is Basis.CLIENT_AGREED_VERBALLY
    for minor in (True, False):
        assert sorted(likely_bases(client_is_minor=minor)) == sorted(Basis)
