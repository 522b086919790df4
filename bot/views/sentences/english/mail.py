"""What stands around a copy of an e-mail, and what staff are told of mail."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "mail.practice": "your practice",
    "mail.somebody": "a client",
    "mail.subject": "A copy of an e-mail for {client}",
    "mail.whom": "For {recipient}: this is a copy of an e-mail from {practice} to {client}.",
    "mail.why": "You get it because it was agreed with {practice} that e-mails for {client} also go to you.",
    "mail.attachments_left_out": "The attachments of the e-mail are not part of this copy.",
    "mail.stop_link": "To get no more of these copies, open {link}",
    "mail.stop_mail": "To get no more of these copies, write to {address}",
    "mail.stop_call": "You can also call {practice} at {phone}.",
    "mail.stop_tell": "You can also let {practice} know.",
    "mail.not_you": "If you are not {recipient}, please delete this e-mail and let {practice} know.",
    "staff.notification": "Kinward has something to tell you about e-mails.",
    "staff.recipients_changed": "{by} changed who gets the e-mails of {client}.",
    "staff.recipients_kinds": "Kinds of e-mail: {kinds}",
    "staff.recipients_every_kind": "all notification e-mails",
    "staff.recipients_before": "Until now: {names}",
    "staff.recipients_now": "From now on: {names}",
    "staff.recipients_nobody": "nobody",
    "staff.recipients_more": "{names} and {count} more",
    "staff.recipient": "{name} ({address})",
    "staff.sharing_stopped": (
        "{recipient} stopped the copies of e-mails for {client}, through a link in an e-mail. They are off now."
    ),
    "staff.sharing_stopped_inbox": (
        "{recipients} have one inbox, and the copies of e-mails for {client} were stopped there, through a link "
        "in an e-mail. They are off for all of them now."
    ),
    "staff.not_copied": (
        "An e-mail to {client} was delivered and copied to nobody: it does not say which kind of e-mail it is."
    ),
    "staff.not_copied_several": (
        "An e-mail was delivered and copied to nobody: its address belongs to several clients, and nothing in it "
        "says which one is meant."
    ),
}
