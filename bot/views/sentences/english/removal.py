"""Unlink and remove."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "choose.title_share": "Share e-mails",
    "choose.title_unlink": "Unlink or remove",
    "choose.share": "With whom does {client} share e-mails?",
    "choose.unlink": "Who should be taken off the account of {client}?",
    "choose.needed": "Choose one of them.",
    "choose.nobody": "{client} has no linked clients and no contacts yet.",
    "choose.search": "Type a name",
    "choose.search_hint": "There are {total}: type the start of any part of the name, your practice's id or the e-mail.",
    "removal.title_link": "Unlink?",
    "removal.title_contact": "Remove contact?",
    "removal.submit_link": "Unlink",
    "removal.submit_contact": "Remove",
    "removal.who_link": "{name} is linked with {client}. The link goes from both accounts.",
    "removal.who_link_labelled": "{name} is linked with {client}, as {label}. The link goes from both accounts.",
    "removal.who_contact": "{name} is a contact of {client}.",
    "removal.who_contact_labelled": "{name} is a contact of {client}: {label}.",
    "removal.last_emergency_contact": "⚠ This is the last emergency contact of {client}.",
    "removal.stops": "What stops, at once",
    "removal.stops_link": "Neither account shows the other as linked",
    "removal.stops_contact": "The account no longer shows this contact",
    "removal.stops_sharing": "Sharing: {sentence}",
    "removal.stops_roles": "Roles: {roles}",
    "removal.stops_scheduled": "Copies of reminders that are already scheduled",
    "removal.stays": "What stays",
    "removal.stays_link": "Both client accounts, with everything in them",
    "removal.stays_contact": "The client's account, with everything in it",
    "removal.stays_history": "The history of this relation, and who ended it",
    "removal.stays_mails": "E-mails that were already sent; they cannot be called back",
    "removal.added_on_link": "First added on the account of {client}. It can be removed from either side.",
    "removal.added_on_contact": "Added on the account of {client}.",
    "removal.changed": (
        "{by} changed this on {moment}, while you had it open. Below is what would stop now. Nothing was removed yet."
    ),
    "removal.changed_plain": (
        "This was changed while you had it open. Below is what would stop now. Nothing was removed yet."
    ),
    "removal.reason": "Reason",
    "removal.reason_hint": "Kept in the history. You need not give one.",
    "removal.done_link": "{name} was unlinked, from both accounts.",
    "removal.done_contact": "{name} was removed.",
}
