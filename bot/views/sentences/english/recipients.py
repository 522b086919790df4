"""Who would get an e-mail, and who would not, each with the reason in plain words."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "recipients.open": "Who gets their e-mails?",
    "recipients.title": "Who would get this?",
    "recipients.whose": "E-mails for {client}",
    "recipients.kind": "Kind of e-mail",
    "recipients.get_it": "Get it ({count})",
    "recipients.get_it_not": "Do not get it ({count})",
    "recipients.nobody": "Nobody gets it",
    "recipients.alone": "Nobody else is on this account.",
    "recipients.account": (
        "Log-in codes, passwords, invitations and verifications are never copied, whatever is shared."
    ),
    "recipients.codes": "⚠ Superbills carry diagnosis and service codes: everybody named here sees them.",
    "recipients.paused": (
        "E-mails to {name} are paused, because a mail server said that there is no such address: {address}. "
        "Correct the address on the card; or, if it works after all, have it tried again."
    ),
    "recipients.try_again": "Try again",
    "recipients.tried_again": (
        "The address is used again, from the next e-mail on. What was not sent meanwhile is not sent again."
    ),
    "recipients.now": (
        "This is how it is now. It is decided again when an e-mail is sent, so a change counts at once."
    ),
    "recipient_kind.client": "the client",
    "recipient_kind.linked_client": "linked client",
    "recipient_kind.contact": "contact",
    "notice_kind.appointments": "Appointment reminders",
    "notice_kind.payments": "Receipts and invoices",
    "notice_kind.superbills": "Superbills",
    "notice_kind.forms_documents": "Forms and documents",
    "notice_kind.other": "Other e-mails",
    "notice_kind.unknown": "Of a kind that nobody knows",
    "notice_kind.account": "Log-in and passwords",
    "recipient_reason.own_mail": "It is their own e-mail",
    "recipient_reason.shared": "These e-mails are shared with them",
    "recipient_reason.account_mail": "Log-in and password e-mails are never copied",
    "recipient_reason.unknown_category": "Nobody knows which kind of e-mail it is, so it is copied to nobody",
    "recipient_reason.deceased": "They have died",
    "recipient_reason.client_deceased": "The client has died, so nothing is shared any more",
    "recipient_reason.opted_out": "They want no notification e-mails; those with whom they share still get them",
    "recipient_reason.sharing_off": "No e-mails are shared with them",
    "recipient_reason.category_not_shared": "Only other kinds of e-mail are shared with them",
    "recipient_reason.ended": "The relationship has ended",
    "recipient_reason.basis_expired": "The authorization for it has expired",
    "recipient_reason.no_address": "There is no e-mail address",
    "recipient_reason.must_not_receive": "It cannot be shared with them; a privacy officer knows more",
    "recipient_reason.no_working_address": "Paused: no working address",
    "recipient_reason.same_inbox": "Same inbox as somebody who gets it: one e-mail is enough",
    "recipient_reason.same_inbox_as": "Same inbox as {name}: one e-mail is enough",
    "recipient_reason.same_event": "This inbox gets another e-mail about the same occasion",
    "recipient_reason.unlinked": "They are no longer on this account",
    "recipient_reason.address_changed": "The address has changed since; it goes to the new one",
}
