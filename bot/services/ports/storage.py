"""The database, a unit at a time."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.ids import WorkspaceId
from bot.services.ports.announcements import Announcements
from bot.services.ports.api_tokens import ApiTokens
from bot.services.ports.audit_trail import AuditTrail
from bot.services.ports.clients import Clients, Finding
from bot.services.ports.deliveries import Deliveries, Submissions
from bot.services.ports.families import Families
from bot.services.ports.history import History
from bot.services.ports.import_memory import ImportMemory
from bot.services.ports.mail_rules import MailRules
from bot.services.ports.must_not_receive import Restrictions
from bot.services.ports.notices import AddressPauses, Copies, Notices, SentMail
from bot.services.ports.people import People
from bot.services.ports.relations import Relations
from bot.services.ports.roster import Imports
from bot.services.ports.sent_summaries import SentSummaries
from bot.services.ports.settings import PracticeSettings


class UnitOfWork(Protocol):
    """One transaction in one workspace. Everything read and written belongs to that workspace."""

    @property
    def clients(self) -> Clients:
        """The clients."""
        ...

    @property
    def people(self) -> People:
        """The contact persons."""
        ...

    @property
    def relations(self) -> Relations:
        """Links and contacts."""
        ...

    @property
    def families(self) -> Families:
        """Many clients with their relations at once."""
        ...

    @property
    def history(self) -> History:
        """The record of changes."""
        ...

    @property
    def audit(self) -> AuditTrail:
        """The record as a whole: read, checked, and what may ever be taken out of it."""
        ...

    @property
    def submissions(self) -> Submissions:
        """The submissions already carried out."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What was taken up of what Slack delivers."""
        ...

    @property
    def imports(self) -> Imports:
        """The imports under way."""
        ...

    @property
    def settings(self) -> PracticeSettings:
        """What the practice has chosen, and who has which role."""
        ...

    @property
    def sent_summaries(self) -> SentSummaries:
        """The summaries that stand in direct messages."""
        ...

    @property
    def import_memory(self) -> ImportMemory:
        """What an import has learnt from its rows."""
        ...

    @property
    def notices(self) -> Notices:
        """The notices."""
        ...

    @property
    def copies(self) -> Copies:
        """The mail of each notice to each recipient."""
        ...

    @property
    def address_pauses(self) -> AddressPauses:
        """The addresses that do not work."""
        ...

    @property
    def mail_rules(self) -> MailRules:
        """What the practice says its mail is about."""
        ...

    @property
    def api_tokens(self) -> ApiTokens:
        """The tokens of systems that hand in notices."""
        ...

    @property
    def announcements(self) -> Announcements:
        """What staff are to be told."""
        ...

    @property
    def restrictions(self) -> Restrictions:
        """Who must not receive whose mail."""
        ...


class Storage(Protocol):
    """The database. Its units end with the block: committed on a clean exit, rolled back on an exception.

    Raises:
        StorageUnavailable: the database is locked, hung or gone; nothing was changed.
    """

    @property
    def sent_mail(self) -> SentMail:
        """What is asked between two mails."""
        ...

    @property
    def finding(self) -> Finding:
        """What is read by itself and at once."""
        ...

    def reading(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit that only reads, all of it as of one moment."""
        ...

    def writing(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit that writes; on SQLite it holds the write lock from the start."""
        ...
