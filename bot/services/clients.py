"""The clients of the practice: finding, adding, editing."""

from dataclasses import replace

from bot.domain.client import Client, ClientDetails
from bot.domain.errors import NotFound
from bot.domain.folding import tidy
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.domain.match_reason import reason_for
from bot.domain.sought import Sought
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.domain.typed_dates import month_first_in
from bot.services.admission import Answers, admit, amend, same_address
from bot.services.details import check_client
from bot.services.errand import Desk, Errand
from bot.services.findings import Findings
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import ClientSaved
from bot.services.ports import FoundClients, UnitOfWork
from bot.services.rights import needs


class Clients(Desk):
    """Each method is one transaction; a change leaves exactly one entry in the history."""

    @needs(Right.SEE_CLIENTS)
    async def get(self, actor: Actor, client_id: ClientId) -> Client:
        """Return a client, to be named; where the contact details are shown it is `details`.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        client = await self._storage.finding.client(actor.workspace_id, client_id)
        if client is None:
            raise NotFound
        return client

    @needs(Right.SEE_CLIENTS)
    async def details(self, actor: Actor, client_id: ClientId) -> Client:
        """Return a client whose contact details are shown; it is on record as a look at them (R52).

        Raises:
            NotFound: there is no such client in this workspace.
        """
        client = await self.get(actor, client_id)
        self._looked(actor, Act.CLIENT_SEEN, client_id)
        return client

    @needs(Right.SEE_CLIENTS)
    async def find(
        self, actor: Actor, text: str, *, limit: int = 20, leave_out_family_of: ClientId | None = None
    ) -> FoundClients:
        """Return the clients whose name, own id, e-mail or phone begin with the words of `text` (R13).

        They are for choosing from: their telephone numbers are with them only where one may have been typed.

        Args:
            actor: who looks.
            text: what was typed; nothing typed finds everybody.
            limit: how many at most.
            leave_out_family_of: a client to leave out with those already linked to them.
        """
        sought = Sought.read(text, month_first=month_first_in(self._region))
        found = await self._storage.finding.search(
            actor.workspace_id,
            sought,
            limit=limit,
            by=actor.staff_id,
            leave_out_family_of=leave_out_family_of,
            with_numbers=sought.has_number,
        )
        reasons = {client.id: why for client in found.clients if (why := reason_for(client, sought))}
        return replace(found, reasons=reasons) if reasons else found

    @needs(Right.SEE_CLIENTS)
    async def exact(self, actor: Actor, text: str) -> tuple[Client, ...]:
        """Return the clients whose whole name, own id, e-mail or phone is `text`; none for no text."""
        sought = tidy(text)
        if not sought:
            return ()
        return await self._storage.finding.exact(actor.workspace_id, sought)

    @needs(Right.SEE_CLIENTS)
    async def are_there_any(self, actor: Actor) -> bool:
        """Say whether the practice has a client at all."""
        everybody = Sought.read("")
        found = await self._storage.finding.search(actor.workspace_id, everybody, limit=1, with_numbers=False)
        return bool(found.clients)

    @needs(Right.CHANGE_CLIENTS)
    async def add(
        self,
        actor: Actor,
        details: ClientDetails,
        *,
        despite: frozenset[ClientId] = frozenset(),
        address_confirmed: bool = False,
        submission: str | None = None,
    ) -> ClientSaved:
        """Add a client.

        Args:
            actor: who adds.
            details: as typed; tidied and checked here.
            despite: likely duplicates whom staff have seen and know to be somebody else (R12).
            address_confirmed: staff have seen who else has the address (R14).
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            InvalidInput: something under a field.
            LikelyDuplicates: clients who may be this one, beyond those in `despite`.
            AddressInUse: other clients have the address.
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await _saved_before(errand.unit, ClientId(earlier))
            client = Client(id=ClientId(self._new_id()), details=checked_client(errand, details))
            await admit(errand, client, Answers(despite=despite, address_confirmed=address_confirmed))
            await errand.settle(submission, client.id)
            return await _saved(errand.unit, client, changed=True)

    @needs(Right.CHANGE_CLIENTS)
    async def edit(
        self,
        actor: Actor,
        client_id: ClientId,
        details: ClientDetails,
        *,
        expected_version: int,
        address_confirmed: bool = False,
        submission: str | None = None,
    ) -> ClientSaved:
        """Change a client's details to what the form says.

        Raises:
            NotFound: there is no such client in this workspace.
            ChangedMeanwhile: somebody changed the client after the form was opened.
            InvalidInput: something under a field.
            AddressInUse: the address is new and other clients have it (R14).
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await _saved_before(errand.unit, ClientId(earlier))
            client = (await errand.unit.clients.lock((client_id,))).get(client_id)
            if client is None:
                raise NotFound
            await refuse_if_changed(errand.unit, client, expected_version)
            checked = checked_client(errand, details)
            after, entry = await amend(errand, client, checked, address_confirmed=address_confirmed)
            await errand.settle(submission, client_id)
            saved = await _saved(errand.unit, after, changed=entry is not None)
            return replace(saved, entry=entry)

    @needs(Right.CHANGE_CLIENTS)
    async def set_mail_opt_out(
        self, actor: Actor, client_id: ClientId, *, opt_out: bool, submission: str | None = None
    ) -> ClientSaved:
        """Record whether a client wants no notification e-mails; those with whom they share receive (R26).

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await _saved_before(errand.unit, ClientId(earlier))
            client = (await errand.unit.clients.lock((client_id,))).get(client_id)
            if client is None:
                raise NotFound
            after, entry = client, None
            if client.mail_opt_out is not opt_out:
                after = replace(client, mail_opt_out=opt_out, version=client.version + 1)
                await errand.unit.clients.update(after, expected_version=client.version)
                act = Act.CLIENT_MAIL_STOPPED if opt_out else Act.CLIENT_MAIL_RESUMED
                entry = await errand.record_client(act, before=client, after=after)
            await errand.settle(submission, client_id)
            saved = await _saved(errand.unit, after, changed=entry is not None)
            return replace(saved, entry=entry)


def checked_client(errand: Errand, details: ClientDetails) -> ClientDetails:
    """Return the details as they are stored.

    Raises:
        InvalidInput: with everything that is wrong.
    """
    findings = Findings()
    checked = check_client(details, today=errand.today, region=errand.region, findings=findings)
    findings.refuse_if_any()
    return checked


async def _get(unit: UnitOfWork, client_id: ClientId) -> Client:
    client = await unit.clients.get(client_id)
    if client is None:
        raise NotFound
    return client


async def _saved(unit: UnitOfWork, client: Client, *, changed: bool) -> ClientSaved:
    holders = await same_address(unit, client)
    return ClientSaved(client=client, changed=changed, repeated=False, same_address=holders)


async def _saved_before(unit: UnitOfWork, client_id: ClientId) -> ClientSaved:
    client = await _get(unit, client_id)
    holders = await same_address(unit, client)
    return ClientSaved(client=client, changed=False, repeated=True, same_address=holders)
