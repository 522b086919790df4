"""Questions above a form."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "question.duplicates": "This may be a client you already have. Is it one of them?",
    "question.duplicates_hint": "What you typed below is kept.",
    "question.use": "Yes: {name}",
    "question.somebody_new": "No, it is somebody new",
    "question.known": "Somebody like this is on record already. Who is it?",
    "question.known_hint": "What you typed below is kept. An existing person keeps the details on record.",
    "question.use_person": "Use existing person: {name}",
    "question.contact_already": "Already a contact here: {name}",
    "question.link_instead": "Link as client instead: {name}",
    "question.linked_already": "Already linked: {name}",
    "question.add_anyway": "Add anyway, it is somebody else",
    "question.contact_of_one": "contact of another client",
    "question.contact_of_many": "contact of {count} clients",
    "question.alike": "same {what}",
    "alike.email": "e-mail",
    "alike.phone": "phone",
    "alike.name": "name",
    "question.address": "This e-mail is also used by {names}. Use it anyway?",
    "question.address_hint": "With the same e-mail, one login to your client portal may open both accounts.",
    "question.address_go_back": "Go back, I will change it",
    "question.address_use_anyway": "Use anyway",
}
