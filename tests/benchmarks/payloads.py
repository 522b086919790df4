"""What is sent: payloads as the local Slack makes them, with the ids of each request put in."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - made up for the benchmarks
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One payload as it was once sent, and the words in it that differ from request to request."""

    kind: str
    """The type of its envelope."""
    text: str
    """The payload as JSON."""
    user: str
    trigger: str
    fills: tuple[str, ...] = ()
    """What `Template.made` puts other words for, in this order."""

    def made(self, *words: str, user: str) -> "Request":
        """Return the next request: nothing about it was ever sent before, but who acts."""
        number = next(_numbers)
        trigger = f"{number}.{time.time_ns()}.bench"
        text = self.text
        for old, new in ((self.user, user), (self.trigger, trigger), *zip(self.fills, words, strict=True)):
            text = text.replace(old, new)
        return Request(kind=self.kind, payload=text, trigger=trigger, envelope_id=f"envelope-{trigger}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One payload, to be sent once."""

    kind: str
    payload: str
    trigger: str
    envelope_id: str

    def envelope(self) -> str:
        """Return it as it comes over a socket."""
        accepts = "true"
        return (
            f'{{"envelope_id": "{self.envelope_id}", "payload": {self.payload}, '
            f'"type": "{self.kind}", "accepts_response_payload": {accepts}}}'
        )

    def http(self, *, host: str, path: str) -> bytes:
        """Return it as a signed HTTP request."""
        form = json.loads(self.payload) if self.kind == "slash_commands" else {"payload": self.payload}
        body = urlencode(form).encode()
        stamp = str(int(time.time()))
        base = b"v0:" + stamp.encode() + b":" + body
        signature = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
            f"X-Slack-Signature: v0={signature}\r\n\r\n"
        )
        return head.encode() + body
