"""The tokens of one workspace."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.api_token import ApiToken
from bot.domain.ids import StaffId, TokenId
from storage.tables import api_tokens
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_c = api_tokens.c
_EVERY = (
    select(
        _c.id,
        _c.name,
        _c.digest,
        _c.created_at,
        _c.created_by,
        _c.created_by_name,
        _c.uses,
        _c.last_used_at,
        _c.revoked_at,
        _c.revoked_by,
        _c.revoked_by_name,
    )
    .where(_c.workspace_id == IN_WORKSPACE)
    .order_by(_c.id)
)
_ONE = _EVERY.where(_c.id == bindparam("of_token"))
_COUNTING = select(_c.id).where(_c.workspace_id == IN_WORKSPACE, _c.revoked_at.is_(None)).limit(1)
_CHANGE = api_tokens.update().where(_c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_token"))
_REVOKE = _CHANGE.where(_c.revoked_at.is_(None))


class SqlApiTokens:
    """`bot.services.ports.ApiTokens` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def every(self) -> tuple[ApiToken, ...]:
        """Return all tokens, oldest first."""
        return tuple(map(_token_from, await self._connection.rows(_EVERY)))

    async def get(self, token_id: TokenId) -> ApiToken | None:
        """Return a token, or None."""
        row = await self._connection.row(_ONE, of_token=token_id)
        return _token_from(row) if row is not None else None

    async def add(self, token: ApiToken) -> None:
        """Store a new token."""
        await self._connection.insert(
            api_tokens,
            {
                "id": token.id,
                "name": token.name,
                "digest": token.digest,
                "created_at": token.created_at,
                "created_by": token.created_by,
                "created_by_name": token.created_by_name,
                "uses": token.uses,
            },
        )

    async def used(self, token_id: TokenId, at: datetime) -> None:
        """Count one use."""
        await self._connection.change(_CHANGE.values(uses=_c.uses + 1, last_used_at=at), of_token=token_id)

    async def revoke(self, token: ApiToken) -> bool:
        """Store that a token is revoked, and say whether nobody had revoked it before."""
        values = {
            "revoked_at": token.revoked_at,
            "revoked_by": token.revoked_by,
            "revoked_by_name": token.revoked_by_name,
        }
        return await self._connection.change(_REVOKE.values(values), of_token=token.id) == 1

    async def any_counts(self) -> bool:
        """Say whether there is a token that is not revoked."""
        return await self._connection.row(_COUNTING) is not None


def _token_from(row: Sequence[Any]) -> ApiToken:
    token_id, name, digest, created_at, created_by, created_by_name, uses, last, revoked, by, by_name = row
    return ApiToken(
        id=TokenId(token_id),
        name=name,
        digest=digest,
        created_at=created_at,
        created_by=StaffId(created_by),
        created_by_name=created_by_name,
        uses=uses,
        last_used_at=last,
        revoked_at=revoked,
        revoked_by=StaffId(by) if by is not None else None,
        revoked_by_name=by_name,
    )
