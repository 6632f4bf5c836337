"""The session itself: created once, waiting, open, closed, and what can be changed."""

from typing import Any

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.programme import Session


def created(**settings: Any) -> Scene:
    return scene(session=False).given(
        "organiser", "create_session", session="s1", title="Charging", **settings
    )


def test_a_new_session_waits() -> None:
    created(starts_at=1_000, ends_at=2_000).then(
        Session, "s1", title="Charging", state="waiting", starts_at=1_000, ends_at=2_000, opened_at=None
    )


def test_a_session_is_created_once() -> None:
    story = created()
    story.when("organiser", "create_session", session="s1", title="Again").then_refused("session.exists")
    story.when("organiser", "create_session", session="s2", title="Other").then_refused("session.exists")


@pytest.mark.parametrize("command", ["open_session", "close_session", "change_session"])
def test_only_hosts_run_it_and_only_where_there_is_one(command: str) -> None:
    created().when("ada", command).then_refused("command.not_allowed")
    scene(session=False).when("host", command).then_refused("session.unknown")


def test_doors_open_and_close_and_a_mis_click_is_taken_back() -> None:
    story = created().given("host", "open_session")
    opened = story.at
    story.then(Session, "s1", state="open", opened_at=opened, closed_at=None)
    story.given("host", "close_session").then(Session, "s1", state="closed", closed_at=story.at)
    story.given("host", "open_session").then(Session, "s1", state="open", opened_at=opened, closed_at=None)


def test_opening_or_closing_twice_changes_nothing() -> None:
    story = created().given("host", "open_session")
    at = story.at
    story.given("host", "open_session").then(Session, "s1", opened_at=at).given("host", "close_session")
    at = story.at
    story.given("host", "close_session").then(Session, "s1", closed_at=at)


def test_while_waiting_people_already_say_and_ask() -> None:
    story = created().when("ada", "say", text="Good morning").then_done()
    story.when("ada", "ask", text="Will there be slides?").then_done()


def test_what_is_given_changes_and_the_rest_stays() -> None:
    story = created(premoderated=True, starts_at=1_000)
    story.given(
        "host", "change_session", title="  Boats  ", video_kind="mp4", video="https://v.example/v.mp4"
    )
    story.then(Session, "s1", title="Boats", video_kind="mp4", premoderated=True, starts_at=1_000)
    story.given("host", "change_session", premoderated=False).then(Session, "s1", premoderated=False)
    story.given("host", "change_session", video="").then(Session, "s1", video="", video_kind="mp4")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "session.empty"),
        ({"title": "x" * 200}, None),
        ({"title": "x" * 201}, "session.too_long"),
        ({"ends_at": 1_000}, "session.times"),
        ({"ends_at": 999}, "session.times"),
        ({"ends_at": 1_001}, None),
        ({"video": "javascript:alert(1)"}, "session.link"),
        ({"video": "http://v.example/v.mp4"}, "session.video"),
        ({"logo": "https://a.example/logo.svg", "join": "https://a.example/join"}, None),
        ({"logo": "/brand/logo.svg"}, None),
        ({"logo": "//a.example/logo.svg"}, "session.link"),
        ({"logo": "/\\a.example/logo.svg"}, "session.link"),
        ({"logo": "http://a.example/logo.svg"}, "session.logo"),
        ({"logo": "data:image/png;base64,AAAA"}, "session.link"),
        ({"join": "http://a.example/"}, "session.join"),
        ({"join": "/session/s1"}, "session.link"),
        ({"join": "https://live.example.org/session/s1"}, None),
        ({"join": "https://live.example.org/session/s1#token"}, "session.link_personal"),
        ({"join": "https://live.example.org/host/s1#token"}, "session.link_personal"),
        ({"join": "https://a.example/join#"}, "session.link_personal"),
        ({"logo": "https://live.example.org/host/s1#token"}, "session.link_personal"),
        ({"logo": "https://a.example/l.svg#b"}, "session.link_personal"),
        ({"video": "https://live.example.org/host/s1#token"}, "session.link_personal"),
        ({"video": "https://live.example.org:8443/stage/s1/?lang=nl#token"}, "session.link_personal"),
        ({"video": "https://v.example/v.mp4#t=10"}, None),
        ({"join": "https://live.example.org/host/s1"}, "session.join"),
        ({"join": "https://live.example.org/stage/s1?lang=nl"}, "session.join"),
        ({"join": "https://127.0.0.1:8443/"}, "session.link_hides"),
        ({"join": "https://router.lan/"}, "session.link_hides"),
        ({"logo": "https://192.168.0.1/"}, "session.link_hides"),
        ({"logo": "https://\u0430pple.com/l.svg"}, "session.link_hides"),
        ({"video": "https://camera.lan/live.m3u8"}, None),
        ({"video_kind": "vhs"}, "command.invalid"),
        ({"premoderated": "yes"}, "command.invalid"),
        ({"colour": "red"}, "command.invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, Any], code: str | None) -> None:
    story = created(starts_at=1_000).when("host", "change_session", **change)
    story.then_refused(code) if code else story.then_done()


def test_what_the_stage_shows_besides_is_told_to_hosts_and_stages() -> None:
    story = created().given("host", "change_session", logo="/logo.svg", join="https://a.example/")
    for audience in ("host", "stage"):
        seen = story.sees(audience, Session, "s1")
        assert (seen["logo"], seen["join"]) == ("/logo.svg", "https://a.example/")
    assert not {"logo", "join"} & story.sees("attendee", Session, "s1").keys()


@pytest.mark.parametrize("audience", ["host", "attendee", "stage"])
def test_everybody_sees_it(audience: str) -> None:
    assert created().sees(audience, Session, "s1")["title"] == "Charging"


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("dance", {}),
        ("say", {}),
        ("say", {"text": 5}),
        ("say", {"text": None}),
        ("say", {"text": "a", "colour": "red"}),
        ("ask", {"text": "a", "shown": "upside down"}),
        ("vote", {"poll": "p", "options": "1"}),
        ("vote", {"poll": ["p"], "options": []}),
        ("greet", {"person": "a", "aloud": "yes"}),
    ],
)
def test_what_is_not_a_command_is_refused_and_leaves_no_trace(command: str, args: dict[str, Any]) -> None:
    scene().when("host", command, **args).then_refused(
        "command.unknown" if command == "dance" else "command.invalid"
    )


def test_doors_opened_by_mistake_go_back_to_the_countdown() -> None:
    scene().given("host", "wait_session").then(Session, "s1", state="waiting", opened_at=None)


def test_a_session_that_ended_is_opened_again_and_not_made_to_wait() -> None:
    scene().given("host", "close_session").when("host", "wait_session").then_refused("session.closed")


def test_a_time_can_be_cleared_and_what_is_left_out_stays() -> None:
    story = scene().given("host", "change_session", starts_at=1_000, ends_at=2_000)
    story.given("host", "change_session", starts_at=None).then(Session, "s1", starts_at=None, ends_at=2_000)


@pytest.mark.parametrize("at", [-1, -(2**63), 2**63, 8_640_000_000_000_001, 4_102_444_800_001])
@pytest.mark.parametrize("field", ["starts_at", "ends_at"])
def test_a_time_no_calendar_can_show_is_refused_whenever_it_is_given(field: str, at: int) -> None:
    scene().when("host", "change_session", **{field: at}).then_refused("command.invalid")
