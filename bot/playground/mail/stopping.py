"""What a mail program does when its reader stops a sender's e-mails (RFC 2369, RFC 8058).

It goes through the bot's own doors: a mail to the address, or a request to the link, as the header says.
"""

import re
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import aiohttp
import aiosmtplib

from bot.playground.mail.letter import Letter
from bot.playground.slack.acts.outcome import NotPossibleError

_TARGET = re.compile(r"<((?:mailto|https?):[^<>\s]+)>")
_HOST = "127.0.0.1"
_NO_WAY = "This e-mail does not say how to stop it."
_NOT_TAKEN = "The stop did not get through. Please try again."


async def stop(letter: Letter, *, mail_port: int | None, http_root: str | None) -> str:
    """Stop what came with a letter, and return the token that says which copies that were.

    Args:
        letter: the letter.
        mail_port: where the bot takes mail in on this machine, as it would come from the practice's server.
        http_root: where it is reached over HTTP, in place of its public address.

    Raises:
        NotPossibleError: the letter cannot be stopped, or the bot did not take it.
    """
    found = _TARGET.search(letter.stops_with)
    target = urlsplit(found.group(1) if found else "")
    try:
        if target.scheme == "mailto" and mail_port is not None:
            address = unquote(target.path)
            await _write(
                letter, address, subject=parse_qs(target.query).get("subject", ["stop"])[0], port=mail_port
            )
            return address.rpartition("@")[0].rpartition("-")[2]
        if target.scheme and http_root is not None:
            await _click(f"{http_root}{target.path}")
            return target.path.rpartition("/")[2]
    except (aiohttp.ClientError, aiosmtplib.SMTPException, OSError):
        raise NotPossibleError(_NOT_TAKEN) from None
    raise NotPossibleError(_NO_WAY)


async def _write(letter: Letter, address: str, *, subject: str, port: int) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = letter.inbox, address, subject
    message.set_content("")
    await aiosmtplib.send(message, hostname=_HOST, port=port, start_tls=False)


async def _click(url: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data={"List-Unsubscribe": "One-Click"}, raise_for_status=True),
    ):
        return
