"""The rules on what mail is about, of one workspace."""

from sqlalchemy import bindparam, select

from bot.domain.ids import MailRuleId, StaffId
from bot.domain.incoming_mail import MailRule
from bot.domain.sharing import Category
from storage.tables import mail_rules
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_c = mail_rules.c
_EVERY = (
    select(_c.id, _c.sender, _c.subject, _c.category, _c.made_at, _c.made_by, _c.made_by_name)
    .where(_c.workspace_id == IN_WORKSPACE)
    .order_by(_c.id)
)
_REMOVE = mail_rules.delete().where(_c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_rule"))


class SqlMailRules:
    """`bot.services.ports.MailRules` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def every(self) -> tuple[MailRule, ...]:
        """Return all rules, oldest first."""
        rows = await self._connection.rows(_EVERY)
        return tuple(
            MailRule(
                id=MailRuleId(rule_id),
                sender=sender,
                subject=subject,
                category=Category(category),
                made_at=at,
                made_by=StaffId(by),
                made_by_name=by_name,
            )
            for rule_id, sender, subject, category, at, by, by_name in rows
        )

    async def add(self, rule: MailRule) -> None:
        """Store a new rule."""
        await self._connection.insert(
            mail_rules,
            {
                "id": rule.id,
                "sender": rule.sender,
                "subject": rule.subject,
                "category": rule.category.value,
                "made_at": rule.made_at,
                "made_by": rule.made_by,
                "made_by_name": rule.made_by_name,
            },
        )

    async def remove(self, rule_id: MailRuleId) -> bool:
        """Remove a rule, and say whether it was there."""
        return await self._connection.change(_REMOVE, of_rule=rule_id) == 1
