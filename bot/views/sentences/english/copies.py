"""The e-mails on record, and what became of each."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "mail_change.from_now_on": "From now on:",
    "mail_change.nothing_again": "Nothing that was already sent is sent again.",
    "mail_change.nobody": "From now on neither gets copies of the other's e-mails.",
    "mail_change.last_copy": "The last copy to {recipient} went out on {moment}; it cannot be called back.",
    "copies.open": "E-mails",
    "copies.title": "E-mails",
    "copies.none": "No e-mail about this client has been sent or is waiting.",
    "copies.to": "To {name}",
    "copies.sent": "Sent on {moment}",
    "copies.bounced": "Sent on {moment}, but it came back",
    "copies.bad_address": "Not sent. The mail server says that there is no such address",
    "copies.waiting": "Waiting to be sent",
    "copies.tried": "Waiting; tried so far: {count}",
    "copies.what_to_do": (
        'Correct the address; or, if it works after all, have it tried again under "{recipients}" on the card.'
    ),
    "copies.suppressed": "Not sent. {reason}",
    "copies.dropped": "Not sent. Somebody here decided so",
    "copies.refused": "Not sent. The mail server did not take it; it can be tried again from the outbox",
    "copies.misdirected": "⚠ Marked as misdirected by {by} on {moment}",
    "copies.mark": "Mark as misdirected",
    "copies.mark_title": "Did it reach the wrong person?",
    "copies.mark_text": (
        "This puts on record, with your name and for good, that the e-mail reached somebody it should not have "
        "reached. It starts the accounting that your privacy officer exports. It calls nothing back and stops no "
        "sharing: do that under Share e-mails."
    ),
    "copies.mark_confirm": "Mark it",
    "copies.marked": "It is marked. Tell your privacy officer, who exports what an accounting needs.",
    "copies.newest": "Newest",
    "copies.older": "Older",
    "copies.history": "History",
}
