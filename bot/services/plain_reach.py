"""What is plain to see of an address or a number, without asking the library that knows them all.

Lists have thousands of them, and most are plain. What is not is left to the library; a property test
compares.
"""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

_PLAIN_LOCAL_PART = re.compile(r"[a-z0-9]+(?:[._+-][a-z0-9]+)*", re.IGNORECASE | re.ASCII)
_LONGEST_LOCAL_PART = 64
"""RFC 5321 4.5.3.1.1."""
_LONGEST_PLAIN_DOMAIN = 100
_DOMAINS_REMEMBERED = 4096

_TEN_DIGITS = re.compile(r"(?:\+1 ?)?(?:\(([2-9]\d{2})\) ?|([2-9]\d{2})[-. ]?)(\d{3})[-. ]?(\d{4})", re.ASCII)
_AMERICAN = frozenset({"US", "CA"})
"""Where ten digits are a whole number, and one in front of them is only dialled."""


def is_plain_address(address: str) -> bool:
    """Say whether an address is plainly one; what is not may be one all the same."""
    local, sign, domain = address.rpartition("@")
    return (
        bool(sign)
        and len(local) <= _LONGEST_LOCAL_PART
        and len(domain) <= _LONGEST_PLAIN_DOMAIN
        and _PLAIN_LOCAL_PART.fullmatch(local) is not None
        and _is_domain(domain)
    )


@lru_cache(maxsize=_DOMAINS_REMEMBERED)
def _is_domain(domain: str) -> bool:
    """Ask the library about a domain; a list has few of them."""
    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def plain_number(typed: str, *, region: str) -> str:
    """Return a North American number of ten digits in E.164, or nothing for any other one."""
    if region not in _AMERICAN:
        return ""
    found = _TEN_DIGITS.fullmatch(typed)
    return f"+1{found[1] or found[2]}{found[3]}{found[4]}" if found else ""
