"""What can be said of a row of a relation without asking the database."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.client import own_id_equality
from bot.domain.errors import Field, Problem
from bot.domain.kinship import MAX_OWN_WORD_LENGTH, Kinship, Label, inverse
from bot.domain.person import PersonDetails
from bot.domain.relationship import RelationKind
from bot.domain.sharing import NOT_SHARED, Basis, SharingChoice
from bot.services.details import check_person
from bot.services.findings import Findings
from bot.services.role_rules import check_roles
from bot.services.roster.row_errors import error_of
from bot.services.roster.rows import RelatedSide, RelationRow, RowError
from bot.services.roster.taking import Practice

CLIENT_NEEDED = "relation.client_needed"
OTHER_NEEDED = "relation.other_needed"
NOT_INVERSE = "relation.not_inverse"


def checked_row(row: RelationRow, practice: Practice) -> RelationRow | tuple[RowError, ...]:
    """Return the row as it is to be staged, tidied, or everything that is wrong with it."""
    findings = Findings()
    _check_names(row, findings)
    person = _person(row, practice, findings)
    side = _side(row.side, findings)
    reverse = _side(row.reverse, findings, sharing=Field.REVERSE_EXPIRES_ON) if row.reverse else None
    if findings.problems:
        return errors_of_row(row, findings.problems)
    return replace(row, person=person, side=side, reverse=reverse)


def errors_of_row(row: RelationRow, problems: Sequence[Problem]) -> tuple[RowError, ...]:
    """Return an error for each thing that is wrong with a row."""
    return tuple(error_of(row, problem) for problem in problems)


def pair_of(side: RelatedSide, reverse: RelatedSide | None, findings: Findings) -> tuple[Label, Label]:
    """Return both labels of a new link; what the row does not state is the inverse of the other (R10)."""
    near, far = stated_label(side), stated_label(reverse)
    if near is None and far is None:
        return Label(), Label()
    if near is None or far is None:
        given = near or far or Label()
        if given.kinship is Kinship.OTHER:
            findings.add(Field.INVERSE_WORDS if near else Field.OWN_WORDS, "inverse_words.needed")
            return Label(), Label()
        other = given.seen_from_the_other_side()
        return (given, other) if near else (other, given)
    if far.kinship is not inverse(near.kinship):
        findings.add(Field.RELATIONSHIP, NOT_INVERSE)
        return Label(), Label()
    return near, far


def stated_label(side: RelatedSide | None) -> Label | None:
    """Return what a row says the related person is, or None where it does not say."""
    if side is None or side.label is None or side.label.kinship is Kinship.NOT_STATED:
        return None
    return side.label


def _check_names(row: RelationRow, findings: Findings) -> None:
    own_key, other_key = own_id_equality(row.client_own_id), own_id_equality(row.other_own_id)
    if not own_key and not row.client_references:
        findings.add(Field.CLIENT, CLIENT_NEEDED)
    if row.kind is not RelationKind.LINKED_CLIENT:
        return
    if not other_key and not row.other_references and row.person is None:
        findings.add(Field.RELATION, OTHER_NEEDED)
    elif own_key and own_key == other_key:
        findings.add(Field.RELATION, "link.self")


def _person(row: RelationRow, practice: Practice, findings: Findings) -> PersonDetails | None:
    if row.kind is RelationKind.LINKED_CLIENT:
        # Checked only where the other one turns out to be no client.
        return row.person
    if row.person is None:
        findings.add(Field.FIRST_NAME, "name.needed")
        return None
    return check_person(row.person, region=practice.region, findings=findings)


def _side(side: RelatedSide, findings: Findings, *, sharing: Field = Field.EXPIRES_ON) -> RelatedSide:
    if side.label is not None and len(side.label.own_words) > MAX_OWN_WORD_LENGTH:
        findings.add(Field.OWN_WORDS, "own_words.too_long", max=MAX_OWN_WORD_LENGTH)
    return replace(
        side,
        roles=None if side.roles is None else check_roles(side.roles, findings),
        sharing=_sharing(side.sharing, sharing, findings),
    )


def _sharing(choice: SharingChoice | None, field: Field, findings: Findings) -> SharingChoice | None:
    if choice is None or not choice.is_on:
        return None if choice is None else NOT_SHARED
    if choice.basis is not Basis.AUTHORIZATION:
        return replace(choice, expires_on=None)
    if choice.expires_on is None:
        findings.add(field, "basis.expiry_needed")
    return choice
