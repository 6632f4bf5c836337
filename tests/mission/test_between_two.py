"""Between two: over any history, of what two write to each other nobody else sees anything, nor that there is
anything. Two missions have the same history, but that in the second these two say nothing to each other."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.mission.scene import scene
from tests.mission.test_undisclosed import _args, written
from tests.session.scene import STEP_MS, Scene
from webinar_server.errors import Refusal
from webinar_server.mission.contacts import HOUR_MS
from webinar_server.mission.conversations import Conversation, PrivateMessage, order_of, seen_in
from webinar_server.mission.due import due
from webinar_server.state import sees
from webinar_server.web.mission.mine import mission_of

TWO, OTHERS = ("ada", "bob"), ("cem", "dee", "ori")
SAID = ("write", "write", "write long", "read", "block", "unblock", "let go")
STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("two"), some.sampled_from(TWO), some.sampled_from(SAID)),
        some.tuples(
            some.just("others"), some.sampled_from(OTHERS), some.sampled_from(("write", "read", "place"))
        ),
        some.tuples(some.just("time"), some.just("server"), some.sampled_from(("an hour", "a day"))),
    ),
    max_size=30,
)


def begun() -> Scene:
    """Ada and Bob are connected, and so are Cem and Ada, Cem and Bob."""
    story = scene("ada", "bob", "cem", "dee")
    for number, (one, other) in enumerate((("ada", "bob"), ("cem", "ada"), ("cem", "bob"))):
        story.given(one, "ask_contact", id=f"c{number}", whom=other, where="directory")
        story.given(other, "accept_contacts", requests=[f"c{number}"])
    for one in TWO:
        # how many letters wait organisers see
        story.given(one, "want_letters", on=False)
    return story


def said(story: Scene, who: str, what: str, step: int) -> tuple[str, dict[str, Any]]:
    whom = {"ada": "bob", "bob": "ada"}.get(who, "ada" if step % 2 else "bob")
    return {
        "write": ("write", {"to": whom, "text": f"Text {step}"}),
        "write long": ("write", {"to": whom, "text": f"Text {step} " + "x" * 400}),
        "read": ("read_conversation", {"whom": whom, "until": story.at}),
        "block": ("block", {"person": whom}),
        "unblock": ("unblock", {"person": whom}),
        "let go": ("drop_lead", {"lead": f"{who}/{whom}"}),
        "place": ("change_card", {"place": f"Place {step}"}),
    }[what]


def done(story: Scene, who: str, step: int, command: str, args: dict[str, Any]) -> Any:
    at = story.at
    try:
        told: Any = story.given(who, command, id=f"x{step}", **args).result
    except Refusal as refusal:
        told = refusal.told()
    story.at = at + STEP_MS
    return told


def passed(story: Scene, ms: int) -> None:
    """Time passes, and what is due is done."""
    until = story.at + ms
    while (alarm := due(story.state)) is not None and alarm.at <= until:
        story.at = max(story.at, alarm.at)
        story.given("server", alarm.command.NAME, **_args(alarm.command))
    story.at = until


def seen_by(story: Scene, who: str) -> dict[str, Any]:
    """All that somebody else can see."""
    audience = story._audience(who)
    records = {
        (one.KIND, one.id): view for one in story.state.records() if (view := sees(one, audience, who))
    }
    messages = {whom: written(story.state, who, whom) for whom in (*TWO, *OTHERS)}
    return {"records": records, "messages": messages, "mine": mission_of(story.state, who)}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_nobody_else_sees_what_two_write_or_that_they_do(steps: list[tuple[str, str, str]]) -> None:
    talking, silent = begun(), begun()
    for step, (whose, who, what) in enumerate(steps):
        if whose == "time":
            for story in (talking, silent):
                passed(story, HOUR_MS if what == "an hour" else 24 * HOUR_MS)
        elif whose == "two":
            done(talking, who, step, *said(talking, who, what, step))
            silent.at += STEP_MS
        else:
            told = [done(story, who, step, *said(story, who, what, step)) for story in (talking, silent)]
            assert told[0] == told[1], (who, what)
        for other in OTHERS:
            assert seen_by(talking, other) == seen_by(silent, other), (who, what)
    assert_right(talking)


def assert_right(story: Scene) -> None:
    """Each side says of its messages what they are."""
    for side in story.state.all(Conversation):
        seen = sorted(seen_in(story.state, side), key=order_of)
        assert side.last is not None and side.last.id == seen[-1].id
        assert side.last.before == (seen[-2].id if len(seen) > 1 else "")
        assert side.unread == sum(1 for one in seen if one.by != side.of and one.at > side.read)


def test_the_test_would_see_a_difference() -> None:
    story = begun().given("ada", "write", to="bob", text="Secret")
    assert list(story.state.all(PrivateMessage))
    assert "Secret" in str(seen_by(story, "bob")) and "Secret" not in str(seen_by(story, "cem"))
    story.given("ada", "write", to="cem", text="Open")
    assert "Open" in str(seen_by(story, "cem"))
