"""Every id that Slack sends back, `noun.verb`. Ids name no person (P5)."""

from enum import StrEnum

ANEW = "~"
"""What follows it in an action id only tells two drawings of one input apart; it leads to the same place."""


class ViewId(StrEnum):
    """Callback ids of the modals, and of Home."""

    CARD = "card.show"
    CLIENT_FIND = "client.find"
    CLIENT_NEW = "client.new"
    CLIENT_EDIT = "client.edit"
    LINK_NEW = "link.new"
    LINK_EDIT = "link.edit"
    CONTACT_NEW = "contact.new"
    CONTACT_EDIT = "contact.edit"
    CONTACT_BECOME = "contact.become"
    ROLES_EDIT = "roles.edit"
    SHARING_EDIT = "sharing.edit"
    RELATION_CHOOSE = "relation.choose"
    RELATION_REMOVE = "relation.remove"
    HISTORY = "history.show"
    NOTICE = "notice.show"
    HOME = "home.show"


class ActionId(StrEnum):
    """Action ids of whatever sends a click, a choice or a type-ahead request."""

    CARD_OPEN = "card.open"
    CARD_PREVIOUS = "card.previous"
    CARD_NEXT = "card.next"
    CLIENT_FIND_OPEN = "client.find_open"
    CLIENT_NEW_OPEN = "client.new_open"
    CLIENT_EDIT_OPEN = "client.edit_open"
    LINK_OPEN = "link.open"
    CONTACT_OPEN = "contact.open"
    SUMMARY_SEND = "summary.send"
    HISTORY_OPEN = "history.open"
    HISTORY_PREVIOUS = "history.previous"
    HISTORY_NEXT = "history.next"
    CHANGE_UNDO = "change.undo"
    MEMBER_MENU = "member.menu"
    SHARING_STOP = "sharing.stop"
    CLIENT_SEARCH = "client.search"
    CLIENT_SEARCH_OTHER = "client.search_other"
    RELATION_SEARCH = "relation.search"
    FORM_CHOICE = "form.choice"
    INPUT = "form.input"


class BlockId(StrEnum):
    """Block ids of the inputs."""

    MATCH = "client.match"
    SEARCH = "client.search"
    LINK_MODE = "link.mode"
    LINK_OTHER = "link.other"
    RELATION = "relation.choice"
    FIRST_NAME = "name.first"
    LAST_NAME = "name.last"
    PREFERRED_NAME = "name.preferred"
    OWN_ID = "client.own_id"
    BIRTH_DATE = "client.birth_date"
    STATUS = "client.status"
    DECEASED_ON = "client.deceased_on"
    EMAIL = "reach.email"
    PHONES = "reach.phones"
    LANGUAGE = "person.language"
    RELATIONSHIP = "relationship.kind"
    OWN_WORDS = "relationship.own_words"
    INVERSE_WORDS = "relationship.inverse_words"
    INVERSE_WORD = "relationship.inverse_word"
    ENDS_ON = "relation.ends_on"
    ROLES = "roles.held"
    POSITION = "roles.position"
    DUPLICATES = "question.duplicates"
    ADDRESS = "question.address"
    KNOWN = "question.known"
    REASON = "removal.reason"
    SHARING_SCOPE = "sharing.scope"
    SHARING_KINDS = "sharing.kinds"
    SHARING_BASIS = "sharing.basis"
    SHARING_EXPIRES = "sharing.expires"
    REVERSE_SCOPE = "reverse.scope"
    REVERSE_KINDS = "reverse.kinds"
    REVERSE_BASIS = "reverse.basis"
    REVERSE_EXPIRES = "reverse.expires"


class MemberMenu(StrEnum):
    """What the `[...]` of a row offers."""

    EDIT = "edit"
    SHARE = "share"
    ROLES = "roles"
    BECOME = "become"
    REMOVE = "remove"


class Purpose(StrEnum):
    """What a client is looked for."""

    SHOW = "show"
    LINK = "link"
    ADD = "add"
    SHARE = "share"
    UNLINK = "unlink"
    EDIT = "edit"
    SUMMARY = "summary"
    HISTORY = "history"
