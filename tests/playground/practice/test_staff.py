"""Who works at the made-up practice."""

from bot.playground.practice import (
    ANA,
    CHANNELS,
    GROUPS,
    GUEST,
    OFFICER,
    OUTSIDER,
    OWNER,
    PEOPLE,
    THERAPIST,
    VIEWER,
)


def test_the_people_are_who_the_page_lets_one_act_as() -> None:
    assert PEOPLE == (ANA, THERAPIST, OWNER, OFFICER, VIEWER, GUEST, OUTSIDER)
    assert len({person.id for person in PEOPLE}) == len(PEOPLE)
    assert all(person.title for person in PEOPLE)


def test_only_the_guest_is_a_guest_and_of_one_channel() -> None:
    assert [person for person in PEOPLE if person.is_guest] == [GUEST]
    assert GUEST.is_ultra_restricted
    assert [channel.name for channel in CHANNELS if channel.has(GUEST)] == ["general"]


def test_somebody_of_another_company_is_in_the_shared_channel_alone() -> None:
    assert [person for person in PEOPLE if person.is_stranger] == [OUTSIDER]
    assert len({person.team_id for person in PEOPLE}) == 2
    assert [channel for channel in CHANNELS if channel.has(OUTSIDER)] == [
        channel for channel in CHANNELS if channel.is_ext_shared
    ]
    assert not OUTSIDER.is_guest


def test_the_front_desk_does_not_see_the_private_channel() -> None:
    assert [channel.name for channel in CHANNELS if channel.has(ANA)] == [
        "front-desk",
        "general",
        "elm-street-school",
    ]
    assert [channel.name for channel in CHANNELS if channel.is_private] == ["clinical"]
    assert all(channel.has(OWNER) for channel in CHANNELS)


def test_the_owner_runs_the_workspace_and_the_groups_are_of_people_who_are_there() -> None:
    assert [person for person in PEOPLE if person.is_owner or person.is_admin] == [OWNER]
    assert {each for group in GROUPS for each in group.members} <= {person.id for person in PEOPLE}
    assert any(VIEWER.id in group.members for group in GROUPS)
