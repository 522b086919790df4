"""What staff may choose in a form, drawn at random: mostly sensible, sometimes not."""

from datetime import date

from hypothesis import strategies as st

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import DOCUMENTED_ROLES, Role, RoleHeld
from bot.domain.sharing import Basis, Category, SharingChoice

numbers = st.integers(min_value=0, max_value=99)
seldom = st.integers(min_value=0, max_value=9).map(lambda number: int(number == 7))
relationships = st.one_of(
    st.builds(
        RelationshipChoice,
        kinship=st.sampled_from([one for one in Kinship if one is not Kinship.OTHER]),
        inverse_word=st.one_of(st.none(), st.sampled_from(Word)),
    ),
    st.builds(
        RelationshipChoice,
        kinship=st.just(Kinship.OTHER),
        own_words=st.sampled_from(["coach", "trainer", ""]),
        inverse_words=st.sampled_from(["pupil", "trainee", ""]),
    ),
)
bases = [Basis.CLIENT_AGREED_VERBALLY, Basis.PARENT_OF_MINOR, Basis.AUTHORIZATION, None]
choices = st.builds(
    SharingChoice,
    categories=st.frozensets(st.sampled_from(Category), max_size=3),
    basis=st.sampled_from(bases),
    expires_on=st.sampled_from([date(2027, 3, 2), date(2027, 4, 2), date(2026, 3, 2), None]),
)
endings = st.sampled_from([None, None, date(2026, 3, 1), date(2027, 1, 1)])
mostly_off = st.one_of(st.just(SharingChoice()), choices)
PHONES = (Phone(number="+12125550100"),)
OTHER_PHONES = (Phone(number="+12125550101"), Phone(number="ask for Ana: 0102"))
phones = st.sampled_from([PHONES, OTHER_PHONES, ()])
addresses = st.sampled_from(["one@example.com", "two@example.org", None])
details = st.builds(
    ClientDetails,
    first_name=st.sampled_from(["Ana", "Ben", "Cleo"]),
    email=addresses,
    phones=phones,
    status=st.sampled_from([*(5 * [ClientStatus.ACTIVE]), ClientStatus.ARCHIVED, ClientStatus.DECEASED]),
)
people = st.builds(
    PersonDetails,
    first_name=st.sampled_from(["Rosa", "Raúl", "Rita", "Rosa", "Raúl", ""]),
    email=addresses,
    phones=phones,
)
held_roles = st.lists(
    st.builds(
        lambda role, document: RoleHeld(role=role, document=document if role in DOCUMENTED_ROLES else ""),
        st.sampled_from(Role),
        st.sampled_from(["", "Order 12"]),
    ),
    max_size=3,
).map(tuple)
