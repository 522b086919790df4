"""What can go wrong, one class each: the key of its sentence, its values, and the field it is about.

The sentences themselves stand in the catalogue of the views; nothing here is shown as it is.
"""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.history import HistoryEntry
from bot.domain.likeness import Known
from bot.domain.notice import NoticeProblem
from bot.domain.relationship import Link, Relation, Removal
from bot.domain.staff_role import Right


class Field(StrEnum):
    """The fields of the forms, as the field speaks of them; views map them to blocks."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PREFERRED_NAME = "preferred_name"
    OWN_ID = "own_id"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    PHONE = "phone"
    STATUS = "status"
    DECEASED_ON = "deceased_on"
    LANGUAGE = "language"
    CLIENT = "client"
    RELATIONSHIP = "relationship"
    OWN_WORDS = "own_words"
    INVERSE_WORDS = "inverse_words"
    ROLES = "roles"
    DOCUMENT = "document"
    POSITION = "position"
    SHARING = "sharing"
    REVERSE_SHARING = "reverse_sharing"
    BASIS = "basis"
    REVERSE_BASIS = "reverse_basis"
    EXPIRES_ON = "expires_on"
    REVERSE_EXPIRES_ON = "reverse_expires_on"
    REASON = "reason"
    RELATION = "relation"
    LAST_DAY = "last_day"
    PRACTICE_NAME = "practice_name"
    PRACTICE_PHONE = "practice_phone"
    ZONE = "zone"
    ADULT_AT = "adult_at"
    RESPONSIBLE = "responsible"
    OWNERS = "owners"
    SUMMARY_DAYS = "summary_days"
    RECORD_YEARS = "record_years"
    OFFICER = "officer"
    PLAN = "plan"
    HOLDER = "holder"
    STAFF_ROLES = "staff_roles"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one field: the key of the sentence and the values that go into it."""

    field: Field
    key: str
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


class KinwardError(Exception):
    """Something the person at the desk can understand and act on."""

    key = "error.unexpected"

    @property
    def values(self) -> Mapping[str, str | int]:
        """What goes into the sentence."""
        return {}


class InvalidInput(KinwardError):  # noqa: N818 - named for what is wrong, as the desk would say it
    """Fields that cannot be saved as they are; each problem stands under its field."""

    key = "error.invalid_input"

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.key for problem in problems))
        self.problems = problems


class NotFound(KinwardError):  # noqa: N818 - the same
    """No such client, link or contact in this workspace."""

    key = "error.not_found"


class AlreadyLinked(KinwardError):  # noqa: N818 - the same
    """The pair is linked already (R11); carries the present link."""

    key = "error.already_linked"

    def __init__(self, *, link: Link, other: Client) -> None:
        super().__init__("already linked")
        self.link = link
        self.other = other


class AlreadyRemoved(KinwardError):  # noqa: N818 - the same
    """Somebody else was quicker (R42); carries who and when."""

    key = "error.already_removed"

    def __init__(self, *, relation: Relation, removal: Removal, name: str) -> None:
        super().__init__("already removed")
        self.relation = relation
        self.removal = removal
        self.name = name


class AlreadyContact(KinwardError):  # noqa: N818 - the same
    """The person is a contact of the client already."""

    key = "error.already_contact"


class BecameClient(KinwardError):  # noqa: N818 - the same
    """The person of a removed contact has become a client since (R2); carries the client."""

    key = "error.became_client"

    def __init__(self, *, client: Client) -> None:
        super().__init__("became a client")
        self.client = client


class ChangedMeanwhile(KinwardError):  # noqa: N818 - the same
    """The row was changed by somebody else after the form was opened.

    Carries what was recorded of it since, oldest first; nothing where only the database noticed.
    """

    key = "error.changed_meanwhile"

    def __init__(self, *entries: HistoryEntry) -> None:
        super().__init__("changed meanwhile")
        self.entries = entries


class LikelyDuplicates(KinwardError):  # noqa: N818 - the same
    """Clients who may be the one being entered (R12): staff decide."""

    key = "question.duplicates"

    def __init__(self, *candidates: Client) -> None:
        super().__init__("likely duplicates")
        self.candidates = candidates


class AlreadyKnown(KinwardError):  # noqa: N818 - the same
    """People on record who may be the contact being entered (R35): staff decide."""

    key = "question.known"

    def __init__(self, *known: Known) -> None:
        super().__init__("already known")
        self.known = known


class AddressInUse(KinwardError):  # noqa: N818 - the same
    """The address belongs to other clients too (R14): staff decide."""

    key = "question.address_in_use"

    def __init__(self, *holders: Client) -> None:
        super().__init__("address in use")
        self.holders = holders


class StorageUnavailable(KinwardError):  # noqa: N818 - the same
    """The database did not answer in time or refused for the moment; nothing was changed."""

    key = "error.storage_unavailable"


class DirectoryUnavailable(KinwardError):  # noqa: N818 - the same
    """Slack cannot be asked who somebody is, and they are not known: the answer is no."""

    key = "error.directory_unavailable"


class NotAllowed(KinwardError):  # noqa: N818 - the same
    """The person is a guest, an outsider, a bot or deactivated (P2); carries what Slack calls them."""

    key = "error.not_allowed"

    def __init__(self, name: str = "") -> None:
        super().__init__("not allowed")
        self.name = name


class NoRole(NotAllowed):
    """A full member of the workspace to whom no role was given."""

    key = "error.no_role"


class NotPermitted(KinwardError):  # noqa: N818 - the same
    """The person may use Kinward, but their role does not allow this; carries the right that they lack."""

    key = "error.not_permitted"

    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right


class SeesNoClients(NotPermitted):
    """An admin without a role that works with clients; they can give themselves one, on record."""

    key = "error.admin_only"


class NotInSlack(NotPermitted):
    """The role allows it, but not where Slack may hold initials and ids only (P1, P3)."""

    key = "error.not_in_slack"


class LastAdmin(KinwardError):  # noqa: N818 - the same
    """Without this person nobody could change the settings any more."""

    key = "error.last_admin"


class UndoTooLate(KinwardError):  # noqa: N818 - the same
    """The ten minutes in which it could be undone are over (R43)."""

    key = "error.undo_too_late"


class AlreadyUndone(KinwardError):  # noqa: N818 - the same
    """Somebody has undone it already; carries the entry that did."""

    key = "error.already_undone"

    def __init__(self, *, entry: HistoryEntry) -> None:
        super().__init__("already undone")
        self.entry = entry


class ChangedSince(KinwardError):  # noqa: N818 - the same
    """What would be undone was changed again since; carries the later entry and what it changed.

    `what` is the name of a part of a client or a relation, as `bot.services.changes` has them.
    """

    key = "error.changed_since"

    def __init__(self, *, entry: HistoryEntry, what: str) -> None:
        super().__init__("changed since")
        self.entry = entry
        self.what = what


class NoticeRefused(KinwardError):  # noqa: N818 - the same
    """A notice cannot be taken as it is; nothing of it was queued."""

    key = "error.notice_refused"

    def __init__(self, *problems: NoticeProblem) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class IdempotencyConflict(KinwardError):  # noqa: N818 - the same
    """The key belongs to another request, which said something else; nothing was queued."""

    key = "error.idempotency_conflict"


class TokenNameRefused(KinwardError):  # noqa: N818 - the same
    """A token has no name, or one that is too long."""

    key = "error.token_name"


class MailRuleRefused(KinwardError):  # noqa: N818 - the same
    """A rule on what mail is about would fit every mail there is, or is too long."""

    key = "error.mail_rule"
