"""The whole of it for a test: the local Slack, the real app on it, a database, and people."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bot.adapters.slack_calls import CALL_LIMITS, CallLimits
from bot.app.announcing import LOOK_SECONDS
from bot.app.boundary import Limits
from bot.bootstrap import RunningBot, running
from bot.config import HttpSettings, Settings
from bot.domain.client import Client, ClientDetails
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.phone import Phone
from bot.domain.settings import Display
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.manifest import manifest
from bot.playground.practice import ANA, CHANNELS, GROUPS, GUEST, PEOPLE, THERAPIST
from bot.playground.slack import LocalSlack, Person, Timing
from bot.services.ports import Clock
from bot.services.services import Services
from bot.services.settings import DisplayGiven
from tests.app.waits import PATIENTLY
from tests.person import Desk

FRONT = "C0FRONT"
Transport = Literal["socket", "http"]
PATIENT = Timing(ack_seconds=60, trigger_seconds=90)
"""A Slack that waits longer than the real one: nothing is too late only because the machine is busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a story has at hand."""

    slack: LocalSlack
    bot: RunningBot

    @property
    def services(self) -> Services:
        """The services of the running bot, to lay out what a story begins with."""
        return self.bot.services

    @property
    def actor(self) -> Actor:
        """Somebody who entered what was there before the story."""
        return Actor(
            workspace_id=WorkspaceId(self.bot.workspace_id),
            staff_id=StaffId("U0BEFORE"),
            name="Somebody before",
            surface=Surface.COMMAND_LINE,
            rights=EVERY_RIGHT,
        )

    def desk(self, person: Person) -> Desk:
        """Sit down as a person."""
        return Desk(self.slack, person.id)

    @property
    def ana(self) -> Desk:
        """The front desk."""
        return self.desk(ANA)

    @property
    def samir(self) -> Desk:
        """The therapist."""
        return self.desk(THERAPIST)

    @property
    def guest(self) -> Desk:
        """Somebody who may see one channel."""
        return self.desk(GUEST)

    async def client(
        self,
        first: str,
        last: str,
        *,
        own_id: str = "",
        born: date | None = None,
        email: str | None = None,
        phone: str | None = None,
    ) -> Client:
        """Add a client who was there before the story."""
        details = ClientDetails(
            first_name=first,
            last_name=last,
            own_id=own_id,
            birth_date=born,
            email=email,
            phones=(Phone(number=phone),) if phone else (),
        )
        saved = await self.services.clients.add(self.actor, details, address_confirmed=True)
        return saved.client


async def set_up(services: Services, actor: Actor) -> None:
    """Answer what the first start asks, so that names may be shown; who has which role is left open."""
    if (await services.in_force.read(actor.workspace_id)).settings.has_begun:
        return
    shown = DisplayGiven(covered=True, display=Display.NAMES, names_in_windows=True, summary_days="")
    await services.settings.change_display(actor, shown, expected_version=0)


def settings_for(
    slack: LocalSlack, database_url: str, transport: Transport, more: Mapping[str, object] | None = None
) -> Settings | HttpSettings:
    """Return the settings of a bot at this local Slack."""
    common = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        **(more or {}),
    }
    if transport == "socket":
        own_socket = {"SLACK_APP_TOKEN": slack.app_token, "KINWARD_API_PORT": 0}
        return Settings.model_validate({**common, **own_socket})
    own = {"SLACK_SIGNING_SECRET": slack.signing_secret, "KINWARD_HOST": "127.0.0.1", "PORT": 0}
    return HttpSettings.model_validate({**common, **own})


@asynccontextmanager
async def open_office(  # noqa: PLR0913 - each says one thing of an office, by its name
    database_url: str,
    *,
    timing: Timing = PATIENT,
    limits: Callable[[], Limits] = PATIENTLY,
    calls: CallLimits = CALL_LIMITS,
    page: Path | None = None,
    transport: Transport = "socket",
    clock: Clock | None = None,
    refusals: tuple[str, ...] = (),
    is_set_up: bool = True,
    looks_every: float = LOOK_SECONDS,
    more: Mapping[str, object] | None = None,
) -> AsyncIterator[Office]:
    """Open the office; at the end Slack has refused nothing but what the test expects, by its error."""
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS, groups=GROUPS, timing=timing, page=page)
    await slack.start()
    try:
        settings = settings_for(slack, database_url, transport, more)
        async with running(settings, clock=clock, limits=limits, calls=calls, looks_every=looks_every) as bot:
            if bot.address is not None:
                await slack.speak_http(bot.address)
            office = Office(slack=slack, bot=bot)
            if is_set_up:
                await set_up(office.services, office.actor)
            yield office
        refused = [refusal for refusal in slack.refusals if refusal.error not in refusals]
        assert not refused, f"Slack refused: {refused}"
    finally:
        await slack.stop()
