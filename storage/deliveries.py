"""Which of Slack's deliveries were taken up, by whichever process."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, bindparam

from storage.column_types import Moment
from storage.tables import deliveries
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_BEFORE: BindParameter[datetime] = bindparam("before", type_=Moment)
_FORGET = deliveries.delete().where(deliveries.c.workspace_id == IN_WORKSPACE, deliveries.c.at < _BEFORE)


class SqlDeliveries:
    """`bot.services.ports.Deliveries` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def take_up(self, keys: Collection[str], at: datetime) -> frozenset[str]:
        """Take the keys up, and return those that nobody had taken up before."""
        # In order, so that two processes with the same keys never wait for each other.
        rows = [{"key": key, "at": at} for key in sorted(keys)]
        unique = (deliveries.c.workspace_id, deliveries.c.key)
        inserted = await self._connection.insert_those_not_there(
            deliveries, rows, unique=unique, returning=deliveries.c.key
        )
        return frozenset(map(str, inserted))

    async def forget(self, *, before: datetime) -> int:
        """Forget what was taken up before a moment, and return how many that were."""
        return await self._connection.change(_FORGET, before=before)
