"""What the columns of a list hold, told by their headers as loosely as people write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.phone import PhoneLabel
from bot.services.roster.reading import UnreadableFile

REASON = "why it was left out"
"""The header of the column that a file of rejects begins with; it is passed over when that is imported."""


class Holds(StrEnum):
    """What a column of a list of clients holds; the words of `--column`."""

    OWN_ID = "own_id"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NAME = "name"
    PREFERRED_NAME = "preferred_name"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE_PHONE = "mobile_phone"
    HOME_PHONE = "home_phone"
    WORK_PHONE = "work_phone"
    OTHER_PHONE = "other_phone"
    STATUS = "status"
    INACTIVE = "inactive"
    DECEASED = "deceased"
    DECEASED_ON = "deceased_on"
    REFERENCE = "reference"

    # An Enum's own asks for its name first; in a dictionary of these every cell of a list is looked up.
    __hash__ = str.__hash__


LABEL_OF = {
    Holds.PHONE: None,
    Holds.MOBILE_PHONE: PhoneLabel.MOBILE,
    Holds.HOME_PHONE: PhoneLabel.HOME,
    Holds.WORK_PHONE: PhoneLabel.WORK,
    Holds.OTHER_PHONE: PhoneLabel.OTHER,
}
"""What the number in a column is for; there may be several columns of each."""

_SYNONYMS = {
    Holds.OWN_ID: """
        id ownid mrn medicalrecordnumber medicalrecordno recordnumber recordid chartnumber chartno chartid
        chart chartnr accountnumber accountno accountid externalid mrnnumber kundennummer kundennr
        patientennummer patientennr patientid clientid patientno clientno patientnumber clientnumber
        ndossier numerodossier numerodedossier nodossier npatient numeropatient nclient numeroclient
        numerodecliente numerodepaciente expediente numerodeexpediente""",
    Holds.FIRST_NAME: """
        firstname first fname given givenname givennames forename forenames christianname legalfirstname
        legalfirst firstnames vorname prenom prenoms nombre nombres""",
    Holds.LAST_NAME: """
        lastname last lname familyname lastnames surname surnames legallastname legallast nachname
        familienname nom apellido apellidos""",
    Holds.NAME: """
        name client patient fullname displayname wholename lastnamefirstname lastfirst namelastfirst
        legalname""",
    Holds.PREFERRED_NAME: """
        preferredname preferredfirstname preferred nickname knownas goesby callname calledname chosenname
        rufname""",
    Holds.BIRTH_DATE: """
        birthdate dateofbirth dob birthday birth bdate born bornon geburtsdatum geburtstag gebdatum gebdat geb
        fechadenacimiento fechanacimiento datedenaissance datenaissance naissance ddn nele neele""",
    Holds.EMAIL: """
        email emails emailaddress emailaddresses mail emailprimary primaryemail primaryemailaddress
        emailadresse mailadresse adresseemail adressemail adresseelectronique adressecourriel correo
        correoelectronico courriel""",
    Holds.STATUS: "status statut estatus isactive active activeinactive recordstatus accountstatus",
    Holds.INACTIVE: """
        inactive isinactive archived isarchived discharged isdischarged archivedat archivedon datearchived
        archivedate inactivedate inactivesince inactiveon dateinactive deactivatedat deactivatedon
        dischargedate dischargedon datedischarged dateofdischarge deletedat deletedon""",
    Holds.DECEASED: "deceased isdeceased dead isdead verstorben",
    Holds.REFERENCE: "reference clientreference",
    Holds.DECEASED_ON: """
        deceasedon deceaseddate datedeceased dateofdeath deathdate dod died diedon sterbedatum""",
}
"""Headers without their spaces, accents and capitals."""

_NAMES = {Holds.FIRST_NAME, Holds.LAST_NAME, Holds.NAME}
_HOLDS = {word: holds for holds, words in _SYNONYMS.items() for word in words.split()}

_WHOSE = (
    "pat",
    "client",
    "clients",
    "patient",
    "patients",
    "member",
    "person",
    "customer",
    "kunde",
    "patienten",
)
"""Words before the others that say only whose it is: "Patient First Name"."""

_PHONE_WORDS = frozenset(
    (
        "phone",
        "phones",
        "telephone",
        "tel",
        "telefon",
        "telefono",
        "phonenumber",
        "phonenumbers",
        "telefonnummer",
        "rufnummer",
        "contactnumber",
    )
)
_LABELS_THAT_ARE_PHONES = {
    **dict.fromkeys(
        (
            *("mobile", "cell", "cellphone", "cellular", "mobilephone", "handy", "mobil", "mobilnummer"),
            *("mobiltelefon", "handynummer", "portable", "movil", "celular"),
        ),
        Holds.MOBILE_PHONE,
    ),
    **dict.fromkeys(("landline", "homephone", "festnetz"), Holds.HOME_PHONE),
    "workphone": Holds.WORK_PHONE,
}
_LABELS = {
    "home": Holds.HOME_PHONE,
    "private": Holds.HOME_PHONE,
    "privat": Holds.HOME_PHONE,
    "fixe": Holds.HOME_PHONE,
    "fijo": Holds.HOME_PHONE,
    "domicile": Holds.HOME_PHONE,
    "work": Holds.WORK_PHONE,
    "office": Holds.WORK_PHONE,
    "business": Holds.WORK_PHONE,
    "geschaftlich": Holds.WORK_PHONE,
    "dienstlich": Holds.WORK_PHONE,
    "travail": Holds.WORK_PHONE,
    "other": Holds.OTHER_PHONE,
    "alternate": Holds.OTHER_PHONE,
    "alternative": Holds.OTHER_PHONE,
}
_EMPTY_PHONE_WORDS = frozenset(
    (
        "number",
        "numbers",
        "no",
        "nr",
        "nummer",
        "numero",
        "n",
        "de",
        "primary",
        "main",
        "preferred",
        "secondary",
    )
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER_WORDS = frozenset(("number", "no", "nr", "nummer", "num", "code"))
"""With whose it is in front, the number is the one that a client is known by."""
_DATE_SHAPE = re.compile("dd|mm|yyyy|yy|ddmmyyyy|mmddyyyy|yyyymmdd|jjjj|tt")
"""How a date is to be written, as in "DOB (MM/DD/YYYY)", says nothing of whose it is."""
_ASIDE = re.compile(
    r"\s*[(\[](?:legal|required|optional|if any|if known|primary|main|e?s|e\.?g\.?.*|format.*)[)\]]",
    re.IGNORECASE,
)
"""A remark in brackets that says nothing of whose it is or what for, unlike "Name (mother)"."""
_SAID_TWICE = re.compile(r"([^(\[]+)[(\[]([^)\]]+)[)\]]")
"""The same in other words: "Date of Birth (DOB)"."""
_BESIDE_A_MOBILE = {"home": Holds.HOME_PHONE, "work": Holds.WORK_PHONE}
"""Words that may mean an address as well, and beside a mobile number mean another number."""
_LAST_DIGITS = re.compile(r"\s*\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one file: their headers, what each holds by its place, and which are passed over."""

    names: tuple[str, ...]
    holds: Mapping[int, Holds]
    ignored: tuple[str, ...]

    def of(self, what: Holds) -> int | None:
        """Return the place of the column that holds something, or None."""
        return next((place for place, holds in self.holds.items() if holds is what), None)

    def phones(self) -> list[tuple[int, PhoneLabel | None]]:
        """Return the places of the columns with numbers, each with what its numbers are for."""
        return [(place, LABEL_OF[holds]) for place, holds in self.holds.items() if holds in LABEL_OF]


def columns_of(headers: Sequence[str], said: Mapping[str, str]) -> Columns:
    """Return what the columns of a list of clients hold.

    Args:
        headers: what stands in the first line, no two alike.
        said: what the person who imports says some of the columns hold, by header.

    Raises:
        UnreadableFile: a header that was named is not there, or there is no column with a name.
    """
    holds = _said(headers, said)
    has_mobile = Holds.MOBILE_PHONE in (*holds.values(), *map(held_by, headers))
    ignored = []
    for place, name in enumerate(headers):
        if place in holds or fold(name) in ("", fold(REASON)):
            continue
        found = held_by(name) or (_BESIDE_A_MOBILE.get(fold(name)) if has_mobile else None)
        if found is None or (found not in LABEL_OF and found in holds.values()):
            ignored.append(name)
        else:
            holds[place] = found
    if Holds.FIRST_NAME in holds.values() and Holds.LAST_NAME in holds.values():
        for place in [place for place, each in holds.items() if each is Holds.NAME]:
            # First and last name have columns of their own, which say more.
            del holds[place]
            ignored.append(headers[place])
    if not _NAMES & set(holds.values()):
        raise UnreadableFile("file.no_name", found=", ".join(name for name in headers if name.strip()))
    return Columns(names=tuple(headers), holds=dict(sorted(holds.items())), ignored=tuple(ignored))


def held_by(header: str) -> Holds | None:
    """Return what a column with this header holds, or None where nobody can say."""
    found = _held_by(header)
    if found is None and (plain := _ASIDE.sub("", header)) != header:
        found = _held_by(plain)
    if found is None and (twice := _SAID_TWICE.fullmatch(header.strip())):
        said, again = _held_by(twice[1]), _held_by(twice[2])
        found = said if said is again else None
    return found


def kinds_named(headers: Sequence[str], said: Mapping[str, str] | None = None) -> int:
    """Return for how many different things these would be headers; none where no column has a name.

    Args:
        headers: cells that may be headers.
        said: what somebody says that some columns hold, by header.
    """
    meant = {fold(header): what for header, what in (said or {}).items()}
    kinds = set(filter(None, (meant.get(fold(each)) or held_by(each) for each in headers)))
    return len(kinds) if kinds & _NAMES else 0


def _held_by(header: str) -> Holds | None:
    spelled = _CAMEL.sub(" ", header.replace("#", " number "))
    words = [word for word in _LAST_DIGITS.sub("", fold(spelled)).split() if not _DATE_SHAPE.fullmatch(word)]
    is_said_whose = False
    while len(words) > 1 and words[0] in _WHOSE:
        words, is_said_whose = words[1:], True
    if is_said_whose and words and words[-1] in _NUMBER_WORDS and words[:-1] in ([], ["id"]):
        return Holds.OWN_ID
    return _HOLDS.get("".join(words)) or _phone(words)


def _phone(words: Sequence[str]) -> Holds | None:
    """Return what kind of number a column holds whose header has only words for numbers."""
    label, is_phone = None, False
    for word in words:
        if word in _LABELS_THAT_ARE_PHONES:
            label, is_phone = _LABELS_THAT_ARE_PHONES[word], True
        elif word in _PHONE_WORDS:
            is_phone = True
        elif word in _LABELS:
            label = _LABELS[word]
        elif word not in _EMPTY_PHONE_WORDS:
            return None
    return (label or Holds.PHONE) if is_phone else None


def _said(names: Sequence[str], said: Mapping[str, str]) -> dict[int, Holds]:
    holds = {}
    folded = [fold(name) for name in names]
    for header, what in said.items():
        if what not in set(Holds):
            raise UnreadableFile("file.no_such_column", what=what, known=", ".join(Holds))
        if fold(header) not in folded:
            found = ", ".join(name for name in names if name.strip())
            raise UnreadableFile("file.no_such_header", header=header, found=found)
        holds[folded.index(fold(header))] = Holds(what)
    return holds
