"""The card."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "card.title": "Family and contacts",
    "card.reveal": "Reveal",
    "card.initials_only": (
        "Initials and ids only, while the practice's settings allow no more. Clients are changed by import."
    ),
    "card.link": "Link a client",
    "card.add": "Add a contact",
    "card.edit_client": "Edit client",
    "card.summary": "Summary",
    "card.emergency": "Emergency contacts",
    "card.emergency_nobody": "None yet.",
    "card.emergency_none": "None yet. A contact or linked client becomes one under Roles.",
    "card.linked": "Linked clients ({count})",
    "card.linked_none": "None yet. A link reminds staff that two clients are related; it changes no access.",
    "card.contacts": "Contacts ({count})",
    "card.contacts_none": "None yet. A contact is anyone who is not a client; they never get access.",
    "card.sharing": "Who also receives e-mails",
    "card.sharing_none": "Nobody else receives the e-mails sent to {client}, and {client} receives nobody else's.",
    "card.no_phone": "no phone",
    "card.no_email": "no e-mail",
    "card.email_paused": "{address} (paused: no working address)",
    "card.mail_opt_out": "Wants no notification e-mails. Those who share them still get theirs.",
    "card.same_login": (
        "{client} and {other} have the same e-mail: in your client portal one login may open both accounts."
    ),
    "card.page": "Page {page} of {pages}",
    "card.previous": "Previous page",
    "card.next": "Next page",
    "menu.edit": "Edit",
    "menu.share": "Share e-mails",
    "menu.roles": "Roles",
    "menu.become": "Make this contact a client",
    "menu.remove_link": "Remove Linked Client Account",
    "menu.remove_contact": "Remove Contact",
    "kind.linked_client": "Linked client",
    "kind.contact": "Contact",
}
