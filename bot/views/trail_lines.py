"""The record as a whole in plain words: a sentence for each entry, and lines that say more."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain.history import JsonValue, Kind
from bot.domain.must_not_receive import RestrictionClass
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import RECEIVING, Reason, RecipientKind
from bot.domain.settings import Display, Plan
from bot.domain.staff_access import HolderKind
from bot.domain.staff_role import StaffRole
from bot.services.history import HistoryRow
from bot.services.settings_told import NAMES, ROLES
from bot.views.blocks import cut
from bot.views.form_state import member_of
from bot.views.history_lines import MOST_OF_A_VALUE, entry_lines, entry_sentence
from bot.views.recipient_words import notice_kind_text, reason_text
from bot.views.sentences import say
from bot.views.sentences.english import SENTENCES
from bot.views.settings_forms import Windows
from bot.views.trail_tried import tried_sentence

Said = dict[str, JsonValue]

MOST_VERDICTS = 12
"""Of a family that is larger, the rest is counted."""

_EXPORTS = {
    "trail": "trail.export_trail",
    "roster": "trail.export_roster",
    "incident": "trail.export_incident",
}
_SETTING_NAMES = {
    "practice_name": "settings.practice_name",
    "practice_phone": "settings.practice_phone",
    "zone": "settings.zone",
    "adult_at": "settings.adult_at",
    "responsible": "settings.responsible",
    "summary_days": "trail.setting_summary_days",
    "default_role": "trail.setting_default_role",
    "display": "trail.setting_display",
    "names_in_windows": "trail.setting_windows",
    "plan": "trail.setting_plan",
    "record_years": "settings.record_years",
    "token": "trail.setting_token",
    "mail_rule": "trail.setting_mail_rule",
}


def trail_sentence(row: HistoryRow) -> str:
    """Return what happened, in one sentence, seen from the first account that it stands on."""
    entry = row.entry
    match entry.kind:
        case Kind.REFUSAL:
            return tried_sentence(entry.subject_id)
        case Kind.EXPORT:
            return say(_EXPORTS.get(entry.subject_id, "history.data.exported"))
        case Kind.CHANGE | Kind.LOOK if row.clients:
            return entry_sentence(row, next(iter(row.clients)))
        case Kind.CHANGE:
            return say("trail.changed")
    return say(f"history.{entry.act}")


def trail_lines(row: HistoryRow) -> list[str]:
    """Return what else there is to say of an entry, a line each."""
    entry = row.entry
    if entry.kind is Kind.CHANGE:
        return entry_lines(row, next(iter(row.clients))) if row.clients else []
    if entry.erased:
        return [say("history.erased")]
    more = _MORE.get(entry.kind)
    return [] if more is None else [*more(dict(entry.before or {}), dict(entry.after or {}))]


def _told(_before: Said, after: Said) -> Iterator[str]:
    """Yield what the person was told, as far as that is a sentence without anything of a client in it."""
    sentence = SENTENCES.get(str(after.get("why")))
    if sentence and "{" not in sentence:
        yield say("trail.told", sentence=sentence)


def _upkeep_lines(_before: Said, after: Said) -> Iterator[str]:
    if reason := after.get("reason"):
        yield say("history.reason", reason=cut(str(reason), MOST_OF_A_VALUE))
    yield say("trail.entries", count=str(after.get("entries", 0)))


def _mail_lines(_before: Said, after: Said) -> Iterator[str]:
    category = member_of(NoticeCategory, str(after.get("category")))
    if category is not None:
        yield notice_kind_text(category)
    why = member_of(RestrictionClass, str(after.get("class")))
    if why is not None:
        yield say(f"block.class.{why}")
    if reason := after.get("reason"):
        yield say("history.reason", reason=cut(str(reason), MOST_OF_A_VALUE))
    found = after.get("verdicts")
    verdicts = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    for verdict in verdicts[:MOST_VERDICTS]:
        kind = member_of(RecipientKind, str(verdict.get("kind")))
        reason = member_of(Reason, str(verdict.get("reason")))
        if kind is not None and reason is not None:
            told = "trail.gets" if reason in RECEIVING else "trail.gets_not"
            yield say(told, who=say(f"trail.who_{kind}"), reason=reason_text(reason))
    if len(verdicts) > MOST_VERDICTS:
        yield say("list.more", count=len(verdicts) - MOST_VERDICTS)


def _setting_lines(before: Said, after: Said) -> Iterator[str]:
    kept = after.get(NAMES)
    # What people were called at that time; entries from before that was kept have their ids.
    names = {key: str(name) for key, name in kept.items()} if isinstance(kept, dict) else {}
    for key in after | before:
        if key == NAMES:
            continue
        was, now = (
            cut(_setting_value(key, side.get(key), names), MOST_OF_A_VALUE) for side in (before, after)
        )
        change = say("history.from_to", before=was, after=now)
        yield say("history.part", part=_setting_name(key, names), change=change)


def _setting_name(key: str, names: Mapping[str, str]) -> str:
    if key in _SETTING_NAMES:
        return say(_SETTING_NAMES[key])
    if not key.startswith(ROLES):
        return key
    kind, _, holder_id = key.removeprefix(ROLES).partition(".")
    name = names.get(holder_id, holder_id)
    who = say("settings.group_mark", name=name) if kind == HolderKind.GROUP else name
    return say("trail.roles_of", who=who)


def _setting_value(key: str, value: JsonValue, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return say(f"windows.{Windows.YES if value else Windows.NO}")
    if isinstance(value, list):
        words = (names.get(str(each)) or _word_of("roles", str(each)) for each in value)
        return ", ".join(words) or say("history.none")
    return say("history.none") if value in (None, "") else _word_of(key, str(value))


def _word_of(key: str, value: str) -> str:
    """Return one of the words of a setting as forms show it; anything else as it is."""
    match key:
        case "plan" if plan := member_of(Plan, value):
            return say(f"settings.plan_{plan}")
        case "display" if display := member_of(Display, value):
            return say(f"display.{display}")
        case "default_role" | "roles" if role := member_of(StaffRole, value):
            return say(f"staff_role.{role}")
    return value


_MORE: Mapping[Kind, Callable[[Said, Said], Iterator[str]]] = {
    Kind.REFUSAL: _told,
    Kind.MAIL: _mail_lines,
    Kind.SETTINGS: _setting_lines,
    Kind.UPKEEP: _upkeep_lines,
}
