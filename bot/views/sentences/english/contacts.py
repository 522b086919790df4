"""Contacts."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "contact.new_title": "Add a contact",
    "contact.edit_title": "Edit contact",
    "contact.submit": "Add contact",
    "contact.about": "A new contact for {client}.",
    "contact.new_person": "the new contact",
    "contact.no_access": "A contact is not a client and never gets access to any account.",
    "contact.other_clients": "What you change here also changes it for {count} other client(s).",
    "contact.added": "{name} was added as a contact.",
    "contact.inverse_words_hint": "Only needed where you link a client instead.",
    "contact.edited": "The details of {name} were saved.",
    "become.title": "Make a client",
    "become.submit": "Make a client",
    "become.about": (
        "{name} becomes a client of the practice, linked with {client}. "
        "Relationship, roles, place among the emergency contacts and sharing stay as they are."
    ),
    "become.other_clients": "{name} is also a contact of {count} other client(s): the same happens there.",
    "become.language": "The preferred language, {language}, is not part of a client's details; the history keeps it.",
    "become.reason": "Became a client of the practice",
    "become.elsewhere": "related client",
    "become.done": "{name} is a client now, and linked wherever they were a contact.",
    "phone.mobile": "mobile",
    "phone.home": "home",
    "phone.work": "work",
    "phone.other": "other",
}
