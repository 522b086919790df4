"""Sharing of e-mails in one direction, as sentences: who would also get whose e-mails (R20, R29, R51)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, SharingChoice, likely_bases
from bot.views.blocks import Choice, Input, Json, context
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId
from bot.views.sentences import say
from bot.views.wording import as_sentence, basis_text, categories_text, category_text


class Scope(StrEnum):
    """How much is shared: the master switch, or single kinds of e-mail under it."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which block ids a direction has; a link's form holds both directions."""

    scope: BlockId
    kinds: BlockId
    basis: BlockId
    expires: BlockId
    field: Field


TO_RELATED = Direction(
    scope=BlockId.SHARING_SCOPE,
    kinds=BlockId.SHARING_KINDS,
    basis=BlockId.SHARING_BASIS,
    expires=BlockId.SHARING_EXPIRES,
    field=Field.SHARING,
)
"""The client's e-mails also go to the related person."""

TO_CLIENT = Direction(
    scope=BlockId.REVERSE_SCOPE,
    kinds=BlockId.REVERSE_KINDS,
    basis=BlockId.REVERSE_BASIS,
    expires=BlockId.REVERSE_EXPIRES,
    field=Field.REVERSE_SHARING,
)
"""The linked client's e-mails also go to the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingInput:
    """What the form says of one direction, complete or not."""

    scope: Scope = Scope.NOTHING
    categories: frozenset[Category] = frozenset()
    basis: Basis | None = None
    expires_on: date | None = None

    @classmethod
    def of(cls, choice: SharingChoice | None) -> "SharingInput":
        """Return the input that shows what is stored."""
        if choice is None or not choice.is_on:
            return cls()
        scope = Scope.EVERYTHING if choice.categories == EVERY_CATEGORY else Scope.SOME
        return cls(
            scope=scope, categories=choice.categories, basis=choice.basis, expires_on=choice.expires_on
        )

    @property
    def kinds(self) -> frozenset[Category]:
        """The kinds of e-mail that would be shared."""
        return {Scope.NOTHING: frozenset[Category](), Scope.EVERYTHING: EVERY_CATEGORY}.get(
            self.scope, self.categories
        )

    def choice(self, direction: Direction) -> SharingChoice:
        """Return the choice to be saved.

        Raises:
            InvalidInput: when single kinds are wanted and none is ticked.
        """
        if self.scope is Scope.SOME and not self.categories:
            raise InvalidInput(Problem(field=direction.field, key="sharing.kinds_needed"))
        if not self.kinds:
            return SharingChoice()
        return SharingChoice(categories=self.kinds, basis=self.basis, expires_on=self.expires_on)


def sharing_fields(
    given: SharingInput, direction: Direction, *, recipient: str, client: str, client_is_minor: bool
) -> list[Json]:
    """Return the inputs of one direction, and in words what becomes true.

    Args:
        given: what is chosen so far.
        direction: whose block ids to use.
        recipient: who would also get the e-mails.
        client: to whom the e-mails are sent.
        client_is_minor: whether the likely basis is a parent's or guardian's word.
    """
    scope = Input(
        block_id=direction.scope,
        action_id=ActionId.FORM_CHOICE,
        label=as_sentence(say("sharing.question", recipient=recipient, client=client)),
        dispatch=True,
    )
    blocks = [
        scope.radio([Choice(text=say(f"sharing.scope.{each}"), value=each) for each in Scope], given.scope)
    ]
    if given.scope is Scope.NOTHING:
        return blocks
    if given.scope is Scope.SOME:
        blocks.append(_kinds(given, direction, recipient=recipient))
    blocks.append(_basis(given, direction, recipient=recipient, client_is_minor=client_is_minor))
    if given.basis is Basis.AUTHORIZATION:
        expires = Input(
            block_id=direction.expires,
            action_id=ActionId.INPUT,
            label=say("sharing.expires", recipient=recipient),
            hint=say("sharing.expires_hint"),
        )
        blocks.append(expires.day(given.expires_on))
    blocks.append(context(_consequence(given, recipient=recipient, client=client)))
    return blocks


def _kinds(given: SharingInput, direction: Direction, *, recipient: str) -> Json:
    field = Input(
        block_id=direction.kinds,
        action_id=ActionId.FORM_CHOICE,
        label=say("sharing.kinds", recipient=recipient),
        dispatch=True,
    )
    choices = [
        Choice(
            text=category_text(category),
            value=category,
            description=say("sharing.codes_short") if category is Category.SUPERBILLS else "",
        )
        for category in Category
    ]
    return field.checkboxes(choices, [str(category) for category in given.categories])


def _basis(given: SharingInput, direction: Direction, *, recipient: str, client_is_minor: bool) -> Json:
    field = Input(
        block_id=direction.basis,
        action_id=ActionId.FORM_CHOICE,
        label=say("sharing.basis", recipient=recipient),
        hint=say("sharing.basis_hint"),
        dispatch=True,
    )
    choices = [
        Choice(text=basis_text(basis), value=basis) for basis in likely_bases(client_is_minor=client_is_minor)
    ]
    return field.select(choices, given.basis, placeholder=say("sharing.basis_placeholder"))


def _consequence(given: SharingInput, *, recipient: str, client: str) -> str:
    parts = []
    if given.kinds:
        key = "sharing.becomes_every" if given.scope is Scope.EVERYTHING else "sharing.becomes_some"
        kinds = categories_text(given.kinds)
        parts.append(as_sentence(say(key, recipient=recipient, client=client, kinds=kinds)))
    if Category.SUPERBILLS in given.kinds:
        parts.append(say("sharing.codes"))
    parts.append(say("sharing.limits"))
    return " ".join(parts)


def read_sharing(state: FormState, direction: Direction) -> SharingInput:
    """Return what the form says of one direction."""
    return SharingInput(
        scope=member_of(Scope, state.chosen(direction.scope)) or Scope.NOTHING,
        categories=frozenset(
            category for value in state.ticked(direction.kinds) if (category := member_of(Category, value))
        ),
        basis=member_of(Basis, state.chosen(direction.basis)),
        expires_on=state.day(direction.expires),
    )
