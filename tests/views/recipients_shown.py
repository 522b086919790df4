"""Who would get an e-mail of a family, for each kind of it, as the views show it."""

from collections.abc import Collection, Iterator
from datetime import date

from bot.domain.email import login_equality
from bot.domain.family import Family
from bot.domain.must_not_receive import Restrictions
from bot.domain.notice import STATED_CATEGORIES, NoticeCategory
from bot.domain.recipients import decide
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.services.recipients import Decision
from bot.views.blocks import Json
from bot.views.recipients import ROWS_A_PAGE, recipients_view

DAY = date(2026, 1, 1)


def decided(family: Family, category: NoticeCategory, *, paused: Collection[str] = ()) -> Decision:
    """Return who would get an e-mail, with nobody barred."""
    nobody = Restrictions(entries=(), day=DAY)
    verdicts = decide(family, category=category, today=DAY, restrictions=nobody, paused=paused)
    return Decision(category=category, family=family, verdicts=verdicts)


def recipients_shown(family: Family) -> Iterator[tuple[str, Json]]:
    """Yield the view for each kind of e-mail, each page of it, and by initials."""
    for category in STATED_CATEGORIES:
        yield f"recipients of {category}", recipients_view(decided(family, category), with_card=True)
    decision = decided(family, NoticeCategory.SUPERBILLS)
    for page in range(1 + len(decision.verdicts) // ROWS_A_PAGE):
        yield f"recipients {page}", recipients_view(decision, page=page)
    addresses = {login_equality(verdict.address) for verdict in decision.verdicts if verdict.address}
    paused = decided(family, NoticeCategory.SUPERBILLS, paused=addresses)
    yield "recipients whose addresses do not work", recipients_view(paused, news="Done.")
    reader = Reader(sight=Sight.INITIALS_ONLY)
    yield "recipients by initials", recipients_view(decision, reader=reader)
