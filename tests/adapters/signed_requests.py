"""Requests signed as Slack signs them."""

import hashlib
import hmac
import time
from urllib.parse import urlencode

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - made up for the tests
FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None, kind: str = FORM) -> dict[str, str]:
    """Return the headers of a request that was signed at this moment, now unless given."""
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }


def command(text: str) -> bytes:
    """Return the body of a slash command."""
    return urlencode(
        {
            "command": "/family",
            "text": text,
            "user_id": "U0ANA",
            "team_id": "T0KINWARD",
            "channel_id": "C0FRONT",
            "trigger_id": "1.2.3",
            "api_app_id": "A0KINWARD",
        }
    ).encode()
