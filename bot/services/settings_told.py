"""What a change of the settings leaves in the record: each value that changed, before and after."""

from collections.abc import Iterable, Mapping

from bot.domain.history import JsonValue
from bot.services.in_force import Standing

Told = Mapping[str, JsonValue]

ROLES = "roles."
"""What begins the key of the roles of a person or a group; kind and Slack's id follow."""


NAMES = "names"
"""Where an entry keeps what the people and groups in it were called at that time, by Slack's id."""


def told_of(before: Standing, after: Standing, *, names: Mapping[str, str]) -> tuple[Told, Told]:
    """Return what changed, as it was and as it is, and nothing that stayed.

    Args:
        before: what was in force.
        after: what is.
        names: what people and groups are called; only those that the change is about are kept.
    """
    was, now = _values(before), _values(after)
    changed = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
    if not changed:
        return {}, {}
    about = _mentioned(changed, was, now)
    kept: dict[str, JsonValue] = {each: name for each, name in sorted(names.items()) if each in about}
    told = {key: now.get(key) for key in changed}
    return {key: was.get(key) for key in changed}, told | ({NAMES: kept} if kept else {})


def _mentioned(changed: Iterable[str], *sides: Told) -> frozenset[str]:
    """Return the ids of the people and groups that a change is about."""
    ids = {key.rpartition(".")[2] for key in changed if key.startswith(ROLES)}
    if "responsible" in changed:
        for side in sides:
            listed = side.get("responsible")
            ids.update(map(str, listed) if isinstance(listed, list) else ())
    return frozenset(ids)


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
        "record_years": settings.record_years,
    }
    for entry in standing.roles.entries:
        roles: list[JsonValue] = [*sorted(role.value for role in entry.roles)]
        values[f"{ROLES}{entry.holder.kind}.{entry.holder.id}"] = roles
    return values
