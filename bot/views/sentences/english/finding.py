"""Finding a client."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "find.title": "Find a client",
    "find.purpose.show": "Whose family and contacts would you like to see?",
    "find.purpose.link": "Which client would you like to link with another one?",
    "find.purpose.add": "Which client is the new contact for?",
    "find.purpose.share": "Whose e-mail sharing would you like to change?",
    "find.purpose.unlink": "From which client would you like to unlink or remove somebody?",
    "find.purpose.recipients": "Of whose e-mails would you like to see who gets them?",
    "find.purpose.edit": "Which client would you like to edit?",
    "find.purpose.history": "Whose history would you like to see?",
    "find.purpose.summary": "Which client's family would you like in a summary?",
    "find.matches": "Who do you mean? Found: {count}",
    "find.choose": "Choose one",
    "find.too_many": "Showing {shown} of {total}. Type more of the name below to narrow it down.",
    "find.nobody": "Nobody was found for what you typed. Search again, or add a new client.",
    "find.nobody_to_see": "Nobody was found for what you typed. Search again.",
    "find.no_clients": "*There are no clients here yet.*",
    "find.no_clients_import": (
        "To bring in the list that your practice has: whoever runs Kinward saves it as CSV and types "
        "`kinward clients import clients.csv` on the machine it runs on."
    ),
    "find.search": "Client",
    "find.search_again": "Or search again",
    "find.add_client": "Add a new client",
    "find.needed": "Choose a client, or search for one.",
    "picker.placeholder": "Type a name, id, e-mail, phone or birth date",
    "picker.hint": "Type the start of any part of the name, your practice's id, an e-mail, a phone or a date of birth.",
    "picker.more": "{shown} of {total}, keep typing",
    "picker.person": "Choose a person",
    "picker.people": "Choose people",
    "picker.group": "Type the name of a group",
    "picker.zone": "Type a city or a country",
    "picker.over": "over {total}",
    "found.phone": "phone …{digits}",
    "found.own_id": "id {own_id}",
    "found.born": "born {day}",
    "found.similar_name": "similar name",
    "picker.slow": "The search is slow just now. Type again.",
}
