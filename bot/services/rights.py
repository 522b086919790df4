"""The guard of every service method: whoever acts has the right it needs, or nothing is even looked at (P7).

It stands at the method and not at the entries, so that no entry can forget it. An actor has the rights that
were found at this very interaction: nobody keeps a role that was taken away.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from bot.domain.errors import NotInSlack, NotPermitted, SeesNoClients
from bot.domain.staff import Actor
from bot.domain.staff_role import Right

Service = TypeVar("Service")
Given = ParamSpec("Given")
Result = TypeVar("Result")

_WITH_CLIENTS = frozenset({Right.SEE_CLIENTS, Right.CHANGE_CLIENTS})
_NEEDED: dict[object, Right] = {}


def needs(
    right: Right,
) -> Callable[
    [Callable[Concatenate[Service, Actor, Given], Coroutine[object, object, Result]]],
    Callable[Concatenate[Service, Actor, Given], Coroutine[object, object, Result]],
]:
    """Return the guard of a method whose first argument is the actor.

    Raises:
        NotPermitted: at each call by an actor without the right.
    """

    def guard(
        method: Callable[Concatenate[Service, Actor, Given], Coroutine[object, object, Result]],
    ) -> Callable[Concatenate[Service, Actor, Given], Coroutine[object, object, Result]]:
        @wraps(method)
        async def guarded(
            service: Service, actor: Actor, /, *args: Given.args, **named: Given.kwargs
        ) -> Result:
            refuse_without(right, actor)
            return await method(service, actor, *args, **named)

        _NEEDED[guarded] = right
        return guarded

    return guard


def refuse_without(right: Right, actor: Actor) -> None:
    """Refuse an actor who has not this right.

    Raises:
        NotInSlack: their role allows it, but the practice's settings do not at present.
        SeesNoClients: they have not, and are an admin, who may give themselves a role that has.
        NotPermitted: they have not.
    """
    if right in actor.withheld:
        raise NotInSlack(right)
    if right in actor.rights:
        return
    if right in _WITH_CLIENTS and actor.may(Right.CHANGE_SETTINGS):
        raise SeesNoClients(right)
    raise NotPermitted(right)


def right_needed(method: object) -> Right | None:
    """Return the right that a method asks for, or None where it asks for none."""
    return _NEEDED.get(method)
