"""The addresses of one workspace that do not work."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from bot.domain.email import login_equality
from bot.domain.ids import CopyId
from bot.domain.mail_copy import AddressPause
from storage.tables import address_pauses
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_AMONG = select(address_pauses.c.address).where(
    address_pauses.c.workspace_id == IN_WORKSPACE,
    address_pauses.c.address.in_(bindparam("addresses", expanding=True)),
)
_ALL = (
    select(address_pauses.c.address, address_pauses.c.since, address_pauses.c.code, address_pauses.c.copy_id)
    .where(address_pauses.c.workspace_id == IN_WORKSPACE)
    .order_by(address_pauses.c.since.desc(), address_pauses.c.address)
)
_REMOVE = address_pauses.delete().where(
    address_pauses.c.workspace_id == IN_WORKSPACE, address_pauses.c.address == bindparam("of_address")
)


class SqlAddressPauses:
    """`bot.services.ports.AddressPauses` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def among(self, addresses: Collection[str]) -> frozenset[str]:
        """Return those of the addresses that are paused, each in the form of login equality."""
        wanted = sorted(set(map(login_equality, addresses)))
        if not wanted:
            return frozenset()
        return frozenset(row[0] for row in await self._connection.rows(_AMONG, addresses=wanted))

    async def add(self, pause: AddressPause) -> None:
        """Pause an address; one that is paused already stays as it is."""
        await self._connection.insert_unless_there(
            address_pauses,
            {
                "address": login_equality(pause.address),
                "since": pause.since,
                "code": pause.code,
                "copy_id": pause.copy_id,
            },
            unique=(address_pauses.c.workspace_id, address_pauses.c.address),
        )

    async def remove(self, address: str) -> bool:
        """Let an address be used again, and say whether it was paused."""
        return await self._connection.change(_REMOVE, of_address=login_equality(address)) == 1

    async def all(self) -> tuple[AddressPause, ...]:
        """Return every address that is paused, the latest first."""
        return tuple(
            AddressPause(address=address, since=since, code=code, copy_id=CopyId(copy_id))
            for address, since, code, copy_id in await self._connection.rows(_ALL)
        )
