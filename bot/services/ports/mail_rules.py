"""What the practice says its mail is about, by sender and subject."""

from typing import Protocol

from bot.domain.ids import MailRuleId
from bot.domain.incoming_mail import MailRule


class MailRules(Protocol):
    """The rules of one workspace."""

    async def every(self) -> tuple[MailRule, ...]:
        """Return all rules, oldest first."""
        ...

    async def add(self, rule: MailRule) -> None:
        """Store a new rule."""
        ...

    async def remove(self, rule_id: MailRuleId) -> bool:
        """Remove a rule, and say whether it was there."""
        ...
