"""Videos by their addresses as people have them: played, or refused when they are saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.session.scene import scene
from webinar_server.errors import Refusal
from webinar_server.session import programme
from webinar_server.session.programme import Session
from webinar_server.words.videos import VideoKind, check_video, guess_kind

VIDEOS = json.loads(Path(__file__).with_name("videos.json").read_text())
"""Shared with the test of what pages play (tests/js/pages)."""


@pytest.mark.parametrize(("kind", "video"), [row[:2] for row in VIDEOS["played"]])
def test_what_is_played_is_taken_and_its_kind_is_guessed(kind: VideoKind, video: str) -> None:
    assert guess_kind(video) == kind
    scene().when("host", "change_session", video_kind=kind, video=video).then_done()


@pytest.mark.parametrize(("kind", "video", "code"), VIDEOS["refused"])
def test_what_would_show_nothing_is_refused_when_it_is_saved(kind: VideoKind, video: str, code: str) -> None:
    scene().when("host", "change_session", video_kind=kind, video=video).then_refused(code)
    with pytest.raises(Refusal) as refused:
        check_video(kind, video)
    assert refused.value.code == code


@pytest.mark.parametrize(("kind", "video", "code"), VIDEOS["refused"])
def test_a_session_is_not_created_with_it_either(kind: VideoKind, video: str, code: str) -> None:
    story = scene(session=False)
    args = {"session": "s1", "title": "Ports", "video_kind": kind, "video": video}
    story.when("organiser", "create_session", **args).then_refused(code)


def test_who_gives_an_address_alone_is_given_its_kind() -> None:
    story = scene().given("host", "change_session", video="https://youtu.be/dQw4w9WgXcQ")
    story.then(Session, "s1", video_kind="youtube")
    # switched off on purpose, and its address kept
    story.given("host", "change_session", video_kind="none").then(Session, "s1", video_kind="none")


def test_what_was_saved_before_there_was_a_check_keeps_nobody_from_changing_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    video = "https://www.youtube.com/@smartports/live"
    with monkeypatch.context() as before:
        before.setattr(programme, "check_video", lambda kind, video: None)
        story = scene().given("host", "change_session", video_kind="youtube", video=video)
    story.given("host", "change_session", title="Boats").then(Session, "s1", title="Boats", video=video)
