"""Questions: every state, every step that is drawn, every step that is not, and who sees what."""

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session import asking
from webinar_server.session.asking import ASKED_EACH, OPEN_EACH
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.session.supports import Support

STATES = {
    "held": [],
    "open": [("host", "approve", {})],
    "queued": [("host", "approve", {}), ("host", "queue", {})],
    "on_deck": [("host", "approve", {}), ("host", "deck", {})],
    "live": [("host", "approve", {}), ("host", "spotlight", {})],
    "answered": [("host", "approve", {}), ("host", "spotlight", {}), ("host", "answer", {})],
    "dismissed": [("host", "approve", {}), ("host", "dismiss", {"reason": "Asked before."})],
    "withdrawn": [("host", "approve", {}), ("ada", "withdraw", {})],
}
"""How a held question of Ada's comes into each state."""

# command → from state → the state after it, or why not
STEPS = {
    "approve": {
        "held": "open",
        "open": "open",
        "queued": "queued",
        "on_deck": "on_deck",
        "live": "live",
        "answered": "answered",
        "dismissed": "open",
        "withdrawn": "! question.withdrawn",
    },
    "hold": {
        "held": "held",
        "open": "held",
        "queued": "! question.queued",
        "on_deck": "! question.on_deck",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "queue": {
        "held": "! question.held",
        "open": "queued",
        "queued": "queued",
        "on_deck": "queued",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "unqueue": {
        "held": "! question.held",
        "open": "open",
        "queued": "open",
        "on_deck": "open",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "deck": {
        "held": "! question.held",
        "open": "on_deck",
        "queued": "on_deck",
        "on_deck": "on_deck",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "spotlight": {
        "held": "! question.held",
        "open": "live",
        "queued": "live",
        "on_deck": "live",
        "live": "live",
        "answered": "live",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "answer": {
        "held": "! question.held",
        "open": "answered",
        "queued": "answered",
        "on_deck": "answered",
        "live": "answered",
        "answered": "answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "dismiss": {
        "held": "dismissed",
        "open": "dismissed",
        "queued": "dismissed",
        "on_deck": "dismissed",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "withdraw": {
        "held": "withdrawn",
        "open": "withdrawn",
        "queued": "withdrawn",
        "on_deck": "withdrawn",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "show_as": {
        "held": "held",
        "open": "open",
        "queued": "queued",
        "on_deck": "on_deck",
        "live": "! question.live",
        "answered": "! question.answered",
        "dismissed": "! question.dismissed",
        "withdrawn": "! question.withdrawn",
    },
    "support": {
        "held": "! question.unknown",
        "open": "open",
        "queued": "queued",
        "on_deck": "on_deck",
        "live": "! question.not_open",
        "answered": "! question.not_open",
        "dismissed": "! question.unknown",
        "withdrawn": "! question.unknown",
    },
}
STEPS["unsupport"] = STEPS["support"]

BY = {"withdraw": "ada", "show_as": "ada", "support": "bob", "unsupport": "bob"}


def asked(state: str = "open", **more: object) -> Scene:
    """A question `q` of Ada's in one of its states."""
    story = scene(premoderated=True).given("ada", "ask", id="q", text="Who pays the grid?", **more)
    for who, command, args in STATES[state]:
        story.given(who, command, question="q", **args)
    return story.then(Question, "q", state=state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", STEPS)
def test_every_step_from_every_state_is_as_drawn(command: str, state: str) -> None:
    args = {"shown": "anonymous"} if command == "show_as" else {}
    story = asked(state).when(BY.get(command, "host"), command, question="q", **args)
    after = STEPS[command][state]
    story.then_refused(after[2:]) if after.startswith("!") else story.then(Question, "q", state=after)


@pytest.mark.parametrize("command", ["approve", "queue", "deck", "spotlight", "answer", "dismiss"])
def test_what_hosts_do_is_for_hosts(command: str) -> None:
    for who in ("ada", "bob", "speaker"):
        asked().when(who, command, question="q").then_refused("command.not_allowed")
    asked().when("organiser", command, question="q").then_done()


@pytest.mark.parametrize("command", STEPS)
def test_a_question_that_is_not_there_is_unknown(command: str) -> None:
    args = {"shown": "named"} if command == "show_as" else {}
    asked().when(BY.get(command, "host"), command, question="none", **args).then_refused("question.unknown")


@pytest.mark.parametrize("command", ["withdraw", "show_as"])
def test_only_its_asker_withdraws_or_hides_their_name(command: str) -> None:
    args = {"shown": "anonymous"} if command == "show_as" else {}
    asked().when("bob", command, question="q", **args).then_refused("question.not_yours")
    asked().when("host", command, question="q", **args).then_refused("question.not_yours")


# asking


def test_asking_answers_an_id_and_is_open_at_once_where_nobody_moderates_before() -> None:
    story = scene().given("ada", "ask", id="q", text="Why?").then(Question, "q", state="open", shown="named")
    assert story.result == {"id": "q"}


def test_hosts_questions_need_no_approval() -> None:
    story = scene(premoderated=True).given("host", "arrive", organisation="", kind="other", country="NL")
    story.given("host", "ask", id="q", text="Who is new here?").then(Question, "q", state="open")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "question.empty"),
        ("x" * 499, None),
        ("x" * 500, None),
        ("x" * 501, "question.too_long"),
        ("a\uf8ffb", "question.control"),
        ("a\u202eb", "question.bidi"),
        ("two\nlines", None),
    ],
)
def test_a_question_has_up_to_500_readable_characters(text: str, code: str | None) -> None:
    story = scene().when("ada", "ask", text=text)
    story.then_refused(code) if code else story.then_done()


def test_a_person_has_up_to_20_questions_waiting() -> None:
    story = scene()
    for n in range(OPEN_EACH):
        story.given("ada", "ask", id=f"q{n}", text="Why?")
    story.when("ada", "ask", text="And why?").then_refused("question.too_many")
    story.when("bob", "ask", text="May I?").then_done()
    story.given("ada", "withdraw", question="q0").when("ada", "ask", text="And why?").then_done()


def test_a_session_has_room_for_so_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "QUESTIONS_MAX", 1)
    asked().when("bob", "ask", text="Room for mine?").then_refused("question.full")


@pytest.mark.parametrize("over", [("ada", "withdraw", {}), ("host", "dismiss", {"reason": "Asked before."})])
def test_a_session_that_is_full_of_questions_lets_go_of_one_that_is_over(
    monkeypatch: pytest.MonkeyPatch, over: tuple[str, str, dict[str, str]]
) -> None:
    monkeypatch.setattr(asking, "QUESTIONS_MAX", 2)
    story = asked().given("bob", "ask", id="r", text="Why?")
    who, command, more = over
    story.given(who, command, question="q", **more)
    story.when("cem", "ask", id="s", text="Room for mine?").then_done()
    story.then_gone(Question, "q").then(Question, "r", state="held")
    story.when("dan", "ask", text="And for mine?").then_refused("question.full")


def test_one_person_asks_so_many_questions_whatever_becomes_of_them() -> None:
    story = scene()
    for n in range(ASKED_EACH):
        story.given("ada", "ask", id=f"q{n}", text="Why?").given("ada", "withdraw", question=f"q{n}")
    story.when("ada", "ask", text="And why?").then_refused("question.asked_enough")
    story.when("bob", "ask", text="May I?").then_done()


def test_after_the_end_nobody_asks_or_supports_but_may_withdraw() -> None:
    story = asked().given("host", "close_session")
    story.when("ada", "ask", text="One more?").then_refused("session.closed")
    story.when("bob", "support", question="q").then_refused("session.closed")
    story.when("ada", "withdraw", question="q").then_done()


def test_somebody_who_never_arrived_does_not_ask() -> None:
    scene().when("host", "ask", text="Why?").then_refused("person.unknown")


# supporting


def test_each_supports_once_and_may_take_it_back_once() -> None:
    story = (
        asked().given_each(["bob", "cem", "bob"], "support", question="q").then(Question, "q", supporters=2)
    )
    story.given_each(["bob", "bob"], "unsupport", question="q").then(Question, "q", supporters=1)
    story.then_gone(Support, "q/bob").then(Support, "q/cem")


def test_nobody_supports_their_own() -> None:
    asked().when("ada", "support", question="q").then_refused("question.yours")
    asked().when("ada", "unsupport", question="q").then_refused("question.yours")


def test_supporters_see_their_mark_and_nobody_sees_who_supports() -> None:
    story = asked().given("bob", "support", question="q")
    assert story.sees("bob", Support, "q/bob") == {"question": "q"}
    for who in ("cem", "ada", "host", "stage"):
        assert story.sees(who, Support, "q/bob") is None
    story.given("bob", "unsupport", question="q").then_gone(Support, "q/bob")


# who sees what


@pytest.mark.parametrize("state", STATES)
def test_each_audience_sees_the_states_it_may(state: str) -> None:
    story = asked(state)
    attendees = {"open", "queued", "on_deck", "live", "answered"}
    assert story.sees("host", Question, "q")["state"] == state
    assert (story.sees("bob", Question, "q") is not None) == (state in attendees)
    assert (story.sees("stage", Question, "q") is not None) == (state in {"live", "answered"})


@pytest.mark.parametrize("state", STATES)
def test_its_asker_sees_it_in_every_state_as_theirs(state: str) -> None:
    seen = asked(state, shown="anonymous").sees("ada", Question, "q")
    assert (seen["state"], seen["mine"], seen["shown"]) == (state, True, "anonymous")
    assert seen["asker"]["name"] == "Ada", "their full card"
    assert seen["reason"] == ("Asked before." if state == "dismissed" else "")


def test_being_next_is_between_the_hosts_and_the_asker() -> None:
    story = asked("on_deck").given("bob", "support", question="q")
    assert story.sees("ada", Question, "q")["state"] == "on_deck"
    assert story.sees("host", Question, "q")["state"] == "on_deck"
    assert story.sees("attendee", Question, "q")["state"] == "queued"
    assert story.sees("bob", Question, "q")["state"] == "queued"


CARDS = {
    "named": {"id", "name", "pitch", "link", "organisation", "kind", "country", "role", "imitates"},
    "organisation": {"organisation", "kind", "country"},
    "anonymous": set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("shown", CARDS)
def test_how_the_asker_is_shown_holds_in_every_view_and_state(shown: str, state: str) -> None:
    story = asked(state, shown=shown)
    for who in ("host", "attendee", "bob", "stage", "speaker"):
        seen = story.sees(who, Question, "q")
        if seen is not None:
            assert seen["asker"].keys() == CARDS[shown]
            assert shown == "named" or "ada" not in repr(seen).lower()


def test_how_they_are_shown_can_change_until_the_instant_of_going_live() -> None:
    story = asked("on_deck").given("ada", "show_as", question="q", shown="organisation")
    story.given("ada", "show_as", question="q", shown="anonymous").given("host", "spotlight", question="q")
    story.when("ada", "show_as", question="q", shown="named").then_refused("question.live")
    assert story.sees("stage", Question, "q")["asker"] == {}
    story.given("host", "answer", question="q")
    assert story.sees("stage", Question, "q")["asker"] == {}


def test_going_live_freezes_the_card() -> None:
    story = asked().given("ada", "introduce", pitch="Boats.").given("host", "spotlight", question="q")
    assert story.sees("stage", Question, "q")["asker"]["pitch"] == "Boats."
    story.given("ada", "introduce", pitch="Something quite different.")
    assert story.sees("stage", Question, "q")["asker"]["pitch"] == "Boats."
    story.given("host", "answer", question="q").given("host", "spotlight", question="q")
    assert story.sees("stage", Question, "q")["asker"]["pitch"] == "Boats.", "once live, frozen for good"
    assert story.the(Person, "ada").pitch == "Something quite different."


# an approval and a dismissal are taken back


def test_a_question_that_is_held_again_is_seen_by_its_asker_and_the_hosts_only() -> None:
    story = asked().given("host", "approve", question="q").given("host", "hold", question="q")
    assert story.sees("host", Question, "q")["state"] == story.sees("ada", Question, "q")["state"] == "held"
    assert story.sees("bob", Question, "q") is None


@pytest.mark.parametrize(("before", "after"), [("held", "held"), ("open", "open"), ("queued", "queued")])
def test_a_dismissed_question_goes_back_to_where_it_was(before: str, after: str) -> None:
    story = (
        asked(before)
        .given("host", "dismiss", question="q", reason="Twice.")
        .given("host", "approve", question="q")
    )
    story.then(Question, "q", state=after, reason="")


def test_the_reason_of_a_dismissal_is_told_to_its_asker_only() -> None:
    story = asked().given("host", "dismiss", question="q", reason="Answered in the talk.")
    assert story.sees("ada", Question, "q")["reason"] == "Answered in the talk."
    assert "reason" not in story.sees("host", Question, "q")
    story.when("host", "dismiss", question="q", reason="x" * 201)
    asked().when("host", "dismiss", question="q", reason="x" * 201).then_refused("question.too_long")
    asked().when("host", "dismiss", question="q", reason="x" * 200).then_done()
