"""Why somebody receives a mail or not, in the words of the command line."""

from bot.domain.recipients import Reason

REASONS: dict[Reason, str] = {
    Reason.OWN_MAIL: "it is their own mail",
    Reason.SHARED: "it is shared with them",
    Reason.ACCOUNT_MAIL: "account mail is never copied",
    Reason.UNKNOWN_CATEGORY: "nobody knows what the mail is about",
    Reason.DECEASED: "deceased",
    Reason.CLIENT_DECEASED: "the client is deceased",
    Reason.OPTED_OUT: "wants no notifications",
    Reason.SHARING_OFF: "nothing is shared with them",
    Reason.CATEGORY_NOT_SHARED: "this kind is not shared with them",
    Reason.ENDED: "the relation has ended",
    Reason.BASIS_EXPIRED: "the authorization has run out",
    Reason.NO_ADDRESS: "no address",
    Reason.MUST_NOT_RECEIVE: "must not receive",
    Reason.NO_WORKING_ADDRESS: "paused: no working address",
    Reason.SAME_INBOX: "the inbox gets it already",
    Reason.SAME_EVENT: "the inbox got a mail of this occasion",
    Reason.UNLINKED: "unlinked or removed meanwhile",
    Reason.ADDRESS_CHANGED: "the address is another one by now",
}
