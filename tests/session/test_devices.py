"""Devices: each is its owner's to see and to end, and ended it stays."""

from __future__ import annotations

import pytest

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.errors import Refusal
from webinar_server.limits import DEVICES_EACH, ENDED_EACH, OTHERS_EACH
from webinar_server.session import SESSION
from webinar_server.session.devices import PROGRAM, Devices
from webinar_server.session.ends import ended
from webinar_server.state import Permit


def comes(story: Scene, device: str, who: str = "ada") -> Scene:
    return story.given(who, "arrive", **PEOPLE, device=device, browser="Firefox", system="Android")


def is_out(story: Scene, device: str, issued: int = 0, who: str = "ada") -> bool:
    refusal = ended(story.state, who, Permit(issued, device))
    assert refusal is None or refusal.code == "token.ended"
    return refusal is not None


def listed(story: Scene, who: str = "ada") -> list[str]:
    return [device.id for device in story.the(Devices, who).devices]


def test_somebody_sees_when_each_of_their_devices_came_and_was_here_last() -> None:
    story = comes(comes(scene(), "phone").later(5_000), "desk")
    came = story.the(Devices, "ada").devices[0].came
    comes(story.later(9_000), "phone")
    phone, desk = story.sees("ada", Devices, "ada")["devices"]
    assert phone == {"id": "phone", "browser": "Firefox", "system": "Android", "came": came, "last": story.at}
    assert desk["id"] == "desk" and desk["came"] == desk["last"] == came + 6_000


def test_nobody_else_sees_them() -> None:
    story = comes(scene(), "phone")
    for who in ("host", "attendee", "stage", "ben"):
        assert story.sees(who, Devices, "ada") is None
    assert "ended" not in story.sees("ada", Devices, "ada")


def test_a_program_without_a_cookie_is_no_device() -> None:
    story = scene().given("ada", "arrive", **PEOPLE)
    assert story.state.get(Devices, "ada") is None


def test_who_comes_in_first_by_a_link_is_its_owner_before_any_arrival() -> None:
    story = (
        scene().given("ada", "come_in", device="phone", first="Ada L").then(Devices, "ada", called="Ada L")
    )
    story.when("ada", "come_in", device="desk", first="Bob").then_refused("person.whose")
    assert listed(story) == ["phone"]
    story.given("ada", "come_in", device="phone", first="Ada").given("ada", "come_in", device="desk")
    assert story.the(Devices, "ada").called == "Ada"
    assert listed(story) == ["phone", "desk"] and "called" not in story.sees("ada", Devices, "ada")


def test_a_program_is_nobodys_first_device() -> None:
    story = scene().given("ada", "come_in", device="robot", browser=PROGRAM)
    story.given("ada", "come_in", device="phone", first="Ada")
    story.when("ada", "come_in", device="desk", first="Bob").then_refused("person.whose")


def test_a_device_that_is_ended_stays_out_and_the_others_in() -> None:
    story = comes(comes(scene(), "phone"), "desk").given("ada", "end_device", device="phone")
    assert listed(story) == ["desk"]
    assert is_out(story, "phone") and not is_out(story, "desk")
    story.when("ada", "end_device", device="phone").then_refused("device.unknown")


def test_one_ends_ones_own_devices_only() -> None:
    story = comes(scene(), "phone")
    story.when("ben", "end_device", device="phone").then_refused("device.unknown")
    story.when("host", "end_device", device="phone").then_refused("device.unknown")
    assert not is_out(story, "phone")


def test_who_leaves_before_they_were_seen_has_left_all_the_same() -> None:
    story = scene().given("ada", "leave_device", device="phone")
    assert is_out(story, "phone")


def test_one_device_too_many_ends_the_one_seen_longest_ago() -> None:
    story = scene()
    for number in range(DEVICES_EACH):
        comes(story, f"d{number}")
    comes(comes(story, "d0"), "new")
    assert len(listed(story)) == DEVICES_EACH
    assert is_out(story, "d1") and not is_out(story, "d0") and not is_out(story, "new")


def test_an_end_is_never_forgotten_however_many_there_are() -> None:
    story = comes(scene(), "here")
    issued = story.at
    for number in range(ENDED_EACH + 10):
        story.given("ada", "leave_device", device=f"d{number}")
    assert len(story.the(Devices, "ada").ended) == ENDED_EACH
    assert all(is_out(story, f"d{number}", issued) for number in range(ENDED_EACH + 10))
    assert not is_out(story, "here", issued) and not is_out(story, "later", story.at)


def test_by_one_link_a_few_may_come_in_as_others_and_no_crowd() -> None:
    story = comes(scene(), "phone")
    ids = {story.given("ada", "be_another", id=f"o{n}").result["id"] for n in range(OTHERS_EACH)}
    assert len(ids) == OTHERS_EACH
    assert story.sees("ada", Devices, "ada")["others"] == OTHERS_EACH
    story.when("ada", "be_another").then_refused("link.shared")


@pytest.mark.parametrize("command", ["come_in", "leave_device", "be_another", "end_links", "change_profile"])
def test_what_the_door_says_is_not_accepted_from_a_socket(command: str) -> None:
    with pytest.raises(Refusal, match=r"command.unknown"):
        SESSION.parse(command, {})
