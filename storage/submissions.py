"""Which submissions were carried out, so that a second one of the same key has no effect."""

from datetime import UTC, datetime

from sqlalchemy import BindParameter, bindparam, select

from storage.tables import submissions
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_OF_KEY: BindParameter[str] = bindparam("of_key")
_SUBJECT = select(submissions.c.subject_id).where(
    submissions.c.workspace_id == IN_WORKSPACE, submissions.c.key == _OF_KEY
)
_SETTLE = submissions.update().where(submissions.c.workspace_id == IN_WORKSPACE, submissions.c.key == _OF_KEY)


class SqlSubmissions:
    """`bot.services.ports.Submissions` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def claim(self, key: str) -> str | None:
        """Take the key and return None, or return the subject of the unit that had it before.

        A key that was claimed and never settled has the empty subject.
        """
        claimed = await self._connection.insert_unless_there(
            submissions,
            # The moment tells old keys from new ones; nothing is decided by it.
            {"key": key, "subject_id": "", "at": datetime.now(tz=UTC)},
            unique=(submissions.c.workspace_id, submissions.c.key),
        )
        if claimed:
            return None
        row = await self._connection.row(_SUBJECT, of_key=key)
        return str(row[0]) if row is not None else ""

    async def settle(self, key: str, subject_id: str) -> None:
        """Remember what a claimed submission was about; LookupError where the key was not claimed."""
        if await self._connection.change(_SETTLE.values(subject_id=subject_id), of_key=key) != 1:
            raise LookupError("the submission was not claimed")
