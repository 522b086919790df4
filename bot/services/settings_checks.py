"""Checking what an admin enters in the settings."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import Field, NotFound
from bot.domain.folding import digits_of, tidy
from bot.domain.ids import StaffId
from bot.domain.settings import LEAST_RECORD_YEARS
from bot.domain.staff import Actor, StaffMember
from bot.domain.staff_access import GroupId
from bot.services.findings import Findings
from bot.services.ports import Directory
from bot.services.reach import MIN_DIGITS, stored_number

MAX_PRACTICE_NAME = 100
MAX_PRACTICE_PHONE = 60
EARLIEST_ADULT, LATEST_ADULT = 14, 25
"""Ages of majority are from 15 to 21 all over the world; anything far from that is a slip of the keyboard."""

MOST_SUMMARY_DAYS = 365
MOST_RECORD_YEARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPractice:
    """Who the practice is, as it is stored."""

    name: str
    phone: str
    zone: str | None
    adult_at: int


def check_practice(
    name: str, phone: str, *, zone: str, adult_at: str, region: str, findings: Findings
) -> CheckedPractice:
    """Return what was typed as it is stored; what is wrong with it goes to `findings`."""
    tidied, number = tidy(name), stored_number(phone, region=region)
    if len(tidied) > MAX_PRACTICE_NAME:
        findings.add(Field.PRACTICE_NAME, "practice_name.too_long", max=MAX_PRACTICE_NAME)
    if number and len(digits_of(number)) < MIN_DIGITS:
        findings.add(Field.PRACTICE_PHONE, "phone.too_short")
    if len(number) > MAX_PRACTICE_PHONE:
        findings.add(Field.PRACTICE_PHONE, "phone.too_long", max=MAX_PRACTICE_PHONE)
    years = _whole_number(adult_at, least=EARLIEST_ADULT, most=LATEST_ADULT)
    if years is None:
        findings.add(Field.ADULT_AT, "adult_at.invalid", least=EARLIEST_ADULT, most=LATEST_ADULT)
    return CheckedPractice(
        name=tidied, phone=number, zone=_checked_zone(zone, findings), adult_at=years or EARLIEST_ADULT
    )


def check_summary_days(typed: str, findings: Findings) -> int:
    """Return the days; nothing typed keeps summaries, and so does 0."""
    days = _whole_number(typed.strip() or "0", least=0, most=MOST_SUMMARY_DAYS)
    if days is None:
        findings.add(Field.SUMMARY_DAYS, "summary_days.invalid", most=MOST_SUMMARY_DAYS)
    return days or 0


def check_record_years(typed: str, findings: Findings) -> int:
    """Return the years; nothing typed is as few as there may be."""
    years = _whole_number(
        typed.strip() or str(LEAST_RECORD_YEARS), least=LEAST_RECORD_YEARS, most=MOST_RECORD_YEARS
    )
    if years is None:
        findings.add(
            Field.RECORD_YEARS, "record_years.invalid", least=LEAST_RECORD_YEARS, most=MOST_RECORD_YEARS
        )
    return years or LEAST_RECORD_YEARS


async def check_member(
    directory: Directory | None, actor: Actor, staff_id: StaffId | None, field: Field, findings: Findings
) -> StaffMember | None:
    """Return who was chosen, or None where nobody can be asked; whoever is no full member is a problem.

    Raises:
        DirectoryUnavailable: Slack cannot be asked.
    """
    if staff_id is None:
        findings.add(field, "staff.needed")
        return None
    if directory is None:
        return None
    try:
        member = await directory.member(staff_id)
    except NotFound:
        findings.add(field, "staff.not_full_member")
        return None
    if not member.is_full_member_of(actor.workspace_id):
        findings.add(field, "staff.not_full_member")
        return None
    return member


async def check_group(directory: Directory | None, group_id: str, findings: Findings) -> None:
    """Look whether there is such a user group.

    Raises:
        DirectoryUnavailable: Slack cannot be asked.
    """
    if directory is not None and GroupId(group_id) not in {each.id for each in await directory.groups()}:
        findings.add(Field.HOLDER, "group.unknown")


def _checked_zone(typed: str, findings: Findings) -> str | None:
    name = typed.strip()
    if not name:
        return None
    try:
        # A name with a path in it is refused by the library itself.
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        findings.add(Field.ZONE, "zone.unknown")
    return name


def _whole_number(typed: str, *, least: int, most: int) -> int | None:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return int(text) if least <= int(text) <= most else None
