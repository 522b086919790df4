"""Random sequences of acts on one family by several staff, from both sides."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from bot.domain.client import ClientDetails
from bot.domain.history import UNDOABLE, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, NOT_SHARED, Basis, SharingChoice
from bot.services.admission import Answers
from bot.services.conversion import BecomingWords
from tests.services.family_under_test import FamilyUnderTest
from tests.services.random_choices import (
    PHONES,
    addresses,
    choices,
    details,
    endings,
    held_roles,
    mostly_off,
    numbers,
    people,
    relationships,
    seldom,
)
from tests.services.undo_rules import check_undo

MOST_CLIENTS = 5
WORDS = BecomingWords(reason="Became a client", inverse_words="pupil", inverse_words_elsewhere="kin")


class FamilyMachine(FamilyUnderTest):
    """What staff do."""

    @initialize()
    def open_practice(self) -> None:
        for first_name, email in (("Ana", "one@example.com"), ("Ben", "two@example.org"), ("Cleo", None)):
            self.add_client(ClientDetails(first_name=first_name, email=email, phones=PHONES))
        self.link(0, 1, RelationshipChoice(kinship=Kinship.PARENT), NOT_SHARED, NOT_SHARED)
        rosa = PersonDetails(first_name="Rosa", email="rosa@example.org", phones=PHONES)
        self.add_contact(0, rosa, (), NOT_SHARED, emergency=True)

    @precondition(lambda self: len(self.clients) < MOST_CLIENTS)
    @rule(made=details)
    def add_client(self, made: ClientDetails) -> None:
        self.act(lambda key: self.practice.clients.add(self.practice.dana, made, submission=key))

    @rule(one=numbers, other=numbers, relationship=relationships, there=mostly_off, back=mostly_off)
    def link(
        self,
        one: int,
        other: int,
        relationship: RelationshipChoice,
        there: SharingChoice,
        back: SharingChoice,
    ) -> None:
        client_id, other_id = self.client(one), self.client(other)
        self.act(
            lambda key: self.practice.relationships.link(
                self.practice.dana,
                client_id=client_id,
                other_id=other_id,
                relationship=relationship,
                sharing=there,
                reverse_sharing=back,
                submission=key,
            )
        )

    @precondition(lambda self: len(self.clients) < MOST_CLIENTS)
    @rule(one=numbers, made=details, relationship=relationships, there=mostly_off, sure=st.booleans())
    def link_new_client(
        self,
        one: int,
        made: ClientDetails,
        relationship: RelationshipChoice,
        there: SharingChoice,
        *,
        sure: bool,
    ) -> None:
        client_id, known = self.client(one), frozenset(self.clients)
        self.act(
            lambda key: self.practice.relationships.link_new_client(
                self.practice.sam,
                client_id=client_id,
                details=made,
                relationship=relationship,
                sharing=there,
                despite=known if sure else frozenset(),
                address_confirmed=sure,
                submission=key,
            )
        )

    @rule(one=numbers, person=people, roles=held_roles, emergency=st.booleans(), there=mostly_off)
    def add_contact(
        self,
        one: int,
        person: PersonDetails,
        roles: tuple[RoleHeld, ...],
        there: SharingChoice,
        *,
        emergency: bool,
    ) -> None:
        client_id = self.client(one)
        self.act(
            lambda key: self.practice.relationships.add_contact(
                self.practice.sam,
                client_id=client_id,
                person=person,
                relationship=RelationshipChoice(kinship=Kinship.FRIEND),
                roles=roles,
                emergency=emergency,
                sharing=there,
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers, there=choices, back=st.one_of(st.none(), choices))
    def share(self, which: int, side: int, there: SharingChoice, back: SharingChoice | None) -> None:
        relation, client_id = self.chosen([*self.relations.values()], which, side)
        self.act(
            lambda key: self.practice.relationships.share(
                self.practice.dana,
                client_id=client_id,
                relation_id=relation.id,
                sharing=there,
                reverse_sharing=back,
                submission=key,
            )
        )
        if self.latest is None:
            return
        for side_after in self.relations[relation.id].sides:
            wanted = there if side_after.client_id == client_id else back
            shared = side_after.sharing.categories if side_after.sharing else frozenset()
            assert wanted is None or shared == wanted.categories

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers)
    def stop_sharing(self, which: int, side: int) -> None:
        relation, client_id = self.chosen([*self.relations.values()], which, side)
        self.act(
            lambda key: self.practice.relationships.stop_sharing(
                self.practice.sam, client_id=client_id, relation_id=relation.id, submission=key
            )
        )

    @precondition(lambda self: self.relations)
    @rule(
        which=numbers,
        side=numbers,
        roles=held_roles,
        emergency=st.sampled_from([True, True, False]),
        position=st.one_of(st.none(), st.integers(min_value=0, max_value=4)),
    )
    def change_roles(
        self,
        which: int,
        side: int,
        roles: tuple[RoleHeld, ...],
        position: int | None,
        *,
        emergency: bool,
    ) -> None:
        relation, client_id = self.chosen([*self.relations.values()], which, side)
        self.act(
            lambda key: self.practice.relationships.change_roles(
                self.practice.dana,
                client_id=client_id,
                relation_id=relation.id,
                roles=roles,
                emergency=emergency,
                position=position,
                submission=key,
            )
        )
        if self.latest is not None:
            place = self.relations[relation.id].side_of(client_id).emergency_position
            assert (place is not None) is emergency
            assert not emergency or position in (None, place)

    @precondition(lambda self: self.of_kind(Link))
    @rule(which=numbers, side=numbers, relationship=relationships, ends_on=endings, stale=seldom)
    def edit_link(
        self, which: int, side: int, relationship: RelationshipChoice, ends_on: date | None, stale: int
    ) -> None:
        link, client_id = self.chosen(self.of_kind(Link), which, side)
        self.act(
            lambda key: self.practice.relationships.edit_link(
                self.practice.sam,
                client_id=client_id,
                link_id=link.id,
                relationship=relationship,
                expected_version=link.version - stale,
                ends_on=ends_on,
                submission=key,
            )
        )

    @precondition(lambda self: self.of_kind(Contact))
    @rule(which=numbers, relationship=relationships, person=people, ends_on=endings, stale=seldom)
    def edit_contact(
        self,
        which: int,
        relationship: RelationshipChoice,
        person: PersonDetails,
        ends_on: date | None,
        stale: int,
    ) -> None:
        contact, client_id = self.chosen(self.of_kind(Contact), which, 0)
        known = self.run(self.person_of(contact))
        self.act(
            lambda key: self.practice.relationships.edit_contact(
                self.practice.sam,
                client_id=client_id,
                contact_id=contact.id,
                person=person,
                relationship=relationship,
                expected_version=contact.version - stale,
                person_version=known.version,
                ends_on=ends_on,
                submission=key,
            )
        )

    @rule(one=numbers, made=details, stale=seldom)
    def edit_client(self, one: int, made: ClientDetails, stale: int) -> None:
        client_id = self.client(one)
        client = self.run(self.practice.clients.get(self.practice.dana, client_id))
        self.act(
            lambda key: self.practice.clients.edit(
                self.practice.sam,
                client_id,
                made,
                expected_version=client.version - stale,
                address_confirmed=True,
                submission=key,
            )
        )

    @precondition(lambda self: self.of_kind(Contact))
    @rule(
        which=numbers,
        one=numbers,
        relationship=relationships,
        roles=held_roles,
        there=mostly_off,
        emergency=st.booleans(),
    )
    def use_known_person(
        self,
        which: int,
        one: int,
        relationship: RelationshipChoice,
        roles: tuple[RoleHeld, ...],
        there: SharingChoice,
        *,
        emergency: bool,
    ) -> None:
        active = [contact for contact in self.of_kind(Contact) if contact.is_active]
        if not active:
            return
        contact, client_id = active[which % len(active)], self.client(one)
        self.act(
            lambda key: self.practice.relationships.add_known_person(
                self.practice.dana,
                client_id=client_id,
                person_id=contact.person_id,
                relationship=relationship,
                roles=roles,
                emergency=emergency,
                sharing=there,
                submission=key,
            )
        )

    @precondition(lambda self: self.of_kind(Contact))
    @rule(
        which=numbers,
        other=numbers,
        made=details,
        is_known=st.sampled_from([False, False, True]),
        stale=seldom,
    )
    def make_client(self, which: int, other: int, made: ClientDetails, stale: int, *, is_known: bool) -> None:
        if len(self.clients) >= MOST_CLIENTS and not is_known:
            return
        contact, client_id = self.chosen(self.of_kind(Contact), which, 0)
        known = self.run(self.person_of(contact))
        became = self.client(other) if is_known else made
        self.act(
            lambda key: self.practice.relationships.make_client(
                self.practice.dana,
                client_id=client_id,
                contact_id=contact.id,
                became=became,
                words=BecomingWords(
                    reason="Became a client", inverse_words="pupil", inverse_words_elsewhere="kin"
                ),
                expected_version=contact.version - stale,
                person_version=known.version,
                answers=Answers(despite=frozenset(self.clients), address_confirmed=True),
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers)
    def remove(self, which: int, side: int) -> None:
        relation, client_id = self.chosen([*self.relations.values()], which, side)
        self.act(
            lambda key: self.practice.relationships.remove(
                self.practice.dana, client_id=client_id, relation_id=relation.id, submission=key
            )
        )

    @rule(minutes=st.sampled_from([1, 4, 11]))
    def let_time_pass(self, minutes: int) -> None:
        self.practice.clock.advance(timedelta(minutes=minutes))

    @rule(back=st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5]), side=numbers)
    def undo(self, back: int, side: int) -> None:
        undoable = [entry for entry in self.entries if entry.act in UNDOABLE]
        if not undoable:
            return
        self.put_back(undoable[max(0, len(undoable) - 1 - back)], side)

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers, email=addresses, unlinked=st.booleans(), moved=st.booleans())
    def undo_around_an_address(
        self, which: int, side: int, email: str | None, *, unlinked: bool, moved: bool
    ) -> None:
        relation, client_id = self.chosen([*self.relations.values()], which, side)
        agreed = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
        self.share(which, side, agreed, None)
        if self.latest is None:
            return
        end = self.remove if unlinked else self.stop_sharing
        end(which, side)
        ending = self.entries[-1]
        if ending.subject_id != relation.id:
            return
        if moved:
            other = next((one for one in relation.client_ids if one != client_id), client_id)
            self.move_address(other, email)
        self.put_back(ending, side)

    def move_address(self, client_id: ClientId, email: str | None) -> None:
        client = self.run(self.practice.clients.get(self.practice.dana, client_id))
        self.act(
            lambda key: self.practice.clients.edit(
                self.practice.sam,
                client_id,
                replace(client.details, email=email),
                expected_version=client.version,
                address_confirmed=True,
                submission=key,
            )
        )

    def put_back(self, original: HistoryEntry, side: int) -> None:
        client_id = original.client_ids[side % len(original.client_ids)]
        self.act(
            lambda key: self.practice.relationships.undo(
                self.practice.sam, client_id=client_id, entry=original.number, submission=key
            )
        )
        if self.latest is not None:
            check_undo(self.entries, original)

    @precondition(lambda self: self.latest is not None)
    @rule()
    def submit_again(self) -> None:
        self.again()
