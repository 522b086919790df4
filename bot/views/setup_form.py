"""What the first admin is asked: who the privacy officer is, and what Slack may hold (P1)."""

from dataclasses import dataclass

from bot.domain.settings import Plan
from bot.views.blocks import Choice, Input, Json, context, modal, section
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import Metadata
from bot.views.people_fields import person_field
from bot.views.sentences import say


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupInput:
    """What was answered so far."""

    officer: str | None = None
    plan: Plan | None = None


def setup_form() -> Json:
    """Return the form."""
    officer = Input(
        block_id=BlockId.OFFICER,
        action_id=ActionId.INPUT,
        label=say("setup.officer"),
        hint=say("setup.officer_hint"),
    )
    return modal(
        callback_id=ViewId.SETUP,
        title=say("setup.title"),
        submit=say("setup.submit"),
        close=say("button.cancel"),
        blocks=[
            section(say("setup.about")),
            person_field(officer),
            plan_field("setup.plan"),
            context(say("setup.admins")),
        ],
        metadata=Metadata().encode(),
    )


def plan_field(label: str, chosen: Plan | None = None) -> Json:
    """Return the question whether Slack may hold health information; nothing is chosen beforehand."""
    field = Input(block_id=BlockId.PLAN, action_id=ActionId.INPUT, label=say(label))
    choices = [
        Choice(text=say(f"plan.{plan}"), value=plan, description=say(f"plan.{plan}_about"))
        for plan in (Plan.CONFIRMED, Plan.NOT_COVERED)
    ]
    return field.radio(choices, chosen)


def read_setup(state: FormState) -> SetupInput:
    """Return what was answered."""
    return SetupInput(officer=state.user(BlockId.OFFICER), plan=read_plan(state))


def read_plan(state: FormState) -> Plan | None:
    """Return what Slack may hold."""
    return member_of(Plan, state.chosen(BlockId.PLAN))
