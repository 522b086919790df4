"""A token with which a system of the practice hands in notices and asks who would receive them."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.ids import StaffId, TokenId

MAX_NAME_LENGTH = 80
"""Room for what the token is for: "EHR, front office"."""

_SHOWN = re.compile(r"kwt_([0-9A-Za-z]{1,40})_([0-9A-Za-z_-]{20,100})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenText:
    """A token as it is shown once: which one it is, and the secret of which only a hash is stored."""

    token_id: TokenId
    secret: str

    def __repr__(self) -> str:
        """Leave the secret out: what is printed or logged by mistake must not open anything."""
        return f"TokenText(token_id={self.token_id!r})"

    @property
    def shown(self) -> str:
        """The text to copy. It begins with `kwt_`, so that a scanner of leaked secrets can know it."""
        return f"kwt_{self.token_id}_{self.secret}"

    @property
    def digest(self) -> str:
        """What is stored of the secret. It is random and long, so no slow hash is needed to protect it."""
        return sha256(self.secret.encode()).hexdigest()

    @classmethod
    def read(cls, text: str) -> "TokenText | None":
        """Read what a system sends as its token; None where it can be no token of ours."""
        match = _SHOWN.fullmatch(text)
        return cls(token_id=TokenId(match[1]), secret=match[2]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token as it is kept.

    Attributes:
        name: what it is for, in the words of whoever made it.
        digest: the hash of its secret.
        uses: how often it opened the door.
        last_used_at: when it did last; None where it never has.
        revoked_at: since when it opens nothing; None while it does.
    """

    id: TokenId
    name: str
    digest: str
    created_at: datetime
    created_by: StaffId
    created_by_name: str
    uses: int = 0
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: StaffId | None = None
    revoked_by_name: str | None = None

    def __repr__(self) -> str:
        """Leave the digest out."""
        return f"ApiToken(id={self.id!r})"

    def opens_with(self, text: TokenText) -> bool:
        """Say whether this is the token and still counts; compared in constant time."""
        is_it = hmac.compare_digest(self.digest, text.digest)
        return is_it and self.revoked_at is None
