"""Summary, help, home."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "summary.notification": "The summary you asked for",
    "summary.nobody": "No linked clients and no contacts yet.",
    "summary.open_card": "Open the card",
    "summary.sent": "The summary is in your direct messages with Kinward.",
    "summary.unsure": (
        "Slack did not say whether the summary was sent. Please look in your direct messages with Kinward before "
        "you ask for it again."
    ),
    "summary.failed": "The summary could not be sent to your direct messages. Please try again.",
    "command.show": "see a client's family and contacts",
    "command.link": "link two clients who are related",
    "command.add": "add a contact or emergency contact",
    "command.share": "share notification e-mails, or stop it",
    "command.unlink": "unlink a client or remove a contact, from either side",
    "command.remove": "the same as unlink",
    "command.client": "add a client, or edit one",
    "command.summary": "get a summary as a direct message",
    "command.recipients": "see who gets a client's e-mails, and who does not, with the reason",
    "command.history": "see what happened to a client's family, and undo it within ten minutes",
    "command.history_seen": "see what happened to a client's family",
    "command.trail": "see who did what in the whole workspace, and what was refused",
    "command.settings": "see and change the practice's settings, and who may do what",
    "command.help": "see this list",
    "help.intro": "What you can type. Without any of these words, /family finds a client and shows the card.",
    "help.intro_admin": "What you can type.",
    "help.privacy": "For [client], your practice's own id or initials are best: other people may see your screen.",
    "help.did_you_mean": "We do not know that word. Did you mean {command}?",
    "help.unknown": "That is no word we know, and nobody is found by it. To look for a client, type {command} and an id or name.",
    "home.title": "Family and contacts",
    "home.about": (
        "Keep each client's family and contacts straight: link related clients, add contacts and emergency "
        "contacts, and decide who also receives notification e-mails."
    ),
    "home.failed": "Slack did not show our Home just now. Please open it again in a moment, or type /family.",
    "home.find": "Find a client",
    "home.add_client": "Add a client",
    "home.settings": "Settings",
    "home.trail": "Who did what",
    "home.set_up": "Set Kinward up",
    "home.set_up_about": (
        "Before the first client: two questions about privacy. "
        "Until they are answered, Kinward shows initials and ids only and changes nothing."
    ),
    "home.initials_only": (
        "Windows show initials and ids only, while the practice's settings allow no more. Clients are changed by import."
    ),
    "home.not_set_up": (
        "Kinward is not set up yet. An admin of this workspace does that here on Home. "
        "Until then, Kinward shows initials and ids only and changes nothing."
    ),
}
