"""A process that sends what is queued until it is killed: `python -m tests.adapters.sending_process`."""

import asyncio
import sys

from tests.databases import opened
from tests.services.mail_practice import MailPractice


async def work(url: str, mail_server: str, connections: str) -> None:
    """Send whatever is due, again and again."""
    async with opened(url) as database:
        worker = MailPractice(database).worker(mail_server, connections=int(connections))
        worker.begin()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
