"""Who must not receive a client's e-mails: read only by those who enter or lift it."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "block.open": "Must not receive",
    "block.title": "Must not receive",
    "block.none": "Nobody is barred from the e-mails of {client}.",
    "block.hidden": "Who is entered here is shown to a privacy officer alone.",
    "block.new": "Enter somebody",
    "block.new_title": "Must not receive",
    "block.submit": "Enter",
    "block.about": (
        "Whoever is entered here gets no e-mail of {client} from now on, whatever is shared. Other staff read only "
        "that it cannot be shared. Enter a person or an address."
    ),
    "block.whom": "Person on this account",
    "block.address": "Or an e-mail address",
    "block.address_hint": "Every way to write it counts: capitals, dots and plus parts.",
    "block.whom_needed": "Choose a person or type an address: one of the two.",
    "block.class": "Why",
    "block.class_needed": "Choose what it rests on.",
    "block.class.client_request": "The client asked for it",
    "block.class.court_order": "A court order",
    "block.class.safety": "Safety",
    "block.document": "Document",
    "block.document_hint": "What it rests on, such as the number of an order.",
    "block.expires": "Last day",
    "block.expires_hint": "Without one it holds until it is lifted.",
    "block.entered": "It is entered and counts at once.",
    "block.until": "until {day}",
    "block.by": "Entered by {by} on {moment}",
    "block.expired": "Its last day has passed",
    "block.lift": "Lift",
    "block.lift_title": "Lift this?",
    "block.lift_about": "What is shared with them goes out again from then on. Nothing is sent again.",
    "block.lift_submit": "Lift",
    "block.lifted": "It is lifted. What is shared goes out again from now on.",
}
