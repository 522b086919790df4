"""A crowd of clients as large as one likes: names in believable proportions, and no families."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.folding import fold
from bot.domain.ids import ClientId, WorkspaceId
from bot.domain.phone import Phone
from bot.playground.practice.drawn.names import origins
from bot.playground.practice.made_up import AREA_CODES, MAIL_DOMAINS
from bot.services.ports import NewId
from storage.database import Database

CROWD_OWN_ID = "C"
"""With a number the own ids: nobody in the stories has one like it."""

FIRST_BATCH = 10_000
"""Crowds of this size and more begin with the same people."""
_SEED = 20_260_314
_FIRST_BIRTHDAY = date(1936, 1, 1)
_DAYS = 32_000
_EVERY_ARCHIVED = 9
_EVERY_DOUBLE_NAME = 12
_SYLLABLES = (
    "ber",
    "dal",
    "far",
    "gan",
    "hol",
    "kes",
    "lin",
    "mar",
    "nor",
    "pel",
    "rin",
    "sol",
    "tam",
    "vel",
    "zor",
)


def crowd(count: int, new_id: NewId) -> Iterator[Client]:
    """Yield so many clients, the same ones each time but for their ids."""
    dice = Random(_SEED)  # noqa: S311 - made-up people
    first_names, surnames = _names(dice)
    by_rank = list(accumulate(1 / (rank + 5) for rank in range(len(surnames))))
    by_rank_of_first = list(accumulate(1 / (rank + 9) for rank in range(len(first_names))))
    for start in range(0, count, FIRST_BATCH):
        size = min(FIRST_BATCH, count - start)
        firsts = dice.choices(first_names, cum_weights=by_rank_of_first, k=size)
        lasts = dice.choices(surnames, cum_weights=by_rank, k=size)
        seconds = dice.choices(surnames, k=size)
        for number, first, last, second in zip(
            range(start, start + size), firsts, lasts, seconds, strict=True
        ):
            name = f"{last}-{second}" if number % _EVERY_DOUBLE_NAME == 0 else last
            yield Client(id=ClientId(new_id()), details=_details(number, first, name))


async def let_in(
    database: Database,
    workspace_id: WorkspaceId,
    count: int,
    new_id: NewId,
    *,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Put a crowd into a database that has next to nobody yet.

    Args:
        database: where to.
        workspace_id: whose clients they are.
        count: how many.
        new_id: the source of their ids.
        told: is told how many are in.

    Raises:
        StorageUnavailable: the database is locked, hung or gone.
    """
    coming, done = crowd(count, new_id), 0
    async with database.first_load():
        while batch := list(islice(coming, FIRST_BATCH)):
            async with database.writing(workspace_id) as unit:
                await unit.clients.add_all(batch)
            done += len(batch)
            told(done)


def _names(dice: Random) -> tuple[Sequence[str], Sequence[str]]:
    """Return first names and surnames, the frequent ones first; a crowd has more surnames than the lists."""
    every = origins()
    first_names = [name for origin in every for name in (*origin.women, *origin.men)]
    surnames = [name for origin in every for name in origin.surnames]
    dice.shuffle(first_names)
    dice.shuffle(surnames)
    made = {
        f"{one}{other}{third}".capitalize()
        for one in _SYLLABLES
        for other in _SYLLABLES
        for third in ("", *_SYLLABLES)
    }
    return first_names, [*dict.fromkeys((*surnames, *dice.sample(sorted(made), len(made))))]


def _details(number: int, first: str, last: str) -> ClientDetails:
    letters = ".".join(fold(f"{first} {last}").split())
    local = letters if letters.isascii() else "client"
    area = AREA_CODES[number % len(AREA_CODES)]
    return ClientDetails(
        first_name=first,
        last_name=last,
        own_id=f"{CROWD_OWN_ID}-{number + 1}",
        birth_date=_FIRST_BIRTHDAY + timedelta(days=number * 7919 % _DAYS),
        email=f"{local[:48]}.{number}@{MAIL_DOMAINS[number % len(MAIL_DOMAINS)]}",
        phones=(Phone(number=f"+1{area}555{number * 7919 % 10_000:04d}"),),
        status=ClientStatus.ARCHIVED if number % _EVERY_ARCHIVED == 0 else ClientStatus.ACTIVE,
    )
