"""A household while it is being drawn: one origin, one surname, one address perhaps."""

from dataclasses import dataclass
from datetime import date
from random import Random

from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import PhoneLabel
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category
from bot.playground.practice.drawn.names import Hat, Origin
from bot.playground.practice.made_up import AS_A_RELATIVE, PracticeBook, Seen, related
from bot.playground.practice.stories.agreements import everything, only

SHARED_ADDRESS_OF_A_HUNDRED = 8
ARCHIVED_OF_A_HUNDRED = 6
YEARS_APART = 7
_DAYS_FOR_BIRTHDAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Somebody of the household: a client, or a person who is only known to one."""

    first_name: str
    last_name: str
    is_woman: bool
    own_id: str = ""
    born: date = date.min
    has_address: bool = True


class Household:
    """Draws its members from one origin and writes them into the book."""

    def __init__(self, book: PracticeBook, dice: Random, hat: Hat) -> None:
        self.dice = dice
        self._book = book
        self._hat = hat
        self._origin: Origin = hat.origin()
        self.surname = hat.surname(self._origin)
        self._address: str | None = None

    def happens(self, of_a_hundred: int) -> bool:
        """Throw the dice for something that is so in that many of a hundred cases."""
        return self.dice.randrange(100) < of_a_hundred

    def reads_mail_together(self) -> None:
        """Give the household one address now and then."""
        if self.happens(SHARED_ADDRESS_OF_A_HUNDRED):
            self._address = self._book.address("family", self.surname, None, self._book.next_own_id)

    def born_between(self, earliest: int, latest: int) -> date:
        """Draw a birth date of these years, both included."""
        year = self.dice.randint(earliest, latest)
        return date(year, self.dice.randint(1, 12), self.dice.randint(1, _DAYS_FOR_BIRTHDAYS))

    def about_as_old_as(self, somebody: Drawn) -> date:
        """Draw a birth date within some years of somebody else's."""
        return self.born_between(somebody.born.year - YEARS_APART, somebody.born.year + YEARS_APART)

    def anybody(self, *, is_woman: bool | None = None, keeps_own_surname: bool = False) -> Drawn:
        """Draw somebody who is not a client."""
        woman = self.happens(52) if is_woman is None else is_woman
        surname = self._hat.surname(self._origin) if keeps_own_surname else self.surname
        first_name = self._hat.first_name(self._origin, surname, is_woman=woman)
        return Drawn(first_name=first_name, last_name=surname, is_woman=woman)

    def adult(self, born: date, *, is_woman: bool | None = None, keeps_own_surname: bool = False) -> Drawn:
        """Draw a grown-up client with a phone, nearly always with an address."""
        drawn = self.anybody(is_woman=is_woman, keeps_own_surname=keeps_own_surname)
        address = self._address or ("" if self.happens(93) else None)
        own_id = self._book.client(
            drawn.first_name,
            drawn.last_name,
            born,
            email=address,
            archived=self.happens(ARCHIVED_OF_A_HUNDRED),
        )
        return Drawn(
            first_name=drawn.first_name,
            last_name=drawn.last_name,
            is_woman=drawn.is_woman,
            own_id=own_id,
            born=born,
            has_address=address is not None,
        )

    def child(self, born: date) -> Drawn:
        """Draw a client under age: no phone of their own, an address only where the family has one."""
        drawn = self.anybody()
        own_id = self._book.client(drawn.first_name, drawn.last_name, born, email=self._address, phones=())
        return Drawn(
            first_name=drawn.first_name,
            last_name=drawn.last_name,
            is_woman=drawn.is_woman,
            own_id=own_id,
            born=born,
            has_address=self._address is not None,
        )

    def marry(self, one: Drawn, other: Drawn) -> None:
        """Link two clients as spouses or partners; some let their appointments go to each other."""
        what = related(Kinship.DOMESTIC_PARTNER)
        if self.happens(80):
            what = related(_word(other, Word.WIFE, Word.HUSBAND), _word(one, Word.WIFE, Word.HUSBAND))
        self._book.link(
            one.own_id,
            other.own_id,
            what,
            seen=self._as_spouse(one, other),
            seen_back=self._as_spouse(other, one),
        )

    def raises(self, parent: Drawn, child: Drawn) -> None:
        """Link a child to a parent who is a client too, from the child's account."""
        self._book.link(
            child.own_id,
            parent.own_id,
            related(_word(parent, Word.MOTHER, Word.FATHER), _word(child, Word.DAUGHTER, Word.SON)),
            seen=self._as_parent(self._may_receive(parent)),
        )

    def linked(self, client: Drawn, other: Drawn, what: Word | Kinship, back: Word | None = None) -> None:
        """Link two clients who share nothing."""
        self._book.link(client.own_id, other.own_id, related(what, back))

    def knows(
        self,
        client: Drawn,
        person: Drawn,
        what: Word | Kinship,
        *,
        emergency: bool = False,
        roles: tuple[Role, ...] = (),
        as_parent: bool = False,
    ) -> None:
        """Add a contact with a phone, about half of them with an address."""
        email = None
        if as_parent or self.happens(50):
            email = self._book.address(person.first_name, person.last_name, None, f"{client.own_id}-family")
        seen = self._as_parent(may_receive=True) if as_parent else Seen(emergency=emergency)
        self._book.contact(
            client.own_id,
            PersonDetails(
                first_name=person.first_name,
                last_name=person.last_name,
                email=email,
                phones=(self._book.phone(self.dice.choice(tuple(PhoneLabel))),),
            ),
            related(what),
            seen=Seen(
                emergency=seen.emergency,
                sharing=seen.sharing,
                roles=tuple(RoleHeld(role=role) for role in roles),
            ),
        )

    def _as_parent(self, may_receive: bool) -> Seen:  # noqa: FBT001 - private, and named at each call
        if may_receive and self.happens(60):
            return Seen(emergency=True, sharing=everything(Basis.PARENT_OF_MINOR))
        return Seen(emergency=True)

    def _as_spouse(self, client: Drawn, spouse: Drawn) -> Seen:
        if self._may_receive(spouse) and self._is_here(client) and self.happens(25):
            return Seen(emergency=True, sharing=only(Basis.CLIENT_AGREED_VERBALLY, Category.APPOINTMENTS))
        return Seen(emergency=True) if self.happens(70) else AS_A_RELATIVE

    def _may_receive(self, drawn: Drawn) -> bool:
        return drawn.has_address and self._is_here(drawn)

    def _is_here(self, drawn: Drawn) -> bool:
        """Say whether the client still comes: nothing is shared with or from an archived one (R17)."""
        return not self._book.is_archived(drawn.own_id)


def _word(drawn: Drawn, of_a_woman: Word, of_a_man: Word) -> Word:
    return of_a_woman if drawn.is_woman else of_a_man
