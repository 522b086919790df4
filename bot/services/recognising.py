"""Recognising who is entered as a contact and is on record already (R35)."""

from bot.domain.ids import ClientId
from bot.domain.likeness import Known, likeness
from bot.domain.person import PersonDetails
from bot.services.family_desk import family_of
from bot.services.ports import UnitOfWork

MOST_KNOWN = 40
"""People and clients alike who are looked at; with more of them a name says nothing, an e-mail would."""


async def known_like(unit: UnitOfWork, client_id: ClientId, details: PersonDetails) -> tuple[Known, ...]:
    """Return who on record is like the details of a contact, those with most in common first.

    The client themself is nobody's double: a child and a parent often have one phone.
    """
    family = await family_of(unit, client_id)
    contacts = {contact.person.id for contact in family.contacts}
    linked = {each.client.id for each in family.linked_clients}
    known = [
        Known(
            person=person,
            alike_in=likeness(person, details),
            clients=await unit.people.count_clients_of(person.id),
            is_related=person.id in contacts,
        )
        for person in await unit.people.alike(details, limit=MOST_KNOWN)
    ]
    known += [
        Known(person=client, alike_in=likeness(client, details), is_related=client.id in linked)
        for client in await unit.clients.like_person(details, limit=MOST_KNOWN)
        if client.id != client_id
    ]
    return tuple(sorted((each for each in known if each.alike_in), key=lambda each: -len(each.alike_in)))
