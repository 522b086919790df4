"""The clients of a workspace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.client import Client, ClientDetails
from bot.domain.family import Family
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.match_reason import Reason
from bot.domain.person import PersonDetails
from bot.domain.settings import ChosenSettings
from bot.domain.sought import Sought
from bot.domain.staff_access import RolesGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClients:
    """The first matches of a search, best first, and how many in all: more than that, if `is_more`."""

    clients: tuple[Client, ...]
    total: int
    is_more: bool = False
    reasons: Mapping[ClientId, Reason] = field(default_factory=dict)
    """Why they were found, of those whose names do not say it."""


class Finding(Protocol):
    """What is read by itself and at once: in less than it takes to open a unit.

    That is whom somebody means by what they type, what is shown of them, what they may do and see at all;
    and what is looked for every two seconds, which takes a core from whoever acts just then.

    Raises:
        StorageUnavailable: the database is locked, hung or gone.
    """

    async def search(
        self,
        workspace_id: WorkspaceId,
        sought: Sought,
        *,
        limit: int,
        by: StaffId | None = None,
        leave_out_family_of: ClientId | None = None,
        with_numbers: bool = True,
    ) -> FoundClients:
        """Return pickable clients who have every group of what was typed.

        A word is the beginning of any part of the name, of the own id or of the e-mail; a number that of a
        phone, in any notation, or a date of birth. Accents, case, hyphens and the order of the words do not
        matter. Where few are found, one typing error is forgiven in one word.

        Active clients come before archived ones; among them first those whose name begins with the text,
        then those used lately by this person, then by anybody. No text: everybody, by name.

        Args:
            workspace_id: whose clients.
            sought: what was typed.
            limit: how many clients at most; `total` counts the others too, as far as they are counted.
            by: who looks.
            leave_out_family_of: a client to leave out, together with those actively linked to them (R13).
            with_numbers: whether the telephone numbers of those who are found are read; else none has any.
        """
        ...

    async def exact(self, workspace_id: WorkspaceId, text: str) -> tuple[Client, ...]:
        """Return the pickable clients whose whole name, own id, e-mail or phone is `text`, folded.

        A whole name is first and last in either order ("Maria Lopez", "Lopez, Maria"), or preferred and last.
        """
        ...

    async def client(self, workspace_id: WorkspaceId, client_id: ClientId) -> Client | None:
        """Return a client, or None."""
        ...

    async def family(self, workspace_id: WorkspaceId, client_id: ClientId) -> Family | None:
        """Return a client with the active relations, each kind by folded name, as of one moment, or None."""
        ...

    async def in_force(self, workspace_id: WorkspaceId) -> tuple[ChosenSettings, RolesGiven]:
        """Return the settings, and everything that was said of anybody's roles, as of one moment."""
        ...

    async def announcements_wait(self, workspace_id: WorkspaceId) -> bool:
        """Say whether there is anything that staff are to be told."""
        ...


class Clients(Protocol):
    """The clients of one workspace."""

    async def get(self, client_id: ClientId) -> Client | None:
        """Return a client, or None where this workspace has no such client."""
        ...

    async def lock(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist, held against other writers until the unit ends.

        Rows are taken in the order of their ids, so that two units never wait for each other.
        """
        ...

    async def hold(self, client_ids: Collection[ClientId]) -> None:
        """Hold clients as `lock` does, and return nothing."""
        ...

    async def add(self, client: Client) -> None:
        """Store a new client, findable at once.

        Raises:
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def update(self, client: Client, *, expected_version: int) -> None:
        """Store changed details under `client.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def add_all(self, clients: Sequence[Client]) -> None:
        """Store many new clients in a few statements, findable at once: all of them or, on an error, none.

        Raises:
            InvalidInput: own ids belong to other clients, stored ones or ones of the batch (at
                `Field.OWN_ID`, a problem for each).
        """
        ...

    def prepared(self, clients: Sequence[Client]) -> object:
        """Compute what storing new clients takes, and return it for `add_prepared` of any unit."""
        ...

    async def add_prepared(self, prepared: object) -> None:
        """Store new clients as `add_all` does, with everything computed already.

        Raises:
            InvalidInput: as there.
        """
        ...

    async def update_all(self, changed: Sequence[tuple[Client, int]]) -> None:
        """Store many clients, each once and with the version expected of it: all or, on an error, none.

        Raises:
            ChangedMeanwhile: a stored version is not the expected one.
            InvalidInput: own ids belong to other clients (at `Field.OWN_ID`, a problem for each).
        """
        ...

    async def use(self, client_ids: Sequence[ClientId], *, by: StaffId, at: datetime) -> None:
        """Remember that a person has used clients, the latest last; of many only the latest are kept."""
        ...

    async def with_email(self, address: str) -> tuple[Client, ...]:
        """Return the clients whose address opens the same login (R14), the deceased not among them."""
        ...

    async def with_own_id(self, own_id: str) -> Client | None:
        """Return the client, the deceased among them, with this own id in whatever case, or None."""
        ...

    async def with_own_ids(self, own_ids: Collection[str]) -> dict[str, Client]:
        """Return the clients, the deceased among them, with these own ids, each by its `own_id_equality`."""
        ...

    async def with_zeros_before(self, own_ids: Collection[str]) -> dict[str, Client]:
        """Return the clients whose own id is one of these numbers behind zeros, each by the number alone."""
        ...

    async def alike(self, details: ClientDetails) -> tuple[Client, ...]:
        """Return clients with the same folded name or the same e-mail: candidates for R12, not yet judged."""
        ...

    async def unmet_alike(
        self, details: Sequence[ClientDetails], import_id: str, *, only_without_own_id: bool = False
    ) -> tuple[Client, ...]:
        """Return the clients alike one of several, those left out whom rows of an import were about.

        Args:
            details: whose name and e-mail are compared.
            import_id: the import.
            only_without_own_id: whether to leave out those, too, whom the practice gave an id.
        """
        ...

    async def like_person(self, details: PersonDetails, *, limit: int) -> tuple[Client, ...]:
        """Return pickable clients with the name, the e-mail or a number of a contact: candidates for R35."""
        ...
