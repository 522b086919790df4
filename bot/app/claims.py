"""Whether something was delivered before, asked when the work is done and not in front of it.

Slack repeats an event that was not acked in time, a socket that comes back may bring an envelope again, and
a proxy may send a request twice: to this process or to another. Whoever writes the key first carries it
out. The ack never waits for that. A window does not either, as Slack opens one for a trigger and no second;
whatever else a person would see does, for a moment.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Ack
from bot.handlers.routes import is_answered
from bot.services.deliveries import Deliveries

_MOST_RECENT = 1_000
_log = structlog.get_logger(__name__)


class Claim:
    """One delivery, on its way to being known as the first or as a repetition."""

    def __init__(self, claims: "Claims", interaction: Interaction, *, key: str) -> None:
        # Claims are kept for a while, so they hold no view and nothing that was typed.
        self._claims = claims
        self._workspace_id = interaction.actor.workspace_id
        self._where = {"kind": interaction.kind, "route": interaction.route}
        self._key = key
        self._asked: asyncio.Future[bool] | None = None
        self._answer: bool | None = None if key else True
        self.ack: asyncio.Future[Ack | None] = asyncio.get_running_loop().create_future()
        """What the first of several in this process was answered: whichever ack is first counts for Slack."""

    def begin(self) -> None:
        """Have it known from now on, without waiting for the answer."""
        if self._key and self._asked is None:
            self._asked = self._claims.ask(self._workspace_id, self._key)

    async def is_first(self) -> bool:
        """Say whether nobody has carried it out; where that cannot be found out in time, nobody has."""
        if self._answer is None:
            self.begin()
            self._answer = await self._settled()
            if not self._answer:
                _log.info("interaction.repeated", **self._where)
        return self._answer

    async def _settled(self) -> bool:
        if self._asked is None:
            return True
        done, _ = await asyncio.wait({self._asked}, timeout=self._claims.patience())
        if not done:
            _log.warning("delivery.unclaimed", **self._where)
            return True
        return self._asked.result()


class Claims:
    """Asks for many at once: what comes in while a question is under way goes into the next.

    Args:
        deliveries: knows what was taken up.
        patience: how many seconds an answer is held back for it.
    """

    def __init__(self, deliveries: Deliveries, *, patience: Callable[[], float]) -> None:
        self._deliveries = deliveries
        self.patience = patience
        self._recent: OrderedDict[str, Claim] = OrderedDict()
        self._waiting: dict[WorkspaceId, list[tuple[str, asyncio.Future[bool]]]] = {}
        self._working: set[asyncio.Task[None]] = set()

    def earlier(self, interaction: Interaction) -> Claim | None:
        """Return the claim of the same delivery, where this process has taken it up before."""
        return self._recent.get(interaction.delivery)

    def claim(self, interaction: Interaction) -> Claim:
        """Return the claim to an interaction that this process has not taken up before."""
        key = interaction.delivery if is_answered(interaction) else ""
        claim = Claim(self, interaction, key=key)
        if not key:
            return claim
        self._recent[key] = claim
        while len(self._recent) > _MOST_RECENT:
            self._recent.popitem(last=False)
        # An event that finds this process dying comes again, and that may be the only one that is answered:
        # so things are claimed at the last moment.
        return claim

    def ask(self, workspace_id: WorkspaceId, key: str) -> asyncio.Future[bool]:
        """Have a key taken up; the answer is whether nobody had done so before."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.get(workspace_id)
        if waiting is not None:
            waiting.append((key, answer))
            return answer
        self._waiting[workspace_id] = [(key, answer)]
        task = asyncio.create_task(self._work(workspace_id), name="claims")
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return answer

    async def finish(self) -> None:
        """Wait until every question is answered."""
        while self._working:
            await asyncio.wait(set(self._working))

    async def _work(self, workspace_id: WorkspaceId) -> None:
        while batch := self._waiting[workspace_id]:
            self._waiting[workspace_id] = []
            keys = {key for key, _ in batch}
            try:
                new = await self._deliveries.take_up(workspace_id, keys)
            except StorageUnavailable as error:
                _log.warning("delivery.unknown", count=len(batch), exc_info=error)
                new = frozenset(keys)
            except Exception as error:  # noqa: BLE001 - nobody awaits this task, and they wait for its answers
                _log.error("delivery.unknown", count=len(batch), exc_info=error)
                new = frozenset(keys)
            for key, answer in batch:
                answer.set_result(key in new)
        del self._waiting[workspace_id]
