"""Every surface that the views can show of a family, and what Slack would say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date

from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.history import UNDO_WINDOW
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.kinship import Kinship
from bot.domain.likeness import Known, Likeness
from bot.domain.notice import NoticeCategory
from bot.domain.recipient_changes import Receiver, RecipientChange
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role
from bot.domain.settings import Sight
from bot.domain.sharing import Basis, Category
from bot.domain.staff import Reader
from bot.domain.staff_role import RIGHTS_OF_ROLE, StaffRole
from bot.playground.slack.block_kit import message_problems, suggestion_problems, view_problems
from bot.services.outcome import RemovalPreview
from bot.services.ports import FoundClients, MailNotCopied, RecipientsChanged, SharingStopped, StaffNotice
from bot.views.become_form import become_form, client_input_of
from bot.views.blocks import Json
from bot.views.card import ROWS_A_PAGE, card
from bot.views.client_choice import slow_suggestions, suggestions
from bot.views.client_fields import ClientInput
from bot.views.client_form import edit_client_form, new_client_form
from bot.views.contact_form import ContactInput, edit_contact_form, new_contact_form
from bot.views.find_form import find_form
from bot.views.help import help_message
from bot.views.history import history_view
from bot.views.home import home, home_notice
from bot.views.ids import Purpose
from bot.views.link_form import LinkEditInput, LinkInput, LinkMode, edit_link_form, link_form
from bot.views.metadata import Metadata
from bot.views.notice import loading, nobody_yet, notice, open_card_button, told
from bot.views.owners_form import owners_form
from bot.views.person_fields import PersonInput
from bot.views.questions import Questions
from bot.views.relation_choice import relation_choice, relation_suggestions
from bot.views.relationship_fields import choice_of, offered
from bot.views.removal_prompt import removal_prompt
from bot.views.roles_form import RolesInput, roles_form
from bot.views.sharing_fields import Scope, SharingInput
from bot.views.sharing_form import SharingFormInput, sharing_form
from bot.views.staff_notice import staff_message
from bot.views.staff_roles_form import group_suggestions
from bot.views.summary import Message, summary
from bot.views.undo import UndoOffer
from tests.views.barred_shown import barred_shown
from tests.views.copies_shown import copies_shown
from tests.views.histories import NOW, histories
from tests.views.recipients_shown import recipients_shown
from tests.views.settings_shown import GROUPS, homes, settings_surfaces
from tests.views.trails import trail_surfaces

LATER = date(2030, 1, 1)
SHARINGS = (
    SharingInput(),
    SharingInput(scope=Scope.EVERYTHING, basis=Basis.AUTHORIZATION, expires_on=LATER),
    SharingInput(scope=Scope.SOME),
    SharingInput(scope=Scope.SOME, categories=frozenset(Category), basis=Basis.PARENT_OF_MINOR),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A view, a message or the answer to a type-ahead."""

    name: str
    kind: str
    json: Mapping[str, object]

    def problems(self) -> list[str]:
        """Return what Slack would refuse."""
        match self.kind:
            case "message":
                found = message_problems(self.json["blocks"])
            case "suggestion":
                found = suggestion_problems(self.json)
            case _:
                found = view_problems(self.json, kind=self.kind)
        return [f"{self.name}: {problem}" for problem in found]


def surfaces(family: Family) -> Iterator[Surface]:
    """Yield every surface about a family that has a link and a contact at least."""
    yield from (modal(name, view) for name, view in _about_clients(family))
    yield from (modal(name, view) for name, view in _links(family, family.linked_clients[0]))
    yield from (modal(name, view) for name, view in _contacts(family, family.contacts[0]))
    yield from (modal(name, view) for name, view in _members(family))
    yield from (modal(name, view) for name, view in _histories(family))
    yield from (modal(name, view) for name, view in trail_surfaces(family))
    yield from (modal(name, view) for name, view in settings_surfaces())
    yield from (modal(name, view) for name, view in _for_readers(family))
    yield from (modal(name, view) for name, view in recipients_shown(family))
    yield from (modal(name, view) for name, view in copies_shown(family.client))
    yield from (modal(name, view) for name, view in barred_shown(family))
    yield from (Surface(name=name, kind="home", json=view) for name, view in homes())
    yield Surface(name="groups found", kind="suggestion", json=group_suggestions(GROUPS))
    yield _message("summary", summary(family))
    yield _message("by initials: summary", summary(family, reader=Reader(sight=Sight.INITIALS_ONLY)))
    yield from (_message(name, staff_message(notice)) for name, notice in _for_staff(family))
    yield _message("help", help_message())
    yield _message("help after a word", help_message(nearest="link", unknown=True))
    yield _message("help after nonsense", help_message(unknown=True))
    yield Surface(name="home", kind="home", json=home())
    yield Surface(name="home notice", kind="home", json=home_notice("Not now."))
    for number, found in enumerate(_findings(family)):
        yield Surface(name=f"suggestions {number}", kind="suggestion", json=suggestions(found))
    yield Surface(name="relations found", kind="suggestion", json=relation_suggestions(family.members))
    yield Surface(name="slow suggestions", kind="suggestion", json=slow_suggestions())


def _for_staff(family: Family) -> Iterator[tuple[str, StaffNotice]]:
    client, names = family.client, [member.name for member in family.members]
    staff = (StaffId("U1"),)
    yield "stopped", SharingStopped(client=client, recipients=names[:1], staff=staff)
    yield "stopped by an inbox", SharingStopped(client=client, recipients=names, staff=staff)
    receivers = tuple(Receiver(name=name, address="somebody@example.com") for name in names)
    kinds = (NoticeCategory.SUPERBILLS, NoticeCategory.PAYMENTS)
    for count, categories in ((1, kinds), (30, tuple(NoticeCategory)[:5])):
        change = RecipientChange(categories=categories, before=(receivers * 30)[:count], after=())
        yield (
            f"{count} before",
            RecipientsChanged(client=client, by_name="Ana", changes=(change,), staff=staff),
        )
    yield "not copied", MailNotCopied(client=client, several_clients=False)
    yield "not copied of several", MailNotCopied(client=None, several_clients=True)


def modal(name: str, view: Json) -> Surface:
    """Call a view a modal."""
    return Surface(name=name, kind="modal", json=view)


def forms(family: Family) -> Iterator[Surface]:
    """Yield the surfaces that can be submitted."""
    return (each for each in surfaces(family) if each.kind == "modal" and "submit" in each.json)


def _message(name: str, message: Message) -> Surface:
    return Surface(name=name, kind="message", json={"text": message.text, "blocks": list(message.blocks)})


def _findings(family: Family) -> Sequence[FoundClients]:
    clients = tuple(each.client for each in family.linked_clients)
    return (
        FoundClients(clients=(), total=0),
        FoundClients(clients=clients[:100], total=len(clients[:100])),
        FoundClients(clients=clients[:20], total=10_000),
    )


def _about_clients(family: Family) -> Iterator[tuple[str, Json]]:
    client, metadata = family.client, Metadata(client_id=family.client.id, version=3, page=2)
    for page in range(1 + len(family.members) // ROWS_A_PAGE):
        yield f"card {page}", card(family, page=page, done=client.display_name)
    yield "empty card", card(replace(family, linked_clients=(), contacts=()))
    for purpose in Purpose:
        yield f"find {purpose}", find_form(purpose)
        yield f"find {purpose}, no clients yet", find_form(purpose, is_anybody_here=False)
        for number, found in enumerate(_findings(family)):
            yield f"find {purpose} {number}", find_form(purpose, found)
    yield "responsible", owners_form(client, page=2)
    others = tuple(each.client for each in family.linked_clients)
    given = ClientInput.of(client)
    for name, questions in (
        ("no questions", Questions()),
        ("duplicates", Questions(duplicates=others)),
        ("address", Questions(duplicates=others, address_holders=others, somebody_new_chosen=True)),
    ):
        yield f"new client, {name}", new_client_form(given, metadata=Metadata(), questions=questions)
        yield (
            f"edit client, {name}",
            edit_client_form(given, client=client, metadata=metadata, questions=questions),
        )
        new = LinkInput(mode=LinkMode.NEW, new_client=given, sharing=SHARINGS[1], reverse=SHARINGS[3])
        yield (
            f"link new, {name}",
            link_form(
                new, client=client, other=None, minors=(True, False), metadata=metadata, questions=questions
            ),
        )
    for other in others[:1]:
        died = edit_client_form(ClientInput.of(other), client=other, metadata=metadata)
        yield "edit client who died", died
    yield "empty client", new_client_form(ClientInput(), metadata=Metadata(purpose=Purpose.LINK))
    yield "notice", notice(client.display_name, open_card_button(client.id))
    yield "nobody yet", nobody_yet(client.id, client.display_name)
    yield "loading", loading()
    yield "saving", loading("notice.saving")
    yield "told", told(help_message())
    yield "told a sentence", told(Message(text="Not now."))


def _links(family: Family, linked: LinkedClient) -> Iterator[tuple[str, Json]]:
    client, metadata = family.client, Metadata(client_id=family.client.id)
    for number, sharing in enumerate(SHARINGS):
        given = LinkInput(other_id=linked.client.id, sharing=sharing, reverse=sharing)
        yield (
            f"link form {number}",
            link_form(given, client=client, other=linked.client, minors=(True, True), metadata=metadata),
        )
    yield (
        "empty link form",
        link_form(LinkInput(), client=client, other=None, minors=(False, False), metadata=metadata),
    )
    for chosen in (choice_of(linked.side.label, linked.reverse.label), *_every_choice()):
        yield (
            f"edit link {chosen}",
            edit_link_form(
                LinkEditInput(relationship=chosen, ends_on=LATER),
                client=client,
                linked=linked,
                metadata=metadata,
            ),
        )


def _every_choice() -> Iterator[RelationshipChoice]:
    for each in offered():
        if isinstance(each, Kinship):
            words = "w" * 60 if each is Kinship.OTHER else ""
            yield RelationshipChoice(kinship=each, own_words=words, inverse_words=words)


def _contacts(family: Family, contact: ContactPerson) -> Iterator[tuple[str, Json]]:
    client, metadata = family.client, Metadata(client_id=family.client.id, relation_id=contact.contact.id)
    given = PersonInput.of(contact.person)
    for number, sharing in enumerate(SHARINGS):
        whole = ContactInput(
            person=given,
            relationship=choice_of(contact.side.label),
            emergency=True,
            roles=tuple(Role),
            sharing=sharing,
        )
        yield (
            f"contact form {number}",
            new_contact_form(whole, client=client, client_is_minor=True, metadata=metadata),
        )
        for others in (0, 3):
            yield (
                f"edit contact {number} {others}",
                edit_contact_form(
                    whole, client=client, contact=contact, other_clients=others, metadata=metadata
                ),
            )
    known = _known(family, related=False) + _known(family, related=True)
    for some in (known[:1], known[-1:], known):
        asked = new_contact_form(whole, client=client, client_is_minor=False, metadata=metadata, known=some)
        yield f"contact form about {len(some)} known", asked
    yield (
        "empty contact form",
        new_contact_form(ContactInput(), client=client, client_is_minor=False, metadata=metadata),
    )


def _known(family: Family, *, related: bool) -> list[Known]:
    """Return everybody in the family as they are, or somebody like each of them who is not in it."""
    every, first = frozenset(Likeness), "0" if related else "Z"
    clients = [
        replace(each.client, id=ClientId(first + each.client.id[1:])) for each in family.linked_clients
    ]
    people = [replace(each.person, id=PersonId(first + each.person.id[1:])) for each in family.contacts]
    return [
        *(Known(person=each, alike_in=every, is_related=related) for each in clients),
        *(Known(person=each, alike_in=every, clients=3, is_related=related) for each in people),
    ]


def _members(family: Family) -> Iterator[tuple[str, Json]]:
    client = family.client
    others = tuple(each.client for each in family.linked_clients)
    for asked_first in (Questions(), Questions(duplicates=others, address_holders=others)):
        yield (
            f"become a client {len(asked_first.duplicates)}",
            become_form(
                client_input_of(family.contacts[0].person),
                client=client,
                contact=family.contacts[0],
                other_clients=3,
                metadata=Metadata(client_id=client.id, version=1, person_version=1),
                inverse_words="w" * 60,
                questions=asked_first,
            ),
        )
    for purpose in (Purpose.SHARE, Purpose.UNLINK):
        yield f"choose {purpose}", relation_choice(family, purpose)
    for member in (family.linked_clients[0], family.contacts[0]):
        metadata = Metadata(client_id=client.id, relation_id=member.relation.id, version=1, page=1)
        every = RolesInput(emergency=True, roles=tuple(Role), position=1)
        for given in (RolesInput.of(member.side), every, RolesInput(emergency=False, roles=())):
            yield (
                f"roles {given}",
                roles_form(
                    given,
                    client=client,
                    member=member,
                    emergency_count=len(family.emergency_contacts),
                    metadata=metadata,
                ),
            )
        shared = [SharingFormInput(sharing=each, reverse=each) for each in SHARINGS]
        for sharing in (SharingFormInput.of(member), *shared):
            yield (
                f"sharing {sharing}",
                sharing_form(sharing, client=client, member=member, minors=(True, False), metadata=metadata),
            )
        preview = RemovalPreview(
            family=family,
            member=member,
            added_from=client,
            last_emergency_contact_of=(client, family.linked_clients[0].client),
        )
        yield "removal prompt", removal_prompt(preview, metadata=metadata)


def _histories(family: Family) -> Iterator[tuple[str, Json]]:
    for number, page in enumerate(histories(family)):
        for now in (NOW, NOW + UNDO_WINDOW):
            news = family.client.display_name
            view = history_view(page, now=now, zone=UTC, news=news, with_card=now == NOW)
            yield f"history {number} at {now:%H:%M}", view
    undo = UndoOffer(entry=2**60, until="23:59")
    yield "card after an act", card(family, done=family.client.display_name, undo=undo)
    yield "card with news", card(family, news=family.client.display_name)


def _for_readers(family: Family) -> Iterator[tuple[str, Json]]:
    """Yield the views that offer and show less to some."""
    readers = (
        Reader(sight=Sight.REVEALED_ON_REQUEST),
        Reader(sight=Sight.INITIALS_ONLY, rights=RIGHTS_OF_ROLE[StaffRole.VIEWER]),
    )
    for number, reader in enumerate(readers):
        yield f"by initials: card {number}", card(family, reader=reader)
        yield (
            f"by initials: no clients yet {number}",
            find_form(Purpose.SHOW, reader=reader, is_anybody_here=False),
        )
        for found in _findings(family):
            yield f"by initials: find {number}", find_form(Purpose.SHOW, found, reader=reader)
        for page in histories(family):
            yield f"by initials: history {number}", history_view(page, now=NOW, zone=UTC, reader=reader)
