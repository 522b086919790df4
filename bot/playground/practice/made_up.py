"""The shape of a made-up practice, and the book in which its families are written down.

A client is known by the practice's own id, as at a front desk; the real ids are given when it is filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.folding import fold
from bot.domain.kinship import Kinship, Word, kinship_of
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.domain.sharing import NOT_SHARED, SharingChoice

# Area codes of many states. The numbers 555-0100 to 555-0199 of each are set aside for fiction.
AREA_CODES = (
    *("201", "202", "206", "207", "208", "212", "215", "216", "225", "229", "251", "253", "303", "304"),
    *("307", "308", "312", "313", "314", "316", "401", "402", "404", "405", "406", "407", "410", "412"),
)
NUMBERS_OF_AN_AREA = 100
MAIL_DOMAINS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the related person is for one client: roles, whether to call them, what they also receive."""

    roles: tuple[RoleHeld, ...] = ()
    emergency: bool = False
    sharing: SharingChoice = NOT_SHARED


AS_A_RELATIVE = Seen()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpLink:
    """Two clients who are linked: the other is the ___ of the client; `seen` from each side."""

    client: str
    other: str
    relationship: RelationshipChoice
    seen: Seen
    seen_back: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpContact:
    """Somebody who is not a client, as a contact of one."""

    client: str
    person: PersonDetails
    relationship: RelationshipChoice
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Everything there is to fill in, in the order in which it is to be done."""

    clients: tuple[ClientDetails, ...]
    links: tuple[MadeUpLink, ...]
    contacts: tuple[MadeUpContact, ...]
    died: tuple[tuple[str, date], ...]
    """Who died when: told after the links, since nobody is linked to a client who has died."""


def related(
    what: Word | Kinship, back: Word | None = None, *, own_words: str = "", inverse_words: str = ""
) -> RelationshipChoice:
    """Return the relationship of a word or kind, and the word for the other side where one was chosen."""
    word = what if isinstance(what, Word) else None
    return RelationshipChoice(
        kinship=kinship_of(what) if isinstance(what, Word) else what,
        word=word,
        own_words=own_words,
        inverse_words=inverse_words,
        inverse_word=back,
    )


class PracticeBook:
    """Takes families down one after the other, and hands out own ids, telephone numbers and addresses."""

    def __init__(self, *, first_own_id: int = 1001) -> None:
        self._next_own_id = first_own_id
        self._numbers = _fictional_numbers()
        self._clients: dict[str, ClientDetails] = {}
        self._links: list[MadeUpLink] = []
        self._contacts: list[MadeUpContact] = []
        self._died: list[tuple[str, date]] = []

    def client(
        self,
        first_name: str,
        last_name: str,
        born: date | None,
        *,
        email: str | None = "",
        phones: tuple[Phone, ...] | None = None,
        preferred_name: str = "",
        own_id: str | None = None,
        archived: bool = False,
        died: date | None = None,
    ) -> str:
        """Write a client down and return the own id.

        Args:
            first_name: as it is to appear.
            last_name: as it is to appear.
            born: the birth date, where it is known.
            email: an address; "" makes one from the name, None stands for nobody's.
            phones: the numbers; one mobile number of its own unless given.
            preferred_name: what the client likes to be called.
            own_id: the practice's own id; the next one unless given.
            archived: no longer coming.
            died: the day of death.

        Raises:
            ValueError: the own id is somebody else's.
        """
        key = own_id or self.next_own_id
        if key in self._clients:
            raise ValueError(f"{key} is taken")
        self._clients[key] = ClientDetails(
            first_name=first_name,
            last_name=last_name,
            preferred_name=preferred_name,
            own_id=key,
            birth_date=born,
            email=self.address(first_name, last_name, born, key) if email == "" else email,
            phones=(self.phone(),) if phones is None else phones,
            status=ClientStatus.ARCHIVED if archived else ClientStatus.ACTIVE,
        )
        if died is not None:
            self._died.append((key, died))
        return key

    def link(
        self,
        client: str,
        other: str,
        relationship: RelationshipChoice,
        *,
        seen: Seen = AS_A_RELATIVE,
        seen_back: Seen = AS_A_RELATIVE,
    ) -> None:
        """Link two clients: the other is the ___ of the client."""
        self._links.append(
            MadeUpLink(client=client, other=other, relationship=relationship, seen=seen, seen_back=seen_back)
        )

    def contact(
        self,
        client: str,
        person: PersonDetails,
        relationship: RelationshipChoice,
        *,
        seen: Seen = AS_A_RELATIVE,
    ) -> None:
        """Add a contact: the person is the ___ of the client."""
        self._contacts.append(
            MadeUpContact(client=client, person=person, relationship=relationship, seen=seen)
        )

    def phone(self, label: PhoneLabel = PhoneLabel.MOBILE) -> Phone:
        """Return a fictional number that nobody else in the book has."""
        return Phone(number=next(self._numbers), label=label)

    def address(self, first_name: str, last_name: str, born: date | None, own_id: str) -> str:
        """Return an address under a domain set aside for examples, made of the name where it is Latin."""
        letters = ".".join(fold(f"{first_name} {last_name}").split())
        local = letters if letters.isascii() and letters else own_id.casefold()
        year = f".{born.year}" if born else ""
        return f"{local[:48]}{year}@{MAIL_DOMAINS[len(self._clients) % len(MAIL_DOMAINS)]}"

    def is_archived(self, own_id: str) -> bool:
        """Say whether a client was written down as no longer coming."""
        return self._clients[own_id].status is ClientStatus.ARCHIVED

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """First and last name of every client in it."""
        return tuple((details.first_name, details.last_name) for details in self._clients.values())

    def __len__(self) -> int:
        return len(self._clients)

    def closed(self) -> Practice:
        """Return everything that was written down."""
        return Practice(
            clients=tuple(self._clients.values()),
            links=tuple(self._links),
            contacts=tuple(self._contacts),
            died=tuple(self._died),
        )

    @property
    def next_own_id(self) -> str:
        """The own id that the next client without one gets."""
        while (own_id := f"K-{self._next_own_id}") in self._clients:
            self._next_own_id += 1
        return own_id


def _fictional_numbers() -> Iterator[str]:
    """Yield each number once, the areas taking turns, so that neighbors in the list look different."""
    for line in range(NUMBERS_OF_AN_AREA):
        for area in AREA_CODES:
            yield f"+1{area}55501{line:02d}"
