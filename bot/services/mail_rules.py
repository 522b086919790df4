"""The practice says what its mail is about, so that copies of it go to those who share that kind."""

from bot.domain.errors import MailRuleRefused, NotFound
from bot.domain.folding import fold, tidy
from bot.domain.history import Act, HistoryEntry, JsonValue
from bot.domain.ids import MailRuleId
from bot.domain.incoming_mail import MAX_PATTERN_LENGTH, MailRule, categorise
from bot.domain.notice import NoticeCategory
from bot.domain.sharing import Category
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, NewId, Storage
from bot.services.rights import needs


class MailRules:
    """Keeps the rules; the first that fits counts."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id

    @needs(Right.CHANGE_SETTINGS)
    async def add(self, actor: Actor, *, sender: str, subject: str, category: Category) -> MailRule:
        """Add a rule behind those there are.

        Raises:
            MailRuleRefused: it would fit every mail there is, or a pattern is too long.
        """
        patterns = (tidy(sender), tidy(subject))
        if not any(fold(each) for each in patterns) or max(map(len, patterns)) > MAX_PATTERN_LENGTH:
            raise MailRuleRefused
        rule = MailRule(
            id=MailRuleId(self._new_id()),
            sender=patterns[0],
            subject=patterns[1],
            category=category,
            made_at=self._clock.now(),
            made_by=actor.staff_id,
            made_by_name=actor.name,
        )
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.mail_rules.add(rule)
            await unit.history.append(self._entry(actor, before=None, after=rule))
        return rule

    @needs(Right.CHANGE_SETTINGS)
    async def every(self, actor: Actor) -> tuple[MailRule, ...]:
        """Return all rules, in the order in which they are tried."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.mail_rules.every()

    @needs(Right.CHANGE_SETTINGS)
    async def remove(self, actor: Actor, rule_id: MailRuleId) -> None:
        """Remove a rule.

        Raises:
            NotFound: there is no such rule in this workspace.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            rule = next((each for each in await unit.mail_rules.every() if each.id == rule_id), None)
            if rule is None or not await unit.mail_rules.remove(rule_id):
                raise NotFound
            await unit.history.append(self._entry(actor, before=rule, after=None))

    def _entry(self, actor: Actor, *, before: MailRule | None, after: MailRule | None) -> HistoryEntry:
        """Return what the record keeps of a rule that was added or removed."""
        return entry_by(
            actor,
            Act.SETTINGS_CHANGED,
            at_clock=self._clock,
            subject_id="mail_rule",
            before={"mail_rule": _told(before)},
            after={"mail_rule": _told(after)},
        )

    @needs(Right.CHANGE_SETTINGS)
    async def about(self, actor: Actor, *, sender: str, subject: str) -> NoticeCategory:
        """Return what a mail with this sender and subject would be taken for."""
        return categorise(await self.every(actor), sender=sender, subject=subject)


def _told(rule: MailRule | None) -> JsonValue:
    return (
        None if rule is None else [each for each in (rule.sender, rule.subject, rule.category.value) if each]
    )
