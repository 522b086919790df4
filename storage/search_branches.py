"""The ways to a client, each one range of one index: where the answers of a search come from.

A branch selects ids with a rank: where the client stands with the practice, what was found, and the text it
was found by, in one string that sorts. An index has a branch's rows in that order already, so that the best
ones are there at once however many there are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Subquery,
    and_,
    bindparam,
    cast,
    literal,
    select,
    union_all,
)

from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.ordered_join import InOrder
from storage.search_checks import WordsAt, born_then, in_name, mail_begins, number_begins
from storage.search_terms import Atom, BirthShape, NumberShape, WordShape, begins
from storage.tables import client_phones, client_tokens, clients, links
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect

ACTIVE, ARCHIVED = 0, 1
"""Ranks of those who can be picked."""
OF_TOKENS, OF_ROWS = 1, 1_000_000
"""What each row counts of those who are found several times, by their tokens and otherwise."""

Criterion = ColumnElement[bool]


class Place(IntEnum):
    """What was found, the most telling first; one digit of the rank."""

    START = 0
    NAME = 1
    OWN_ID = 2
    EMAIL = 3
    PHONE = 4
    BORN = 5
    SIMILAR = 6


_PLACE_OF_TOKEN = {
    TokenKind.NAME: Place.NAME,
    TokenKind.PART: Place.NAME,
    TokenKind.OWN_ID: Place.OWN_ID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """The branches of one search among those of one standing.

    Attributes:
        rank: `ACTIVE` or `ARCHIVED`.
        leaves_out: whether the client `left_out` and those linked to them are left out.
        limit: the name of the value that says how many each of them has at most; nothing for all, unranked.
    """

    rank: int
    leaves_out: bool = False
    limit: str = "each"

    def by_name(self) -> AnySelect:
        """Return everybody, by last name."""
        c = clients.c
        return self._branch(clients, Place.START, c.last_first, c.id, c.status_rank == self.rank)

    def begun_with(self, key: str) -> Iterator[AnySelect]:
        """Yield those whose name begins with a value, in each order of it, unranked."""
        for column in (clients.c.last_first, clients.c.whole_name):
            yield self._clients_who(begins(column, key))

    def with_own_id(self, atom: WordShape) -> Iterator[AnySelect]:
        """Yield those who have a word in the own id, as far as it is no token, unranked."""
        for column in (clients.c.own_compact, clients.c.own_tail):
            yield self._clients_who(begins(column, atom.key))

    def with_address(self, atom: WordShape) -> AnySelect:
        """Return those whose address begins with a word, unranked."""
        return self._clients_who(mail_begins(atom))

    def _clients_who(self, begin: Criterion) -> AnySelect:
        return self._unranked(clients, clients.c.id, clients.c.status_rank == self.rank, begin)

    def _unranked(self, table: FromClause, client_id: ColumnElement[str], *criteria: Criterion) -> AnySelect:
        found = select(client_id.label("id")).where(table.c.workspace_id == IN_WORKSPACE, *criteria)
        return found.limit(bindparam(self.limit, type_=Integer)) if self.limit else found

    def starts(self) -> Iterator[AnySelect]:
        """Yield those whose whole name begins with all that was typed."""
        for column in (clients.c.last_first, clients.c.whole_name):
            yield self._of_clients(Place.START, column, begins(column, "plain"))
        yield self._of_tokens(Place.START, TokenKind.NAME, begins(client_tokens.c.token, "plain"))

    def named(
        self,
        atom: WordShape,
        checks: Callable[[WordsAt], Sequence[Criterion]],
        *,
        place: Place = Place.NAME,
    ) -> Iterator[AnySelect]:
        """Yield those whose name begins with a word and who meet checks of what the index by name has."""
        for column in (clients.c.last_first, clients.c.whole_name):
            found = (
                select(clients.c.id, column.label("name"))
                .where(
                    clients.c.workspace_id == IN_WORKSPACE,
                    clients.c.status_rank == self.rank,
                    begins(column, atom.key),
                    *self.without_left_out(clients.c.id),
                    *checks(in_name(column)),
                )
                .order_by(column, clients.c.id)
                .limit(bindparam(self.limit, type_=Integer))
                .subquery()
            )
            yield self.by_last_name(found, place, is_in_it=column is clients.c.last_first)

    def by_last_name(self, found: Subquery, place: Place, *, is_in_it: bool) -> AnySelect:
        """Return clients found along an index, with their rank by last name, as a branch.

        Only of those found is the row read for the last name where the index has it not (`is_in_it`):
        PostgreSQL would read it of everybody whom it passes there.
        """
        rank = literal(f"{self.rank}{place}", Words)
        counts = literal(0, Integer).label("checked")
        if is_in_it:
            return select(found.c.id, (rank + found.c.name).label("rank"), counts)
        theirs = clients.alias("theirs")
        return (
            select(found.c.id, (rank + theirs.c.last_first).label("rank"), counts)
            .select_from(InOrder(found, theirs, theirs.c.id == found.c.id))
            .where(theirs.c.workspace_id == IN_WORKSPACE)
        )

    def having(self, atom: Atom) -> Iterator[AnySelect]:
        """Yield those who have an atom, but as the start of a name."""
        match atom:
            case WordShape():
                yield from self.of_word(atom)
            case NumberShape():
                yield self.of_numbers(atom)
            case BirthShape():
                yield self.of_births(atom)

    def of_word(self, atom: WordShape) -> Iterator[AnySelect]:
        """Yield those who have a word in a name, the own id or the address."""
        if atom.folded:
            for kind, place in _PLACE_OF_TOKEN.items():
                if not self.limit or kind is not TokenKind.NAME:
                    yield self._of_tokens(place, kind, begins(client_tokens.c.token, atom.key))
        yield from self.besides_tokens(atom)

    def in_tokens(self, atom: WordShape, *checks: Criterion) -> Iterator[AnySelect]:
        """Yield those who have a token that begins with a word and who meet checks of its words, unranked."""
        t = client_tokens.c
        for kind in TokenKind:
            criteria = (t.kind == kind.value, t.status_rank == self.rank, begins(t.token, atom.key))
            yield self._unranked(client_tokens, t.client_id, *criteria, *checks)

    def besides_tokens(self, atom: WordShape) -> Iterator[AnySelect]:
        """Yield those who have a word in the own id or the address, as far as it is no token."""
        if atom.folded:
            for column in (clients.c.own_compact, clients.c.own_tail):
                yield self._of_clients(Place.OWN_ID, column, begins(column, atom.key))
        if atom.address:
            yield self._of_clients(Place.EMAIL, clients.c.login, mail_begins(atom))

    def of_numbers(self, atom: NumberShape) -> AnySelect:
        """Return those who have a telephone number."""
        p = client_phones.c
        criteria = (p.status_rank == self.rank, number_begins(atom))
        return self._branch(client_phones, Place.PHONE, p.digits, p.client_id, *criteria)

    def of_births(self, atom: BirthShape) -> AnySelect:
        """Return those who were born then."""
        c = clients.c
        # As expressions these lead to no index by name, which would be gone through from end to end.
        criteria = (c.status_rank + 0 == self.rank, born_then(atom))
        return self._branch(clients, Place.BORN, c.last_first + literal("", Words), c.id, *criteria)

    def without_left_out(self, client_id: ColumnElement[str]) -> tuple[Criterion, ...]:
        """Return what leaves the family out, where it is to be (R13)."""
        if not self.leaves_out:
            return ()
        left_out = bindparam("left_out", type_=Words)
        return (client_id != left_out, client_id.not_in(_linked_to(left_out)))

    def _of_clients(self, place: Place, column: ColumnElement[str], begin: Criterion) -> AnySelect:
        return self._branch(clients, place, column, clients.c.id, clients.c.status_rank == self.rank, begin)

    def _of_tokens(self, place: Place, kind: TokenKind, begin: Criterion) -> AnySelect:
        t = client_tokens.c
        criteria = (t.kind == kind.value, t.status_rank == self.rank, begin)
        return self._branch(client_tokens, place, t.token, t.client_id, *criteria)

    def _branch(
        self,
        table: FromClause,
        place: Place,
        text: ColumnElement[str],
        client_id: ColumnElement[str],
        *criteria: Criterion,
    ) -> AnySelect:
        if not self.limit:
            return self._unranked(table, client_id, *criteria)
        rank = literal(f"{self.rank}{place}", Words) + text
        found = (
            select(client_id.label("id"), rank.label("rank"))
            .where(table.c.workspace_id == IN_WORKSPACE, *criteria, *self.without_left_out(client_id))
            .order_by(text, client_id)
            .limit(bindparam(self.limit, type_=Integer))
            .subquery()
        )
        return select(found.c.id, found.c.rank, literal(0, Integer).label("checked"))


def checked(
    candidates: Sequence[AnySelect], place: Place, *checks: Criterion, among: Branches, each: int = OF_ROWS
) -> AnySelect:
    """Return those of the candidates who meet checks, a limited number of them, as a branch.

    Each is looked at, active ones first: there is no index for two things at once. One client may be among
    them several times, so that there may be more where this has all that it may have: each of its rows
    counts as `each`, by which two such branches are told apart.
    """
    ids = union_all(*candidates).subquery("candidates")
    rank = cast(clients.c.status_rank, Words) + literal(str(int(place)), Words) + clients.c.last_first
    found = (
        select(clients.c.id, rank.label("rank"))
        .select_from(InOrder(ids, clients, clients.c.id == ids.c.id))
        .where(clients.c.workspace_id == IN_WORKSPACE, *among.without_left_out(clients.c.id), *checks)
        .limit(bindparam(among.limit, type_=Integer))
        .subquery()
    )
    return select(found.c.id, found.c.rank, literal(each, Integer).label("checked"))


def _linked_to(client_id: BindParameter[str]) -> AnyCompoundSelect:
    active = and_(links.c.workspace_id == IN_WORKSPACE, links.c.removed_at.is_(None))
    return union_all(
        select(links.c.low_client_id).where(active, links.c.high_client_id == client_id),
        select(links.c.high_client_id).where(active, links.c.low_client_id == client_id),
    )
