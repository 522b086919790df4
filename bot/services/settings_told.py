"""What a change of the settings leaves in the record: each value that changed, before and after."""

from collections.abc import Mapping

from bot.domain.history import JsonValue
from bot.services.in_force import Standing

Told = Mapping[str, JsonValue]


def told_of(before: Standing, after: Standing) -> tuple[Told, Told]:
    """Return what changed, as it was and as it is; nothing that stayed."""
    was, now = _values(before), _values(after)
    changed = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
    return {key: was.get(key) for key in changed}, {key: now.get(key) for key in changed}


def _values(standing: Standing) -> dict[str, JsonValue]:
    settings = standing.settings
    values: dict[str, JsonValue] = {
        "practice_name": settings.practice_name,
        "practice_phone": settings.practice_phone,
        "zone": settings.zone,
        "adult_at": settings.adult_at,
        "default_role": settings.default_role.value if settings.default_role else None,
        "responsible": list(settings.responsible),
        "display": settings.display.value,
        "names_in_windows": settings.names_in_windows,
        "summary_days": settings.summary_days,
        "plan": settings.plan.value,
    }
    for entry in standing.roles.entries:
        roles: list[JsonValue] = [*sorted(role.value for role in entry.roles)]
        values[f"roles.{entry.holder.kind}.{entry.holder.id}"] = roles
    return values
