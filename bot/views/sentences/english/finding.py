"""Finding a client."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "find.title": "Find a client",
    "find.purpose.show": "Whose family and contacts would you like to see?",
    "find.purpose.link": "Which client would you like to link with another one?",
    "find.purpose.add": "Which client is the new contact for?",
    "find.purpose.share": "Whose e-mail sharing would you like to change?",
    "find.purpose.unlink": "From which client would you like to unlink or remove somebody?",
    "find.purpose.edit": "Which client would you like to edit?",
    "find.purpose.history": "Whose history would you like to see?",
    "find.purpose.summary": "Which client's family would you like in a summary?",
    "find.matches": "Who do you mean? Found: {count}",
    "find.choose": "Choose one",
    "find.too_many": "Showing {shown} of {total}. Type more of the name below to narrow it down.",
    "find.nobody": "Nobody was found for what you typed. Search again, or add a new client.",
    "find.nobody_to_see": "Nobody was found for what you typed. Search again.",
    "find.search": "Client",
    "find.search_again": "Or search again",
    "find.add_client": "Add a new client",
    "find.needed": "Choose a client, or search for one.",
    "picker.placeholder": "Type a name, id, e-mail or phone",
    "picker.hint": "Type the start of any part of the name, your practice's id, an e-mail or a phone.",
    "picker.more": "{shown} of {total}, keep typing",
    "picker.person": "Choose a person",
    "picker.people": "Choose people",
    "picker.group": "Type the name of a group",
    "picker.slow": "The search is slow just now. Type again.",
}
