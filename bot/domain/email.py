"""E-mail addresses as the client portal compares them, and as what must not receive compares them."""

import unicodedata

MAX_EMAIL_LENGTH = 254
"""RFC 5321 4.5.3.1.3: a path has 256 octets, two of them its brackets."""

_ENCODED_LABEL = "xn--"
"""How RFC 5890 begins a part of a domain that is written in ASCII and means other letters."""


def login_equality(address: str) -> str:
    """Return the form under which two addresses open the same login: trimmed and casefolded (R14)."""
    return address.strip().casefold()


def same_login(one: str | None, other: str | None) -> bool:
    """Say whether two addresses open one login; an absent address equals none (R14)."""
    return bool(one and other) and login_equality(one or "") == login_equality(other or "")


def block_equality(address: str) -> str:
    """Return the form under which two addresses may lead to the same person (R50).

    It is broader than login equality on purpose: case, dots and what follows a plus do not count, and a
    domain is the same in its own letters and in ASCII. So some addresses are equal here that are not the
    same inbox everywhere; where somebody must not receive, that is the safe mistake.
    """
    local, at, domain = _plain(address).rpartition("@")
    if not at:
        return _plain(address)
    named = local.strip('"')
    before_plus = named.partition("+")[0].replace(".", "")
    return f"{before_plus or named}@{_domain(domain)}"


def same_block(one: str | None, other: str | None) -> bool:
    """Say whether two addresses may lead to the same person; an absent address leads to nobody (R50)."""
    return bool(one and other) and block_equality(one or "") == block_equality(other or "")


def _plain(text: str) -> str:
    # Twice, as Unicode asks for it: some letters get their ordinary form, and with it their case, only then.
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.strip()).casefold())
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def _domain(domain: str) -> str:
    # The full stops of other scripts part a domain too (RFC 3490 3.1); NFKC leaves one of them as it is.
    labels = domain.replace("\N{IDEOGRAPHIC FULL STOP}", ".").strip(".").split(".")
    return ".".join(map(_label, labels))


def _label(label: str) -> str:
    if not label.startswith(_ENCODED_LABEL):
        return label
    try:
        return _plain(label.removeprefix(_ENCODED_LABEL).encode("ascii").decode("punycode"))
    except UnicodeError:
        return label
