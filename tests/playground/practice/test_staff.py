"""Who works at the made-up practice."""

from bot.playground.practice import ANA, CHANNELS, GUEST, OWNER, PEOPLE, THERAPIST


def test_the_four_people_are_who_the_page_lets_one_act_as() -> None:
    assert PEOPLE == (ANA, THERAPIST, OWNER, GUEST)
    assert len({person.id for person in PEOPLE}) == 4
    assert all(person.title for person in PEOPLE)


def test_only_the_guest_is_a_guest_and_of_one_channel() -> None:
    assert [person for person in PEOPLE if person.is_guest] == [GUEST]
    assert GUEST.is_ultra_restricted
    assert [channel.name for channel in CHANNELS if channel.has(GUEST)] == ["general"]


def test_the_front_desk_does_not_see_the_private_channel() -> None:
    assert [channel.name for channel in CHANNELS if channel.has(ANA)] == ["front-desk", "general"]
    assert [channel.name for channel in CHANNELS if channel.is_private] == ["clinical"]
    assert all(channel.has(OWNER) for channel in CHANNELS)
