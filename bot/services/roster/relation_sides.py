"""One side of a relation from what a row says of it, by the same rules as at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.client import Client
from bot.domain.errors import Field
from bot.domain.ids import ClientId
from bot.domain.kinship import Label
from bot.domain.person import Person
from bot.domain.relationship import Side
from bot.domain.sharing import Sharing, SharingChoice
from bot.services.errand import Errand
from bot.services.findings import Findings
from bot.services.held import name_of
from bot.services.role_rules import check_roles
from bot.services.roster.rows import RelatedSide
from bot.services.sharing_rules import recorded_sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class Toward:
    """One side: whose account it stands on, and whom it leads to.

    `is_unseen` says that a dry run knows no more of the related person than that they would be there.
    """

    client: Client
    related: Client | Person
    is_reverse: bool = False
    is_unseen: bool = False


Sides = Mapping[ClientId, tuple[RelatedSide, Toward]]
"""What a row says of the sides of a relation, by whose account they stand on; the row's own client first."""


def new_side(errand: Errand, said: RelatedSide, label: Label, toward: Toward, findings: Findings) -> Side:
    """Return the side of a new relation, outside the emergency order; what stands against it is noted.

    Sharing comes in without a basis where the row has none, to be reviewed (R51); but to somebody with an
    address (R27). To one who has died, or over an authorization that has run out, it comes in as it stands:
    nothing is sent over it.
    """
    check_called(said, toward, findings)
    return Side(
        client_id=toward.client.id,
        label=label,
        roles=said.roles or (),
        sharing=_shared(errand, said.sharing, None, toward, findings),
    )


def changed_side(
    errand: Errand,
    present: Side,
    said: RelatedSide,
    toward: Toward,
    *,
    only_fills: bool,
    findings: Findings,
) -> Side:
    """Return a side with the roles and the sharing that a row states, its label as it is.

    `only_fills` says that another row of the import was about this side: the present one only adds to it.
    """
    roles = present.roles
    if said.roles is not None:
        roles = check_roles((*present.roles, *said.roles), findings) if only_fills else said.roles
    sharing = present.sharing
    if said.sharing is not None and not (only_fills and sharing):
        sharing = _shared(errand, said.sharing, present.sharing, toward, findings)
    return replace(present, roles=roles, sharing=sharing)


def check_called(said: RelatedSide, toward: Toward, findings: Findings) -> None:
    """Note that somebody who is to be called in an emergency has no phone (R31)."""
    if said.emergency_position and not (toward.related.phones or said.has_no_phone or toward.is_unseen):
        findings.add(Field.PHONE, "emergency.needs_phone", name=name_of(toward.related))


def _shared(
    errand: Errand, choice: SharingChoice | None, present: Sharing | None, toward: Toward, findings: Findings
) -> Sharing | None:
    if choice is None:
        return present
    widens = choice.is_on and (present is None or not choice.categories <= present.categories)
    if widens and not (toward.related.email or toward.is_unseen):
        field = Field.REVERSE_SHARING if toward.is_reverse else Field.SHARING
        findings.add(field, "sharing.no_address", name=name_of(toward.related))
    return recorded_sharing(choice, present, by=errand.actor.staff_id, at=errand.at)
