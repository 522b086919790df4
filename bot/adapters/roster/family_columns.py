"""The columns of a list of links and contacts, told by their headers as loosely as people write them."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.adapters.roster.csv_dialect import delimiter_of, records, stated_delimiter
from bot.adapters.roster.encodings import decoded_head
from bot.adapters.roster.header_line import headers_at
from bot.adapters.roster.headers import REASON, Holds, held_by, kinds_named
from bot.domain.errors import Field
from bot.domain.folding import fold


class Tells(StrEnum):
    """What a column tells of a relation; the headers of our own export."""

    CLIENT = "client_id"
    CLIENT_REFERENCE = "client_reference"
    RELATED = "related_client_id"
    RELATED_REFERENCE = "related_client_reference"
    RELATIONSHIP = "relationship"
    ROLES = "roles"
    EMERGENCY = "emergency"
    SHARED = "shared_emails"
    BASIS = "shared_emails_basis"
    EXPIRES = "shared_emails_until"
    REVERSE_RELATIONSHIP = "reverse_relationship"
    REVERSE_ROLES = "reverse_roles"
    REVERSE_EMERGENCY = "reverse_emergency"
    REVERSE_SHARED = "reverse_shared_emails"
    REVERSE_BASIS = "reverse_shared_emails_basis"
    REVERSE_EXPIRES = "reverse_shared_emails_until"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NAME = "name"
    PHONES = "phones"
    EMAIL = "email"
    LANGUAGE = "language"
    PERSON = "person"
    SINCE = "since"
    ENDS_ON = "ends_on"
    REMOVED_ON = "removed_on"


_SYNONYMS = {
    Tells.CLIENT: """
        ownid id client clientownid patient patientid mrn chartnumber kundennummer patientennummer""",
    Tells.RELATED: """
        relatedid relatedclient relatedownid related otherid otherclient otherclientid otherownid linkedclient
        linkedclientid linkedid relatedpatient relatedpatientid relativeid""",
    Tells.RELATIONSHIP: """
        relation relationshiptoclient relationshiptopatient relatedas relatedis kinship relationtoclient
        relationtopatient beziehung verhaltnis verwandtschaft parente parentesco""",
    Tells.NAME: """
        contact contactperson relative relatedperson familymember angehorige angehoriger kontaktperson""",
    Tells.REVERSE_RELATIONSHIP: "inverse inverserelationship reverserelation reciprocalrelationship",
    Tells.ROLES: "role",
    Tells.EMERGENCY: """
        emergencycontact isemergencycontact emergencyorder emergencyposition callorder ice notfallkontakt""",
    Tells.SHARED: """
        shares sharing shareemails sharedemail shareemail copyemails copyofemails copynotifications
        emailsshared""",
    Tells.BASIS: "basis sharedbasis",
    Tells.EXPIRES: "expireson expires shareduntil authorizationuntil authorizationexpires",
    Tells.PERSON: "personid personkey contactid contactkey",
    Tells.LANGUAGE: "preferredlanguage languages",
    Tells.SINCE: "from start startdate startson activefrom validfrom",
    Tells.ENDS_ON: "until end enddate endson validuntil lastday",
    Tells.REMOVED_ON: "removed removedon ended endedon",
}
_TELLS = {word: tells for tells, words in _SYNONYMS.items() for word in words.split()}
_TELLS |= {tells.value.replace("_", ""): tells for tells in Tells}
_OF_PERSON = {
    Holds.FIRST_NAME: Tells.FIRST_NAME,
    Holds.LAST_NAME: Tells.LAST_NAME,
    Holds.NAME: Tells.NAME,
    Holds.EMAIL: Tells.EMAIL,
}
"""What is said of a contact, in the words of a list of clients."""
_OF_RELATIONS = {Tells.RELATED, Tells.RELATIONSHIP, Tells.ROLES, Tells.SHARED, Tells.BASIS}
"""What is told of relations alone: with one of these a list is not taken for one of clients, who would get
the names of their contacts."""
_WHOSE = re.compile(r"^(?:emergency contact|emergency|contact|relative|related person|person)s?\s+")
_FOR_EMERGENCIES = re.compile(r"^(?:emergency contact|emergency)s?\s+")
"""Who stands in such a column is called in an emergency."""
_OF_THE_CLIENT = re.compile(r"^(?:client|patient|member)s?\s+")
"""What such a column says of the client is no word about the contact."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

FIELD_OF: Mapping[Field, tuple[Tells, ...]] = {
    Field.CLIENT: (Tells.CLIENT, Tells.CLIENT_REFERENCE),
    Field.RELATION: (Tells.RELATED, Tells.RELATED_REFERENCE),
    Field.RELATIONSHIP: (Tells.RELATIONSHIP,),
    Field.OWN_WORDS: (Tells.RELATIONSHIP,),
    Field.INVERSE_WORDS: (Tells.REVERSE_RELATIONSHIP,),
    Field.ROLES: (Tells.ROLES,),
    Field.DOCUMENT: (Tells.ROLES,),
    Field.SHARING: (Tells.SHARED,),
    Field.BASIS: (Tells.BASIS,),
    Field.EXPIRES_ON: (Tells.EXPIRES,),
    Field.REVERSE_SHARING: (Tells.REVERSE_SHARED,),
    Field.REVERSE_BASIS: (Tells.REVERSE_BASIS,),
    Field.REVERSE_EXPIRES_ON: (Tells.REVERSE_EXPIRES,),
    Field.FIRST_NAME: (Tells.FIRST_NAME, Tells.NAME),
    Field.LAST_NAME: (Tells.LAST_NAME, Tells.NAME),
    Field.EMAIL: (Tells.EMAIL,),
    Field.LANGUAGE: (Tells.LANGUAGE,),
}
"""In which column a field stands; the numbers may have several."""


def is_families(head: bytes) -> bool:
    """Say whether a file with these first bytes is a list of links and contacts, and not one of clients."""
    lines = [line for line in decoded_head(head).splitlines(keepends=True) if line.strip()]
    if not lines:
        return False
    stated = stated_delimiter(lines[0])
    begun = lines[1:] if stated and len(lines) > 1 else lines
    at = headers_at(begun, things_told, stated=stated)
    record = next(records(begun[at:], stated or delimiter_of(begun[at])), None)
    if record is None or record.cells is None:
        return False
    headers = record.cells
    told = set(filter(None, map(told_by, headers)))
    of_clients = {held_by(header) for header in headers} & {
        Holds.BIRTH_DATE,
        Holds.STATUS,
        Holds.PREFERRED_NAME,
    }
    # A list of clients may have an "Emergency contact" too, by name, and never the plain word.
    is_ordered = "emergency" in map(fold, headers) or _has_emergency_contacts_alone(headers)
    # What is said of an emergency contact may stand in a list of clients too.
    of_relations = {told_by(header) for header in headers if not _says_for_emergencies(header)}
    names_both = Tells.CLIENT in told and (is_ordered or bool(_OF_RELATIONS & of_relations))
    return not of_clients and (names_both or Tells.RELATED_REFERENCE in told)


def things_told(headers: Sequence[str]) -> int:
    """Return for how many different things these would be headers, of relations or of clients."""
    told = [told_by(header) or held_by(header) for header in headers]
    is_list = Tells.CLIENT in told or Tells.CLIENT_REFERENCE in told or kinds_named(headers)
    return len(set(filter(None, told))) if is_list else 0


def told_by(header: str) -> Tells | None:
    """Return what a column with this header tells; None where nobody can say, and for numbers."""
    words = fold(_CAMEL.sub(" ", header))
    found = _TELLS.get(words.replace(" ", ""))
    if found is None and _TELLS.get(_WHOSE.sub("", words).replace(" ", "")) is Tells.RELATIONSHIP:
        return Tells.RELATIONSHIP
    if found is None:
        holds = held_of_person(header)
        found = _OF_PERSON.get(holds) if holds else None
    return found


def held_of_person(header: str) -> Holds | None:
    """Return what a column with this header holds of the contact, in the words of a list of clients."""
    words = fold(_CAMEL.sub(" ", header))
    return None if _OF_THE_CLIENT.match(words) else held_by(_WHOSE.sub("", words))


def is_for_emergencies(headers: Sequence[str]) -> bool:
    """Say whether a list's contacts are to be called in an emergency, by the header of their names."""
    return any(_says_for_emergencies(each) and told_by(each) in _OF_PERSON.values() for each in headers)


def _says_for_emergencies(header: str) -> bool:
    return _FOR_EMERGENCIES.match(fold(_CAMEL.sub(" ", header))) is not None


def _has_emergency_contacts_alone(headers: Sequence[str]) -> bool:
    """Say whether it is told whom to call in an emergency, and of the clients no more than who they are."""
    others = [header for header in headers if not _says_for_emergencies(header)]
    of_clients = {held_by(header) for header in others if not _says_which_client(header)}
    return is_for_emergencies(headers) and of_clients <= {None}


def _says_which_client(header: str) -> bool:
    """Say whether a column says whose relation it is: an id, or a name such as "Client Name" beside it."""
    is_clients_name = held_by(header) is Holds.NAME and _OF_THE_CLIENT.match(fold(header)) is not None
    return is_clients_name or told_by(header) is Tells.CLIENT or held_by(header) is Holds.OWN_ID


def places_of(headers: Sequence[str]) -> tuple[dict[Tells, int], list[str]]:
    """Return in which column each thing is told, and the headers that tell nothing."""
    places: dict[Tells, int] = {}
    ignored = []
    for place, header in enumerate(headers):
        told = told_by(header)
        if told is not None and told not in places:
            places[told] = place
        elif fold(header) not in ("", fold(REASON)):
            ignored.append(header)
    return places, ignored
