"""Who of the staff is responsible for a client, and so is told when somebody's e-mails stop (R44)."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.client import MOST_OWNERS, Client, Owner
from bot.domain.errors import ChangedMeanwhile, Field, NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, StaffId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.changes import OWNERS, changed_parts
from bot.services.errand import Desk
from bot.services.findings import Findings
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import ClientSaved
from bot.services.ports import Clock, Directory, NewId, Storage, UnitOfWork
from bot.services.rights import needs
from bot.services.settings_checks import check_member


class KeepingOwners(Desk):
    """Owners are people of the workspace, kept under the names that they had when they were chosen."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId, directory: Directory) -> None:
        super().__init__(storage=storage, clock=clock, new_id=new_id)
        self._directory = directory

    @needs(Right.CHANGE_CLIENTS)
    async def change(
        self,
        actor: Actor,
        client_id: ClientId,
        owners: Iterable[StaffId],
        *,
        expected_version: int,
        submission: str | None = None,
    ) -> ClientSaved:
        """Say who is responsible for a client; nobody leaves it to those whom the settings name.

        Raises:
            NotFound: there is no such client in this workspace.
            InvalidInput: somebody is no full member of the workspace, or there are too many (OWNERS).
            ChangedMeanwhile: somebody said who is responsible after the form was opened.
            DirectoryUnavailable: Slack cannot be asked who they are.
        """
        chosen = tuple(dict.fromkeys(owners))
        findings = Findings()
        if len(chosen) > MOST_OWNERS:
            findings.add(Field.OWNERS, "owners.too_many", max=MOST_OWNERS)
        findings.refuse_if_any()
        members = [
            await check_member(self._directory, actor, each, Field.OWNERS, findings) for each in chosen
        ]
        findings.refuse_if_any()
        named = tuple(Owner(id=each.id, name=each.name) for each in members if each is not None)
        async with self._errand(actor) as errand:
            repeated = await errand.claim(submission) is not None
            client = (await errand.unit.clients.lock((client_id,))).get(client_id)
            if client is None:
                raise NotFound
            if repeated or {each.id for each in client.owners} == set(chosen):
                return ClientSaved(client=client, changed=False, repeated=repeated, same_address=())
            await _refuse_if_others_chose(errand.unit, client, expected_version)
            after = replace(client, owners=named, version=client.version + 1)
            await errand.unit.clients.update(after, expected_version=client.version)
            entry = await errand.record_client(Act.CLIENT_OWNERS_CHANGED, before=client, after=after)
            await errand.settle(submission, client_id)
            return ClientSaved(client=after, changed=True, repeated=False, same_address=(), entry=entry)


async def _refuse_if_others_chose(unit: UnitOfWork, client: Client, expected_version: int) -> None:
    """Refuse to save over other owners; what else was changed of the client meanwhile stays as it is."""
    try:
        await refuse_if_changed(unit, client, expected_version)
    except ChangedMeanwhile as changed:
        if not changed.entries or any(
            part.name == OWNERS for entry in changed.entries for part in changed_parts(entry)
        ):
            raise
