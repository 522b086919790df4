"""Checking and tidying what staff enter of a client or a contact person."""

from datetime import date

from bot.domain.client import MAX_NAME_LENGTH, MAX_OWN_ID_LENGTH, ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.folding import tidy
from bot.domain.person import MAX_LANGUAGE_LENGTH, PersonDetails
from bot.services.findings import Findings
from bot.services.reach import check_email, check_phones

EARLIEST_BIRTH_DATE = date(1900, 1, 1)
"""Nobody alive was born before; an earlier date is a slip of the keyboard."""


def check_client(details: ClientDetails, *, today: date, region: str, findings: Findings) -> ClientDetails:
    """Return the details as they are stored; what is wrong with them goes to `findings`."""
    checked = ClientDetails(
        first_name=_name(Field.FIRST_NAME, details.first_name, findings),
        last_name=_name(Field.LAST_NAME, details.last_name, findings),
        preferred_name=_name(Field.PREFERRED_NAME, details.preferred_name, findings),
        own_id=tidy(details.own_id),
        birth_date=details.birth_date,
        email=check_email(details.email, findings),
        phones=check_phones(details.phones, region=region, findings=findings),
        status=details.status,
        deceased_on=details.deceased_on,
    )
    _need_a_name(checked.first_name, checked.last_name, findings)
    if len(checked.own_id) > MAX_OWN_ID_LENGTH:
        findings.add(Field.OWN_ID, "own_id.too_long", max=MAX_OWN_ID_LENGTH)
    _check_dates(checked, today=today, findings=findings)
    return checked


def check_person(details: PersonDetails, *, region: str, findings: Findings) -> PersonDetails:
    """Return the details as they are stored; what is wrong with them goes to `findings` (R30)."""
    checked = PersonDetails(
        first_name=_name(Field.FIRST_NAME, details.first_name, findings),
        last_name=_name(Field.LAST_NAME, details.last_name, findings),
        email=check_email(details.email, findings),
        phones=check_phones(details.phones, region=region, findings=findings),
        language=tidy(details.language),
    )
    _need_a_name(checked.first_name, checked.last_name, findings)
    if not checked.email and not checked.phones:
        findings.add(Field.EMAIL, "contact.reach_needed")
    if len(checked.language) > MAX_LANGUAGE_LENGTH:
        findings.add(Field.LANGUAGE, "language.too_long", max=MAX_LANGUAGE_LENGTH)
    return checked


def _name(field: Field, typed: str, findings: Findings) -> str:
    name = tidy(typed)
    if len(name) > MAX_NAME_LENGTH:
        findings.add(field, "name.too_long", max=MAX_NAME_LENGTH)
    return name


def _need_a_name(first_name: str, last_name: str, findings: Findings) -> None:
    # Invisible marks, such as a lone right-to-left mark, are part of names but do not make one.
    letters = first_name + last_name
    if not letters or not (letters.isprintable() or any(map(str.isprintable, letters))):
        findings.add(Field.FIRST_NAME, "name.needed")


def _check_dates(details: ClientDetails, *, today: date, findings: Findings) -> None:
    born, died = details.birth_date, details.deceased_on
    if born and born > today:
        findings.add(Field.BIRTH_DATE, "birth_date.future")
    if born and born < EARLIEST_BIRTH_DATE:
        findings.add(Field.BIRTH_DATE, "birth_date.too_early")
    if died and details.status is not ClientStatus.DECEASED:
        findings.add(Field.DECEASED_ON, "deceased_on.without_status")
    if died and died > today:
        findings.add(Field.DECEASED_ON, "deceased_on.future")
    if died and born and died < born:
        findings.add(Field.DECEASED_ON, "deceased_on.before_birth")
