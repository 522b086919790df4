"""Sharing."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "sharing.title": "Share e-mails",
    "sharing.question": "{recipient} also gets the e-mails sent to {client}",
    "sharing.scope.nothing": "No",
    "sharing.scope.everything": "Yes, every notification e-mail",
    "sharing.scope.some": "Yes, but only some kinds",
    "sharing.kinds": "Which e-mails does {recipient} get?",
    "sharing.kinds_needed": "Tick at least one kind, or choose No.",
    "sharing.basis": "Who agreed that {recipient} gets them?",
    "sharing.basis_hint": "It is recorded with your name and the date.",
    "sharing.basis_placeholder": "Choose what applies",
    "sharing.expires": "The authorization for {recipient} ends on",
    "sharing.expires_hint": "Sharing ends with it.",
    "sharing.becomes_every": "{recipient} will also get every notification e-mail sent to {client}.",
    "sharing.becomes_some": "{recipient} will also get these e-mails sent to {client}: {kinds}.",
    "sharing.codes": "Superbills carry diagnosis and service codes.",
    "sharing.codes_short": "They carry diagnosis and service codes",
    "sharing.limits": (
        "Only future e-mails are shared. Log-in and password e-mails never are. What was sent cannot be called back."
    ),
    "sharing.every": "{recipient} also gets every notification e-mail sent to {client}.",
    "sharing.some": "{recipient} also gets e-mails sent to {client}: {kinds}.",
    "sharing.client_without_email": "({client} has no e-mail; {client}'s notices go to those named here only.)",
    "sharing.recipient_without_email": "{name} has no e-mail yet, so nothing can be shared with {name}.",
    "sharing.no_address": "{name} has no e-mail. Add one first, then switch sharing on.",
    "sharing.deceased": "{name} is marked as deceased. E-mails are not shared with or from them.",
    "sharing.must_not_receive": "E-mails of this client cannot be shared with {name}. Your privacy officer can say more.",
    "sharing.ended": "The relation with {name} has ended. Change its end date under Edit first.",
    "sharing.changed": "E-mail sharing with {name} was saved.",
    "sharing.stopped": "Nothing is shared with {name} any more. What was already sent cannot be called back.",
    "sharing.stopped_by_recipient": "{recipient} stopped getting the e-mails of {client} on {moment}, by the link in an e-mail.",
    "sharing.already_off": "Nothing was being shared with {name}.",
    "sharing.stop": "Stop all sharing",
    "sharing.stop_title": "Stop sharing?",
    "sharing.stop_text": (
        "No more e-mails are shared between {client} and {name}, from now on. The relation, roles and history stay."
    ),
    "sharing.stop_confirm": "Stop sharing",
    "category.appointments": "Appointments",
    "category.payments": "Receipts and invoices",
    "category.superbills": "Superbills",
    "category.forms_documents": "Forms and documents",
    "category.other": "Other notifications",
    "category.every": "every notification e-mail",
    "basis.client_agreed_verbally": "The client agreed, in words",
    "basis.client_agreed_in_writing": "The client agreed, in writing",
    "basis.parent_of_minor": "Parent or guardian of a minor",
    "basis.personal_representative": "Personal representative or power of attorney",
    "basis.authorization": "Signed authorization with an end date",
}
