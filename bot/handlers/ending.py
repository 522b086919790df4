"""What is said where an edit ended a relation (R5)."""

from bot.services.outcome import Outcome
from bot.views.sentences import say
from bot.views.wording import day_text


def with_ending(done: str, outcome: Outcome) -> str:
    """Return what was done, and that nothing is shared any more where the last day has passed."""
    relation = outcome.relation
    member = outcome.family.member(relation.id) if relation else None
    if member is None or member.relation.ends_on is None or not outcome.family.has_ended(member):
        return done
    return f"{done} {say('relation.nothing_shared', day=day_text(member.relation.ends_on))}"
