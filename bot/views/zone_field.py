"""The time zone as a pick: found by a city, a country or what its time is called."""

from collections.abc import Sequence

from bot.services.time_zones import TimeZone, zone_named
from bot.views.blocks import Choice, Input, Json
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.sentences import say
from bot.views.wording import SEPARATOR

AS_THE_MACHINE = "machine"
"""The value of the option that follows the environment; no zone is called so."""


def zone_field(chosen: str | None) -> Json:
    """Return the input; before anything is typed it offers the zone of one's own Slack, and those near it."""
    field = Input(
        block_id=BlockId.ZONE,
        action_id=ActionId.ZONE_SEARCH,
        label=say("settings.zone"),
        hint=say("settings.zone_hint"),
        optional=True,
    )
    return field.type_ahead(_choice(chosen), placeholder=say("picker.zone"), letters=0)


def read_zone(state: FormState) -> str:
    """Return the name of the zone; nothing follows the environment."""
    chosen = state.chosen(BlockId.ZONE) or ""
    return "" if chosen == AS_THE_MACHINE else chosen


def zone_suggestions(zones: Sequence[TimeZone], *, typed: str) -> Json:
    """Return the answer to typing ahead; where nothing was typed, the machine's own setting is among it."""
    found = [_of_zone(zone) for zone in zones]
    if not typed.strip():
        found.insert(1, _choice(None))
    return {"options": [each.as_option() for each in found]}


def zone_text(name: str | None) -> str:
    """Return a zone as one reads it."""
    return _choice(name).text


def _choice(name: str | None) -> Choice:
    if name is None:
        return Choice(text=say("settings.zone_default"), value=AS_THE_MACHINE)
    return _of_zone(zone_named(name))


def _of_zone(zone: TimeZone) -> Choice:
    text = say("settings.zone_in", city=zone.city, country=zone.country) if zone.country else zone.city
    below = SEPARATOR.join(part for part in (zone.about, zone.name) if part and part != text)
    return Choice(text=text, value=zone.name, description=below)
