"""Who would get an e-mail of a client, and who would not, each with the reason (R21).

The choice of the kind of e-mail redraws it in its place; a page at a time, so that any family fits.
"""

from collections.abc import Sequence

from bot.domain.notice import STATED_CATEGORIES, NoticeCategory
from bot.domain.recipients import Reason, RecipientKind, Verdict
from bot.domain.staff import FULL_READER, Reader
from bot.services.recipients import Decision
from bot.views.blocks import Choice, Json, actions, button, context, divider, header, modal, section
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, ViewId
from bot.views.initials import decision_for, sees_names
from bot.views.metadata import Metadata
from bot.views.notice import open_card_button
from bot.views.recipient_words import notice_kind_text, reason_text
from bot.views.rich_text import heading, listing
from bot.views.sentences import say
from bot.views.wording import SEPARATOR

KIND_BLOCK = "recipients.kind"
"""Where the kind of e-mail is chosen."""

ROWS_A_PAGE = 30
"""As many as are read in one look; a rich text takes far more."""


def recipients_view(
    decision: Decision,
    *,
    page: int = 0,
    with_card: bool = False,
    news: str = "",
    reader: Reader = FULL_READER,
) -> Json:
    """Return who would get an e-mail of a kind.

    Args:
        decision: about a client's e-mail.
        page: which page of people; one that is not there shows the last one.
        with_card: offer the way to the card, where it does not lie below already.
        news: a line that says what has just happened.
        reader: whom it is made for.

    Raises:
        ValueError: the decision is about no client.
    """
    decision = decision_for(decision, reader)
    if decision.family is None:
        raise ValueError("a mail of nobody has no such view")
    client = decision.family.client
    # Those who get it first; among them, and among the others, the client first.
    people = sorted(decision.verdicts, key=lambda verdict: not verdict.receives)
    pages = max(1, -(-len(people) // ROWS_A_PAGE))
    shown = min(page, pages - 1)
    part = people[shown * ROWS_A_PAGE : (shown + 1) * ROWS_A_PAGE]
    return modal(
        callback_id=ViewId.RECIPIENTS,
        title=say("recipients.title"),
        close=say("button.close"),
        blocks=[
            *([context(f"✓ {news}")] if news else []),
            header(say("recipients.whose", client=client.display_name)),
            _kind(decision.category),
            *(context(sentence) for sentence in _about(decision)),
            *_people(decision, part, named=sees_names(reader)),
            *(_paused(verdict, reader) for verdict in part if verdict.reason is Reason.NO_WORKING_ADDRESS),
            *_buttons(decision, shown, pages, with_card=with_card),
        ],
        metadata=Metadata(client_id=client.id, page=shown).encode(),
    )


def read_kind(state: FormState) -> NoticeCategory:
    """Return the kind of e-mail that is chosen; appointments where none is."""
    chosen = member_of(NoticeCategory, state.chosen(KIND_BLOCK))
    return chosen if chosen in STATED_CATEGORIES else NoticeCategory.APPOINTMENTS


def _kind(category: NoticeCategory) -> Json:
    # No input: Slack takes one only in a view with a button that submits it.
    choices = [Choice(text=notice_kind_text(each), value=each.value) for each in STATED_CATEGORIES]
    options = {choice.value: choice.as_option() for choice in choices}
    select: Json = {
        "type": "static_select",
        "action_id": ActionId.RECIPIENTS_KIND,
        "options": list(options.values()),
        "initial_option": options[category.value],
    }
    return section(say("recipients.kind"), accessory=select, block_id=KIND_BLOCK)


def _about(decision: Decision) -> list[str]:
    sentences = []
    if decision.category is NoticeCategory.ACCOUNT:
        sentences.append(say("recipients.account"))
    if decision.category is NoticeCategory.SUPERBILLS and any(
        verdict.kind is not RecipientKind.CLIENT for verdict in decision.receiving
    ):
        sentences.append(say("recipients.codes"))
    return sentences


def _people(decision: Decision, part: Sequence[Verdict], *, named: bool) -> list[Json]:
    receiving = [verdict for verdict in part if verdict.receives]
    others = [verdict for verdict in part if not verdict.receives]
    count = len(decision.receiving)
    blocks: list[Json] = [divider()]
    if receiving or not count:
        blocks.append(heading(say("recipients.get_it", count=count) if count else say("recipients.nobody")))
    if receiving:
        blocks.append(listing([_row(verdict, named=named) for verdict in receiving]))
    if others:
        blocks.append(heading(say("recipients.get_it_not", count=len(decision.verdicts) - count)))
        blocks.append(listing([_row(verdict, named=named) for verdict in others]))
    if len(decision.verdicts) == 1:
        blocks.append(context(say("recipients.alone")))
    return blocks


def _paused(verdict: Verdict, reader: Reader) -> Json:
    """Return what to do about somebody's address that does not work (R27)."""
    again = button(
        say("recipients.try_again"),
        ActionId.RECIPIENTS_TRY_AGAIN,
        value=verdict.relation_id or verdict.client_id or "",
    )
    text = say("recipients.paused", name=verdict.name, address=verdict.address or "")
    return section(text, accessory=again if reader.may_change else None)


def _row(verdict: Verdict, *, named: bool) -> tuple[str, str]:
    address = verdict.address if verdict.receives else None
    reason = reason_text(verdict.reason, same_inbox_as=verdict.same_inbox_as if named else "")
    below = SEPARATOR.join(part for part in (reason, address) if part)
    return verdict.name, f"{SEPARATOR}{say(f'recipient_kind.{verdict.kind}')}\n{below}"


def _buttons(decision: Decision, page: int, pages: int, *, with_card: bool) -> list[Json]:
    buttons: list[Json] = []
    if page > 0:
        buttons.append(button(say("card.previous"), ActionId.RECIPIENTS_PREVIOUS, value=str(page - 1)))
    if page < pages - 1:
        buttons.append(button(say("card.next"), ActionId.RECIPIENTS_NEXT, value=str(page + 1)))
    if with_card and decision.family is not None:
        buttons.append(open_card_button(decision.family.client.id))
    counted = [context(say("card.page", page=page + 1, pages=pages))] if pages > 1 else []
    return [context(say("recipients.now")), *counted, *([actions(*buttons)] if buttons else [])]
