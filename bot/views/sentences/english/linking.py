"""Linking."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "link.title": "Link a client",
    "link.edit_title": "Edit relationship",
    "link.submit": "Link",
    "link.about": "Linking another client's account with {client}.",
    "link.who": "Who is it?",
    "link.mode.existing": "Somebody who is a client already",
    "link.mode.new": "A new client",
    "link.other": "Client",
    "link.other_client": "the linked client",
    "link.new_client": "the new client",
    "link.edit_hint": "This counts on both accounts. Roles and sharing have forms of their own.",
    "link.changes_nothing_else": (
        "A link is a reminder for staff. It gives nobody access to an account, and changes no billing and no care team."
    ),
    "link.added": "{name} is now linked. You see it on both accounts.",
    "link.edited": "The relationship with {name} was saved, on both accounts.",
}
