"""Who receives a notice: reason by reason, and a thousand random families against the rule stated again."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.family import ContactPerson, Family
from bot.domain.ids import ClientId, ContactId, PersonId, RestrictionId, StaffId
from bot.domain.must_not_receive import Barred, MustNotReceive, RestrictionClass, Restrictions
from bot.domain.notice import NoticeCategory
from bot.domain.person import Person, PersonDetails
from bot.domain.recipients import RECEIVING, Reason, RecipientKind, decide
from bot.domain.relationship import Contact, Side
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, Sharing
from tests.domain.random_notices import LABEL, NOW, TODAY, RandomFamilies, inboxes_that_receive

FAMILIES = 1000
ANA = Client(id=ClientId("ana"), details=ClientDetails(first_name="Ana", email="ana@example.com"))
SHARING = Sharing(
    categories=EVERY_CATEGORY,
    basis=Basis.CLIENT_AGREED_VERBALLY,
    expires_on=None,
    recorded_by=StaffId("U1"),
    recorded_at=NOW,
)
NOBODY_BARRED = Restrictions(day=TODAY)
REMINDER = NoticeCategory.APPOINTMENTS


def contact(sharing: Sharing | None = SHARING, email: str | None = "rosa@example.org") -> ContactPerson:
    person = Person(id=PersonId("rosa"), details=PersonDetails(first_name="Rosa", email=email))
    side = Side(client_id=ANA.id, label=LABEL, sharing=sharing)
    made = Contact(id=ContactId("contact"), person_id=person.id, side=side, active_from=NOW)
    return ContactPerson(contact=made, side=side, person=person)


def family(member: ContactPerson, client: Client = ANA) -> Family:
    return Family(client=client, contacts=(member,))


def reasons(
    shown: Family,
    category: NoticeCategory = REMINDER,
    *,
    restrictions: Restrictions = NOBODY_BARRED,
    paused: frozenset[str] = frozenset(),
) -> list[Reason]:
    verdicts = decide(shown, category=category, today=TODAY, restrictions=restrictions, paused=paused)
    return [verdict.reason for verdict in verdicts]


def entry(barred: Barred, present: tuple[str, ...] = ()) -> Restrictions:
    made = MustNotReceive(
        id=RestrictionId("entry"),
        client_id=ANA.id,
        barred=barred,
        why=RestrictionClass.SAFETY,
        recorded_by=StaffId("U1"),
        recorded_by_name="Ana",
        recorded_at=NOW,
        present_addresses=present,
    )
    return Restrictions(entries=(made,), day=TODAY)


def test_the_client_and_who_is_shared_with_receive() -> None:
    own, copied = decide(family(contact()), category=REMINDER, today=TODAY, restrictions=NOBODY_BARRED)
    assert (own.kind, own.reason, own.address, own.basis) == (
        RecipientKind.CLIENT,
        Reason.OWN_MAIL,
        "ana@example.com",
        None,
    )
    assert (copied.kind, copied.reason, copied.address) == (
        RecipientKind.CONTACT,
        Reason.SHARED,
        "rosa@example.org",
    )
    assert copied.basis is Basis.CLIENT_AGREED_VERBALLY
    assert own.receives
    assert copied.receives


@pytest.mark.parametrize(
    ("sharing", "reason"),
    [
        (None, Reason.SHARING_OFF),
        (replace(SHARING, categories=frozenset({Category.PAYMENTS})), Reason.CATEGORY_NOT_SHARED),
        (replace(SHARING, expires_on=TODAY), Reason.BASIS_EXPIRED),
        (replace(SHARING, expires_on=TODAY + timedelta(days=1)), Reason.SHARED),
    ],
)
def test_what_is_shared_decides(sharing: Sharing | None, reason: Reason) -> None:
    assert reasons(family(contact(sharing))) == [Reason.OWN_MAIL, reason]


def test_account_mail_goes_to_the_client_alone_even_if_they_want_none() -> None:
    unwilling = replace(ANA, mail_opt_out=True)
    assert reasons(family(contact(), unwilling), NoticeCategory.ACCOUNT) == [
        Reason.OWN_MAIL,
        Reason.ACCOUNT_MAIL,
    ]
    assert reasons(family(contact()), NoticeCategory.UNKNOWN) == [Reason.OWN_MAIL, Reason.UNKNOWN_CATEGORY]


def test_without_the_client_those_who_share_still_receive() -> None:
    unwilling, silent = replace(ANA, mail_opt_out=True), replace(ANA, details=ClientDetails(first_name="Ana"))
    assert reasons(family(contact(), unwilling)) == [Reason.OPTED_OUT, Reason.SHARED]
    assert reasons(family(contact(), silent)) == [Reason.NO_ADDRESS, Reason.SHARED]
    assert reasons(family(contact()), paused=frozenset({"ana@example.com"})) == [
        Reason.NO_WORKING_ADDRESS,
        Reason.SHARED,
    ]


def test_the_dead_receive_nothing_and_nothing_of_theirs_is_shared() -> None:
    dead = replace(ANA, details=replace(ANA.details, status=ClientStatus.DECEASED))
    assert reasons(family(contact(), dead)) == [Reason.DECEASED, Reason.CLIENT_DECEASED]


def test_an_archived_client_keeps_what_was_agreed_on() -> None:
    archived = replace(ANA, details=replace(ANA.details, status=ClientStatus.ARCHIVED))
    assert reasons(family(contact(), archived)) == [Reason.OWN_MAIL, Reason.SHARED]


def test_one_inbox_gets_one_mail() -> None:
    verdicts = decide(
        family(contact(email="ANA@example.com")), category=REMINDER, today=TODAY, restrictions=NOBODY_BARRED
    )
    assert [verdict.reason for verdict in verdicts] == [Reason.OWN_MAIL, Reason.SAME_INBOX]
    assert verdicts[1].same_inbox_as == "Ana"
    # A dot makes another inbox at most providers: nobody's mail is lost over it.
    assert reasons(family(contact(email="a.na@example.com"))) == [Reason.OWN_MAIL, Reason.SHARED]


@pytest.mark.parametrize(
    "restrictions",
    [
        entry(Barred(person_id=PersonId("rosa"))),
        entry(Barred(address="r.o.s.a+mail@EXAMPLE.org")),
        entry(Barred(person_id=PersonId("somebody")), present=("rosa@example.org",)),
    ],
)
def test_who_must_not_receive_does_not_whatever_is_shared(restrictions: Restrictions) -> None:
    assert reasons(family(contact()), restrictions=restrictions) == [Reason.OWN_MAIL, Reason.MUST_NOT_RECEIVE]


def test_a_thousand_random_families_receive_what_the_rule_says() -> None:
    seen: Counter[Reason] = Counter()
    for seed in range(FAMILIES):
        made = RandomFamilies(seed)
        shown, category = made.family(), made.category()
        restrictions, paused = made.restrictions(shown), made.paused()
        verdicts = decide(shown, category=category, today=TODAY, restrictions=restrictions, paused=paused)
        seen.update(verdict.reason for verdict in verdicts)
        receiving = [verdict.inbox for verdict in verdicts if verdict.receives]
        assert len(receiving) == len(set(receiving)), seed
        assert set(receiving) == inboxes_that_receive(shown, category, restrictions, paused), seed
        assert [verdict.key for verdict in verdicts] == ["", *(each.relation.id for each in shown.members)]
    only_when_sending = {Reason.SAME_EVENT, Reason.UNLINKED, Reason.ADDRESS_CHANGED}
    assert set(seen) == set(Reason) - only_when_sending
    assert len(RECEIVING) == 2
