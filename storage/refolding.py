"""Going through everybody to compute anew what they are found by, while everybody else goes on working."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from bot.domain.ids import ClientId, PersonId
from storage.unit_of_work import SqlUnitOfWork


async def everybody_anew(
    open_unit: Callable[[], AbstractAsyncContextManager[SqlUnitOfWork]], *, at_once: int
) -> AsyncIterator[int]:
    """Go through all clients and then all contact persons, and yield how many clients are done.

    Args:
        open_unit: opens a unit that writes; there is one for each step, and none between two steps.
        at_once: how many clients or contact persons a step is about.
    """
    done = 0
    client: ClientId | None = None
    while True:
        async with open_unit() as unit:
            clients = await unit.clients.reindex_next(after=client, most=at_once)
        if not clients:
            break
        done, client = done + len(clients), clients[-1]
        yield done
    person: PersonId | None = None
    while True:
        async with open_unit() as unit:
            people = await unit.people.reindex_next(after=person, most=at_once)
        if not people:
            break
        person = people[-1]
        yield done
