"""Who receives a notice of a client: one pure function, for preview and sending alike (R21).

One hop only, by construction: it looks at the client's own family and at nobody else's (R22).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.client import Client, ClientStatus
from bot.domain.email import login_equality
from bot.domain.family import ContactPerson, Family, LinkedClient, Member
from bot.domain.ids import ClientId, PersonId, RelationId
from bot.domain.must_not_receive import Restrictions
from bot.domain.notice import NoticeCategory
from bot.domain.sharing import Basis, Sharing


class RecipientKind(StrEnum):
    """What somebody is on the account."""

    CLIENT = "client"
    LINKED_CLIENT = "linked_client"
    CONTACT = "contact"


class Reason(StrEnum):
    """Why somebody receives a notice, or does not. One reason each: the first that applies."""

    OWN_MAIL = "own_mail"
    SHARED = "shared"
    # From here on, nobody receives.
    ACCOUNT_MAIL = "account_mail"
    UNKNOWN_CATEGORY = "unknown_category"
    DECEASED = "deceased"
    CLIENT_DECEASED = "client_deceased"
    OPTED_OUT = "opted_out"
    SHARING_OFF = "sharing_off"
    CATEGORY_NOT_SHARED = "category_not_shared"
    ENDED = "ended"
    BASIS_EXPIRED = "basis_expired"
    NO_ADDRESS = "no_address"
    MUST_NOT_RECEIVE = "must_not_receive"
    NO_WORKING_ADDRESS = "no_working_address"
    SAME_INBOX = "same_inbox"
    # What only the sending finds, between queueing and sending.
    SAME_EVENT = "same_event"
    """The address has received, or will receive, another mail of the same occasion (R24)."""
    UNLINKED = "unlinked"
    """The relation was removed after the notice was queued."""
    ADDRESS_CHANGED = "address_changed"
    """The address is another one since the mail was queued; the mail goes to the new one instead."""


RECEIVING = frozenset({Reason.OWN_MAIL, Reason.SHARED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether one person on the account receives the notice, and why.

    Attributes:
        kind: the client, a linked client or a contact.
        reason: why they receive, or why not.
        name: as it is read out.
        address: where the mail goes, or would go.
        client_id: of the client themselves, or of the linked client.
        person_id: of the contact person.
        relation_id: of the link or contact; None for the client.
        sharing: what is shared over the relation, whether it counts or not.
        same_inbox_as: who gets the one mail of a shared inbox.
    """

    kind: RecipientKind
    reason: Reason
    name: str
    address: str | None
    client_id: ClientId | None = None
    person_id: PersonId | None = None
    relation_id: RelationId | None = None
    sharing: Sharing | None = None
    same_inbox_as: str = ""

    @property
    def receives(self) -> bool:
        """Say whether a mail goes to them."""
        return self.reason in RECEIVING

    @property
    def basis(self) -> Basis | None:
        """What the sharing rests on (R51)."""
        return self.sharing.basis if self.sharing else None

    @property
    def key(self) -> str:
        """Who it is about, among those on one account."""
        return self.relation_id or ""

    @property
    def inbox(self) -> str:
        """What two addresses of one inbox have in common: they open one login.

        Not the broader equality of R50: two addresses that differ by a dot are two inboxes at most
        providers, and a mail that somebody waits for must not get lost.
        """
        return login_equality(self.address or "")


def decide(
    family: Family,
    *,
    category: NoticeCategory,
    today: date,
    restrictions: Restrictions,
    paused: Collection[str] = (),
) -> tuple[Verdict, ...]:
    """Return a verdict for everybody on the account, the client first, then the family in its order.

    Archived clients receive what was agreed on: R17 is about new sharing, and a receipt may come late.

    Args:
        family: the client with everybody on the account.
        category: what the notice is about.
        today: the day in the practice's time zone.
        restrictions: who must not receive this client's mail.
        paused: addresses that do not work, in the form of login equality.
    """
    case = _Case(family=family, category=category, today=today, restrictions=restrictions, paused=paused)
    return _one_mail_an_inbox((case.client(), *map(case.member, family.members)))


def _one_mail_an_inbox(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Leave out all but the first of those who receive at one inbox (R24)."""
    first: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.receives:
            first.setdefault(verdict.inbox, verdict)
    return tuple(
        replace(verdict, reason=Reason.SAME_INBOX, same_inbox_as=first[verdict.inbox].name)
        if verdict.receives and first[verdict.inbox] is not verdict
        else verdict
        for verdict in verdicts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    family: Family
    category: NoticeCategory
    today: date
    restrictions: Restrictions
    paused: Collection[str]

    def client(self) -> Verdict:
        """Decide about the client's own mail."""
        client = self.family.client
        return Verdict(
            kind=RecipientKind.CLIENT,
            reason=self._own(client) or Reason.OWN_MAIL,
            name=client.display_name,
            address=client.email,
            client_id=client.id,
        )

    def member(self, member: Member) -> Verdict:
        """Decide about one row of the family."""
        verdict = Verdict(
            kind=RecipientKind.LINKED_CLIENT if isinstance(member, LinkedClient) else RecipientKind.CONTACT,
            reason=Reason.SHARED,
            name=member.name,
            address=member.email,
            client_id=member.client.id if isinstance(member, LinkedClient) else None,
            person_id=member.person.id if isinstance(member, ContactPerson) else None,
            relation_id=member.relation.id,
            sharing=member.side.sharing,
        )
        return replace(verdict, reason=self._copied(member, verdict) or Reason.SHARED)

    def _own(self, client: Client) -> Reason | None:
        if _is_deceased(client):
            return Reason.DECEASED
        # Who wants no notifications still gets what is none: account mail, and what nobody knows.
        if client.mail_opt_out and self.category.shared_as is not None:
            return Reason.OPTED_OUT
        return self._reached(client.email, client_id=client.id)

    def _copied(self, member: Member, verdict: Verdict) -> Reason | None:
        reason = self._shared(member)
        if reason is not None:
            return reason
        return self._reached(member.email, person_id=verdict.person_id, client_id=verdict.client_id)

    def _shared(self, member: Member) -> Reason | None:
        """Return what stands against a copy before it is asked where it would go."""
        if self.category is NoticeCategory.ACCOUNT:
            return Reason.ACCOUNT_MAIL
        if self.category is NoticeCategory.UNKNOWN:
            return Reason.UNKNOWN_CATEGORY
        if isinstance(member, LinkedClient) and _is_deceased(member.client):
            return Reason.DECEASED
        if _is_deceased(self.family.client):
            return Reason.CLIENT_DECEASED
        if member.relation.has_ended(today=self.today):
            return Reason.ENDED
        return self._agreed(member.side.sharing)

    def _agreed(self, sharing: Sharing | None) -> Reason | None:
        if sharing is None:
            return Reason.SHARING_OFF
        if self.category.shared_as not in sharing.categories:
            return Reason.CATEGORY_NOT_SHARED
        # On its expiry date an authorization has run out (R55).
        if sharing.expires_on is not None and sharing.expires_on <= self.today:
            return Reason.BASIS_EXPIRED
        return None

    def _reached(
        self, address: str | None, *, person_id: PersonId | None = None, client_id: ClientId | None = None
    ) -> Reason | None:
        if not address:
            return Reason.NO_ADDRESS
        if self.restrictions.bar(address, person_id=person_id, client_id=client_id):
            return Reason.MUST_NOT_RECEIVE
        if login_equality(address) in self.paused:
            return Reason.NO_WORKING_ADDRESS
        return None


def _is_deceased(client: Client) -> bool:
    return client.details.status is ClientStatus.DECEASED
