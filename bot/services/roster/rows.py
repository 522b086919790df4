"""What a file of the roster says, a row at a time, before anything is checked against the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.client import ClientDetails
from bot.domain.errors import Field
from bot.domain.kinship import Label
from bot.domain.person import PersonDetails
from bot.domain.relationship import RelationKind
from bot.domain.roles import RoleHeld
from bot.domain.sharing import SharingChoice

LAST_PLACE = 1_000
"""The place of an emergency contact of whom a file does not say when to call them: after the others."""

EVERY_FIELD = frozenset(Field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands: the file as it was named, and the line on which it begins (the first one is 1).

    In a FHIR Bundle it is the number of the entry, for its lines say nothing.
    """

    file: str
    line: int
    is_entry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A client as a file states them.

    `stated` are the fields that the file has a column or element for: the others stay as they are.
    `references` are names under which rows of relations in the same import mean this client, beside the own
    id: a FHIR resource's `Patient/17`, the reference column of an export. They mean nothing beyond it.
    `unlabelled` are the numbers, as in `details`, of which it does not say what they are for.
    `original` is the row as it stood there, so that it can be written to the file of rejects unharmed.
    """

    place: Place
    details: ClientDetails
    references: tuple[str, ...] = ()
    stated: frozenset[Field] = EVERY_FIELD
    unlabelled: frozenset[str] = frozenset()
    original: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedSide:
    """What the related person is for one client, as a file states it; None where it does not say."""

    label: Label | None = None
    roles: tuple[RoleHeld, ...] | None = None
    emergency_position: int | None = None
    """1 is called first; 0 says that they are no emergency contact; None says nothing."""
    has_no_phone: bool = False
    """It is known that this emergency contact has no phone, which is still to be put right (R33)."""
    sharing: SharingChoice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """A link or a contact as a file states it, its clients named by the practice's own ids.

    In place of an own id, or where nobody has it, any of the references may name the client as a row of the
    same import has them.

    A link names the other client and may have the `reverse` side: what the client is for the other one.
    A contact has `person`; `person_key` is the same for one person who is a contact of several clients.
    A link that has a `person` too is a contact where the other one is no client.
    """

    place: Place
    kind: RelationKind
    client_own_id: str
    side: RelatedSide
    client_references: tuple[str, ...] = ()
    other_own_id: str = ""
    other_references: tuple[str, ...] = ()
    reverse: RelatedSide | None = None
    person: PersonDetails | None = None
    person_key: str = ""
    since: date | None = None
    ends_on: date | None = None
    is_ended: bool = False
    """An export also carries what was removed, on `ends_on`; it is not brought back (R43)."""
    original: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """Why a row, or one cell of it, cannot come in: where, what stood there, and the key of the sentence.

    Where the file has no column for the field that it is about, `lacking` names it and `column` is empty.
    """

    place: Place
    column: str
    value: str
    key: str
    lacking: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    original: Mapping[str, str] = field(default_factory=dict)


Row = ClientRow | RelationRow
