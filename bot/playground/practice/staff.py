"""Who works at the made-up practice, and where they talk."""

from bot.playground.slack import Channel, Person, UserGroup

ANA = Person(id="U0ANA", name="ana", real_name="Ana Ruiz", title="Front desk", color="2f5d62")
THERAPIST = Person(
    id="U0SAMIR", name="samir", real_name="Samir Haddad", title="Family therapist", color="8a4f7d"
)
OWNER = Person(
    id="U0JOAN", name="joan", real_name="Joan Mercer", title="Practice owner", is_owner=True, color="9c5418"
)
OFFICER = Person(id="U0PRIYA", name="priya", real_name="Priya Nair", title="Privacy officer", color="3f6ea8")
VIEWER = Person(id="U0NOOR", name="noor", real_name="Noor Haidari", title="Trainee", color="a3516b")
GUEST = Person(
    id="U0TEMP",
    name="temp",
    real_name="Toby Finch",
    title="IT contractor",
    is_restricted=True,
    is_ultra_restricted=True,
    color="6b7280",
)
# Somebody of another company, met in a shared channel: in Slack's eyes a member of another workspace.
OUTSIDER = Person(
    id="U0OUT",
    name="olga",
    real_name="Olga Lindqvist",
    title="School counsellor",
    team_id="T0ELMSTREET",
    is_stranger=True,
    color="4f6d3a",
)

PEOPLE = (ANA, THERAPIST, OWNER, OFFICER, VIEWER, GUEST, OUTSIDER)

_STAFF = frozenset({ANA.id, THERAPIST.id, OWNER.id, OFFICER.id, VIEWER.id})

TRAINEES = UserGroup(id="S0TRAINEES", handle="trainees", name="Trainees", members=frozenset({VIEWER.id}))
THERAPISTS = UserGroup(
    id="S0THERAPISTS", handle="therapists", name="Therapists", members=frozenset({THERAPIST.id})
)
GROUPS = (TRAINEES, THERAPISTS)

CHANNELS = (
    Channel(
        id="C0FRONT", name="front-desk", topic="Who is here, who is late, who calls back", members=_STAFF
    ),
    Channel(
        id="C0CLINIC",
        name="clinical",
        topic="Therapists only",
        is_private=True,
        members=frozenset({THERAPIST.id, OWNER.id}),
    ),
    # A guest of a single channel sees this one and no other.
    Channel(
        id="C0GENERAL", name="general", topic="Everybody, and the coffee machine", members=_STAFF | {GUEST.id}
    ),
    Channel(
        id="C0SCHOOL",
        name="elm-street-school",
        topic="Shared with the school: dates and rooms, never a client's name",
        members=_STAFF | {OUTSIDER.id},
        is_ext_shared=True,
    ),
)
