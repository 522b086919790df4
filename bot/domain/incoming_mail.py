"""A mail that a record system sends to a client, and what it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase

from bot.domain.folding import fold
from bot.domain.ids import MailRuleId, StaffId
from bot.domain.notice import NoticeCategory, NoticeContent
from bot.domain.sharing import Category

MAX_PATTERN_LENGTH = 200

_ACCOUNT = re.compile(
    r"\b(?:password|passcode|passphrase|reset your|log ?in code|sign ?in code|security code"
    r"|verification code|one time (?:code|pass\w*|pin)|access code|confirmation code|two factor"
    r"|2fa|mfa|verify your|confirm your (?:e ?mail|address|account)|e ?mail verification|activate your"
    r"|(?:account|portal) (?:activation|invitation|setup|set up|access|recovery)"
    r"|invit(?:ed|ation) to (?:the |our |your )?(?:\w+ )?portal|set up your (?:account|portal)"
    r"|unlock your|new (?:sign ?in|log ?in|device)|magic link|(?:log|sign) ?in link"
    r"|contrasena|codigo de (?:acceso|verificacion|seguridad)|verifique su|mot de passe"
    r"|code de (?:verification|connexion|securite)|passwort|kennwort|bestatigungscode)\b"
)
"""The rule that is shipped: what subjects of account mail say, folded; it always wins (R23). Better a
reminder too few is copied than a login code too many."""


def is_account_mail(subject: str) -> bool:
    """Say whether a subject is one of account mail: password, login code, invitation, verification."""
    return _ACCOUNT.search(fold(subject)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRule:
    """What the practice says of some of its mail: from whom, with what subject, is of which category.

    In both patterns `*` stands for anything, and case and accents do not matter; an empty one fits all.
    """

    id: MailRuleId
    sender: str
    subject: str
    category: Category
    made_at: datetime
    made_by: StaffId
    made_by_name: str

    def fits(self, *, sender: str, subject: str) -> bool:
        """Say whether it is about such a mail."""
        return _fits(self.sender, sender) and _fits(self.subject, subject)


def categorise(rules: Sequence[MailRule], *, sender: str, subject: str) -> NoticeCategory:
    """Return what a mail is about: account mail, what the first rule that fits says, or nobody knows."""
    if is_account_mail(subject):
        return NoticeCategory.ACCOUNT
    rule = next((each for each in rules if each.fits(sender=sender, subject=subject)), None)
    return NoticeCategory.UNKNOWN if rule is None else NoticeCategory(rule.category.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMail:
    """A mail as it came in.

    Attributes:
        sender: the address in its From.
        recipients: to whom its envelope is addressed.
        client_own_id: which client its sender says is meant, or empty.
        is_copy: it is one of our own copies, which came back in; it is copied no further (R22).
        digest: what two mails have in common that are one and the same.
        content: what it says, with the whole of it as it came.
    """

    sender: str
    recipients: tuple[str, ...]
    client_own_id: str
    is_copy: bool
    digest: str
    content: NoticeContent


def _fits(pattern: str, text: str) -> bool:
    # What stands between the stars is folded as the text is; a star would not survive the folding.
    pieces = [fold(piece) for piece in pattern.split("*")]
    escaped = (re.sub(r"([\[?*])", r"[\1]", piece) for piece in pieces)
    return not pattern or fnmatchcase(fold(text), "*".join(escaped))
