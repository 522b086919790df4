"""The tokens with which systems of a practice hand in notices."""

from datetime import datetime
from typing import Protocol

from bot.domain.api_token import ApiToken
from bot.domain.ids import TokenId


class ApiTokens(Protocol):
    """The tokens of one workspace."""

    async def every(self) -> tuple[ApiToken, ...]:
        """Return all tokens, the revoked among them, oldest first."""
        ...

    async def get(self, token_id: TokenId) -> ApiToken | None:
        """Return a token, or None where this workspace has no such token."""
        ...

    async def add(self, token: ApiToken) -> None:
        """Store a new token."""
        ...

    async def used(self, token_id: TokenId, at: datetime) -> None:
        """Count one use."""
        ...

    async def revoke(self, token: ApiToken) -> bool:
        """Store that a token is revoked, and say whether nobody had revoked it before."""
        ...

    async def any_counts(self) -> bool:
        """Say whether there is a token that is not revoked."""
        ...
