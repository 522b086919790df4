"""Making, showing, revoking and recognising the tokens of systems that hand in notices."""

import secrets
from dataclasses import dataclass, replace

from bot.domain.api_token import MAX_NAME_LENGTH, ApiToken, TokenText
from bot.domain.errors import NotFound, TokenNameRefused
from bot.domain.folding import tidy
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import TokenId, WorkspaceId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, NewId, Storage
from bot.services.rights import needs

_SECRET_BYTES = 32
"""As many as the hash has: no shorter way than trying them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made, with the text that is shown this once."""

    token: ApiToken
    text: TokenText


class ApiTokens:
    """Keeps the tokens of a practice."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id

    @needs(Right.CHANGE_SETTINGS)
    async def create(self, actor: Actor, name: str) -> NewToken:
        """Make a token.

        Raises:
            TokenNameRefused: it has no name, or one that is too long.
        """
        tidied = tidy(name)
        if not 0 < len(tidied) <= MAX_NAME_LENGTH:
            raise TokenNameRefused
        text = TokenText(token_id=TokenId(self._new_id()), secret=secrets.token_urlsafe(_SECRET_BYTES))
        token = ApiToken(
            id=text.token_id,
            name=tidied,
            digest=text.digest,
            created_at=self._clock.now(),
            created_by=actor.staff_id,
            created_by_name=actor.name,
        )
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.api_tokens.add(token)
            await unit.history.append(self._entry(actor, before=None, after=token.name))
        return NewToken(token=token, text=text)

    @needs(Right.CHANGE_SETTINGS)
    async def every(self, actor: Actor) -> tuple[ApiToken, ...]:
        """Return all tokens, the revoked among them, oldest first."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.api_tokens.every()

    @needs(Right.CHANGE_SETTINGS)
    async def revoke(self, actor: Actor, token_id: TokenId) -> ApiToken:
        """Have a token open nothing any more, from the next request on.

        Revoking it again changes nothing: who was first stays on record.

        Raises:
            NotFound: there is no such token in this workspace.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            token = await unit.api_tokens.get(token_id)
            if token is None:
                raise NotFound
            revoked = replace(
                token,
                revoked_at=self._clock.now(),
                revoked_by=actor.staff_id,
                revoked_by_name=actor.name,
            )
            if not await unit.api_tokens.revoke(revoked):
                return token
            await unit.history.append(self._entry(actor, before=token.name, after=None))
            return revoked

    async def recognise(self, workspace_id: WorkspaceId, shown: str) -> ApiToken | None:
        """Return the token that a system showed and record the use, or None where it opens nothing."""
        text = TokenText.read(shown)
        if text is None:
            return None
        async with self._storage.writing(workspace_id) as unit:
            token = await unit.api_tokens.get(text.token_id)
            if token is None or not token.opens_with(text):
                return None
            await unit.api_tokens.used(token.id, self._clock.now())
        return token

    def _entry(self, actor: Actor, *, before: str | None, after: str | None) -> HistoryEntry:
        """Return what the record keeps of a token that was made or revoked."""
        return entry_by(
            actor,
            Act.SETTINGS_CHANGED,
            at_clock=self._clock,
            subject_id="token",
            before={"token": before},
            after={"token": after},
        )

    async def any_counts(self, workspace_id: WorkspaceId) -> bool:
        """Say whether there is a token at all that opens the door: without one there is no door."""
        async with self._storage.reading(workspace_id) as unit:
            return await unit.api_tokens.any_counts()
