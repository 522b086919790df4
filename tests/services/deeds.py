"""Every act that is saved, each on the same scene, as somebody at the desk would do it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.domain.client import ClientDetails
from bot.domain.history import Act
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId
from bot.domain.kinship import Kinship, Word
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import NOT_SHARED
from bot.services.conversion import BecomingWords
from bot.services.outcome import ClientSaved, Outcome, Undone
from tests.services.practice import AGREED, PARENT, PHONE, ROSA, SIBLING, Practice

GUARDIAN = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 12")
WORDS = BecomingWords(reason="Became a client", inverse_words_elsewhere="kin")
GRANDMOTHER = RelationshipChoice(kinship=Kinship.GRANDPARENT, word=Word.GRANDMOTHER)
NEW = ClientDetails(first_name="Nadia", last_name="Novak", email="nadia@example.com", phones=(PHONE,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is there before the act.

    Ana is linked with Ben, who is the first of her emergency contacts and gets her e-mails. Rosa, a contact,
    is the second and gets them too; she is a contact of Ben's as well. Cleo is linked with nobody. Dora was
    linked with Ana like Ben, and has been unlinked just now.
    """

    ana: ClientId
    ben: ClientId
    cleo: ClientId
    link: LinkId
    contact: ContactId
    rosa: PersonId
    removal: int
    """The number of the entry about Dora."""


async def furnish(practice: Practice) -> Scene:
    """Lay out the scene."""
    ana, ben = await practice.pair()
    cleo = await practice.client("Cleo", email="cleo@example.com", phones=(PHONE,))
    dora = await practice.client("Dora", email="dora@example.com", phones=(PHONE,))
    links = [
        await practice.relationships.link(
            practice.dana,
            client_id=ana.id,
            other_id=other.id,
            relationship=SIBLING,
            sharing=AGREED,
            emergency=True,
        )
        for other in (ben, dora)
    ]
    rosa = await practice.relationships.add_contact(
        practice.dana,
        client_id=ana.id,
        person=ROSA,
        relationship=GRANDMOTHER,
        roles=(GUARDIAN,),
        emergency=True,
        sharing=AGREED,
    )
    kept, ended = (each.relation for each in links)
    assert isinstance(kept, Link)
    assert isinstance(ended, Link)
    assert isinstance(rosa.relation, Contact)
    await practice.relationships.add_known_person(
        practice.dana, client_id=ben.id, person_id=rosa.relation.person_id, relationship=GRANDMOTHER
    )
    removed = await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=ended.id)
    assert removed.entry is not None
    return Scene(
        ana=ana.id,
        ben=ben.id,
        cleo=cleo.id,
        link=kept.id,
        contact=rosa.relation.id,
        rosa=rosa.relation.person_id,
        removal=removed.entry.number,
    )


Deed = Callable[[Practice, Scene, str], Awaitable[Outcome | ClientSaved | Undone]]


async def link(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Link Ana and Cleo, with e-mails both ways."""
    return await practice.relationships.link(
        practice.dana,
        client_id=scene.ana,
        other_id=scene.cleo,
        relationship=PARENT,
        sharing=AGREED,
        reverse_sharing=AGREED,
        emergency=True,
        submission=key,
    )


async def link_new_client(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Link Ana with somebody who becomes a client by that."""
    return await practice.relationships.link_new_client(
        practice.dana,
        client_id=scene.ana,
        details=NEW,
        relationship=PARENT,
        sharing=AGREED,
        submission=key,
    )


async def add_contact(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Add an emergency contact who gets e-mails."""
    return await practice.relationships.add_contact(
        practice.dana,
        client_id=scene.ana,
        person=replace(ROSA, first_name="Rita", email="rita@example.org"),
        relationship=GRANDMOTHER,
        roles=(GUARDIAN,),
        emergency=True,
        sharing=AGREED,
        submission=key,
    )


async def use_known_person(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Make Rosa a contact of Cleo's too."""
    return await practice.relationships.add_known_person(
        practice.dana,
        client_id=scene.cleo,
        person_id=scene.rosa,
        relationship=GRANDMOTHER,
        emergency=True,
        submission=key,
    )


async def share(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Stop Ben's e-mails, and let Ana get his."""
    return await practice.relationships.share(
        practice.dana,
        client_id=scene.ana,
        relation_id=scene.link,
        sharing=NOT_SHARED,
        reverse_sharing=AGREED,
        submission=key,
    )


async def edit_contact(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Give Rosa, a contact of two, another name and another word on Ana's account."""
    return await practice.relationships.edit_contact(
        practice.dana,
        client_id=scene.ana,
        contact_id=scene.contact,
        person=replace(ROSA, first_name="Rosalía"),
        relationship=RelationshipChoice(kinship=Kinship.FRIEND),
        expected_version=1,
        person_version=1,
        submission=key,
    )


async def change_roles(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Let Rosa be called first."""
    return await practice.relationships.change_roles(
        practice.dana,
        client_id=scene.ana,
        relation_id=scene.contact,
        roles=(),
        emergency=True,
        position=1,
        submission=key,
    )


async def unlink(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Unlink Ana and Ben from Ben's side."""
    return await practice.relationships.remove(
        practice.dana, client_id=scene.ben, relation_id=scene.link, reason="By mistake", submission=key
    )


async def undo(practice: Practice, scene: Scene, key: str) -> Undone:
    """Link Dora again as she was."""
    return await practice.relationships.undo(
        practice.sam, client_id=scene.ana, entry=scene.removal, submission=key
    )


async def make_client(practice: Practice, scene: Scene, key: str) -> Outcome:
    """Make Rosa a client, and a link of each of her two contacts."""
    return await practice.relationships.make_client(
        practice.dana,
        client_id=scene.ana,
        contact_id=scene.contact,
        became=ClientDetails(first_name="Rosa", last_name="Vega", email="rosa@example.org", phones=(PHONE,)),
        words=WORDS,
        expected_version=1,
        person_version=1,
        submission=key,
    )


async def add_client(practice: Practice, _scene: Scene, key: str) -> ClientSaved:
    """Add a client."""
    return await practice.clients.add(practice.dana, NEW, submission=key)


async def edit_client(practice: Practice, scene: Scene, key: str) -> ClientSaved:
    """Give Ana another address and telephone."""
    client = await practice.clients.get(practice.dana, scene.ana)
    changed = replace(client.details, email="ana@example.net", phones=())
    return await practice.clients.edit(
        practice.dana, scene.ana, changed, expected_version=1, address_confirmed=True, submission=key
    )


DEEDS: Mapping[str, tuple[Deed, tuple[Act, ...]]] = {
    "link": (link, (Act.LINK_ADDED,)),
    "link a new client": (link_new_client, (Act.CLIENT_ADDED, Act.LINK_ADDED)),
    "add a contact": (add_contact, (Act.CONTACT_ADDED,)),
    "use a known person": (use_known_person, (Act.CONTACT_ADDED,)),
    "share": (share, (Act.SHARING_CHANGED,)),
    "edit a contact": (edit_contact, (Act.CONTACT_EDITED, Act.CONTACT_EDITED)),
    "change roles": (change_roles, (Act.ROLES_CHANGED,)),
    "unlink": (unlink, (Act.LINK_REMOVED,)),
    "undo": (undo, (Act.CHANGE_UNDONE,)),
    "make a client": (
        make_client,
        (
            Act.CLIENT_ADDED,
            Act.LINK_ADDED,
            Act.CONTACT_BECAME_CLIENT,
            Act.LINK_ADDED,
            Act.CONTACT_BECAME_CLIENT,
        ),
    ),
    "add a client": (add_client, (Act.CLIENT_ADDED,)),
    "edit a client": (edit_client, (Act.CLIENT_EDITED,)),
}
"""Each act by name, with the entries that it leaves, and no others."""
