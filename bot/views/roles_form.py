"""The roles of one person toward one client, and their place among the emergency contacts (R30, R33)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.family import Member
from bot.domain.relationship import Side
from bot.domain.roles import DOCUMENTED_ROLES, MAX_DOCUMENT_LENGTH, Role, RoleHeld
from bot.views.blocks import MAX_SELECT_OPTIONS, Choice, Input, Json, context, modal
from bot.views.contact_form import read_role_boxes, role_boxes
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.merging import merged, merged_ticks
from bot.views.metadata import Metadata
from bot.views.sentences import say
from bot.views.wording import names_of, role_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a documented role rests on, as entered."""

    document: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesInput:
    """What the form says; papers stand beside the roles that rest on one."""

    emergency: bool
    roles: tuple[Role, ...]
    papers: tuple[tuple[Role, Paper], ...] = ()
    position: int | None = None

    @classmethod
    def of(cls, side: Side) -> "RolesInput":
        """Return the input that shows what is stored."""
        return cls(
            emergency=side.is_emergency_contact,
            roles=tuple(held.role for held in side.roles),
            papers=tuple(
                (
                    held.role,
                    Paper(document=held.document, valid_from=held.valid_from, valid_until=held.valid_until),
                )
                for held in side.roles
            ),
            position=side.emergency_position,
        )

    def paper(self, role: Role) -> Paper:
        """Return the paper of a role; an empty one where none was entered."""
        return dict(self.papers).get(role, Paper())

    def held(self) -> tuple[RoleHeld, ...]:
        """Return the roles to be saved.

        Raises:
            InvalidInput: when a paper ends before it begins.
        """
        return tuple(self._held(role) for role in self.roles)

    def _held(self, role: Role) -> RoleHeld:
        if role not in DOCUMENTED_ROLES:
            return RoleHeld(role=role)
        paper = self.paper(role)
        try:
            return RoleHeld(
                role=role,
                document=paper.document,
                valid_from=paper.valid_from,
                valid_until=paper.valid_until,
            )
        except ValueError as error:
            raise InvalidInput(
                Problem(field=Field.ROLES, key="roles.dates", values={"role": role_text(role)})
            ) from error


def roles_form(
    given: RolesInput,
    *,
    client: Client,
    member: Member,
    emergency_count: int,
    metadata: Metadata,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form.

    Args:
        given: what is ticked so far.
        client: for whom the person has the roles.
        member: the related person.
        emergency_count: the client's emergency contacts without this one.
        metadata: what the view remembers.
        above: what is said first: what others changed meanwhile.
    """
    name, related = names_of(client, member)
    blocks = [
        *above,
        context(say("roles.about", name=related, client=name)),
        role_boxes(given.roles, emergency=given.emergency, dispatch=True),
    ]
    if given.emergency:
        blocks.append(_position(given, count=emergency_count + 1))
        if not member.phones:
            blocks.append(context(say("roles.needs_phone", name=member.name)))
    for role in _documented(given.roles):
        blocks += _paper_fields(role, given.paper(role))
    blocks.append(context(say("roles.never_inferred")))
    return modal(
        callback_id=ViewId.ROLES_EDIT,
        title=say("roles.title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=metadata.encode(),
    )


def _documented(roles: Iterable[Role]) -> list[Role]:
    return [role for role in Role if role in DOCUMENTED_ROLES and role in roles]


def _position(given: RolesInput, *, count: int) -> Json:
    """Return the choice of the place; it is typed where there are more places than a select holds."""
    place = min(given.position or count, count)
    if count > MAX_SELECT_OPTIONS:
        label = say("roles.position_typed", count=count)
        typed = Input(block_id=BlockId.POSITION, action_id=ActionId.INPUT, label=label)
        return typed.number(place, least=1, most=count)
    field = Input(block_id=BlockId.POSITION, action_id=ActionId.INPUT, label=say("roles.position"))
    choices = [
        Choice(text=say("roles.position_of", position=each, count=count), value=str(each))
        for each in range(1, count + 1)
    ]
    return field.select(choices, str(place))


def _block(role: Role, part: str) -> str:
    return f"roles.{part}:{role}"


def _paper_fields(role: Role, paper: Paper) -> list[Json]:
    name = role_text(role)

    def field(part: str) -> Input:
        return Input(
            block_id=_block(role, part),
            action_id=ActionId.INPUT,
            label=say(f"roles.paper_{part}", role=name),
            optional=True,
        )

    return [
        field("document").text(paper.document, most=MAX_DOCUMENT_LENGTH),
        field("from").day(paper.valid_from),
        field("until").day(paper.valid_until),
    ]


def read_roles(state: FormState) -> RolesInput:
    """Return what the form says."""
    emergency, roles = read_role_boxes(state)
    position = state.chosen(BlockId.POSITION) or state.text(BlockId.POSITION)
    return RolesInput(
        emergency=emergency,
        roles=roles,
        papers=tuple(
            (
                role,
                Paper(
                    document=state.text(_block(role, "document")),
                    valid_from=state.day(_block(role, "from")),
                    valid_until=state.day(_block(role, "until")),
                ),
            )
            for role in _documented(roles)
        ),
        position=int(position) if emergency and position and position.isdecimal() else None,
    )


def merged_roles(typed: RolesInput, *, opened: RolesInput, stored: RolesInput) -> RolesInput:
    """Return what the form says where others changed roles meanwhile: each box and each paper on its own."""
    roles = merged_ticks(typed.roles, opened=opened.roles, stored=stored.roles)
    emergency = stored.emergency if typed.emergency == opened.emergency else typed.emergency
    position = stored.position if typed.position == opened.position else typed.position
    papers = tuple(
        (role, merged(typed.paper(role), opened=opened.paper(role), stored=stored.paper(role)))
        for role in _documented(roles)
    )
    return RolesInput(emergency=emergency, roles=roles, papers=papers, position=position)
