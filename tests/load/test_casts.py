"""What each cast decides, driven by what the real rules of a session show them."""

from __future__ import annotations

from typing import Any

import pytest

from loadtests.casts.audience import Asker, Chatter, Guest, Lurker, Supporter, Voter
from loadtests.casts.cast import LOOK, Cast
from loadtests.casts.host import FEEDBACK, Host, PollTimes, StageTimes
from loadtests.people import Seat
from tests.session.client import truth
from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.demo.act import ARRIVE, DROP, PULSE, Act
from webinar_server.session.roles import audience_of

POLL = PollTimes("Tea or coffee?", ("Tea", "Coffee"), opens=10, closes=20, reveals=21)


def seat(number: int = 0, role: Any = "attendee", **more: Any) -> Seat:
    sizes = {"people": 10, "seed": 7, "seconds": 60.0, "full": 60.0, "arrival": 10.0} | more
    return Seat(session=0, number=number, role=role, **sizes)


def show(story: Scene, cast: Cast, who: str) -> list[Act]:
    """Tell the cast all that somebody sees now; what they do about it."""
    seen = truth(story.state, audience_of("host" if who == "host" else "attendee"), who)
    put: dict[str, dict[str, Any]] = {}
    for (kind, id), view in seen.items():
        put.setdefault(kind, {})[id] = view
    fresh = not cast.copy.is_whole
    changes = cast.copy.merge({"op": "state", "at": list(story.state.position), "put": put, "gone": {}})
    return cast.see(changes, fresh)[1]


def joined(story: Scene, cast: Cast, who: str) -> Cast:
    cast.known_as(who)
    show(story, cast, who)
    return cast


def due(host: Host, now: float) -> list[str]:
    """The host's steps at a moment, and all of them carried out by nobody."""
    return [act.command for act in host.look(now) if act.command != LOOK]


# the audience


def test_people_arrive_evenly_within_the_scenes_time() -> None:
    arrivals = [next(iter(Lurker(seat(number)).plan())) for number in range(10)]
    assert {act.command for act in arrivals} == {ARRIVE}
    assert [act.at for act in arrivals] == [float(number) for number in range(10)]


def test_a_shorter_run_moves_every_moment() -> None:
    assert Lurker(seat(5, seconds=30.0)).seat.arrives == 2.5
    assert seat(seconds=6.0).scaled(20) == 2.0


def test_a_connection_is_cut_when_the_scene_says() -> None:
    acts = list(Lurker(seat(), drop_at=9.0).plan())
    assert [(act.command, act.at) for act in acts if act.command == DROP] == [(DROP, 9.0)]


def test_a_chatter_writes_at_their_pace_and_at_least_once() -> None:
    acts = list(Chatter(seat(), pause=5, begin=10, end=50, claps=2).plan())
    says = [act.at for act in acts if act.command == "say"]
    assert 6 <= len(says) <= 11
    assert all(10 <= at < 50 for at in says)
    assert sum(act.command == PULSE for act in acts) > len(says)
    brief = Chatter(seat(), pause=100, begin=1, end=2).plan()
    assert any(act.command == "say" for act in brief)


def test_voters_vote_once_within_their_time_for_options_of_the_poll() -> None:
    story = scene().given("host", "draft_poll", id="p", question="Tea?", options=["Yes", "No"])
    voter = joined(story, Voter(seat(), within=10), "ada")
    story.given("host", "open_poll", poll="p")
    (vote,) = show(story, voter, "ada")
    assert vote.command == "vote"
    assert 0 <= vote.at <= 10
    story.given("ada", "vote", **vote.args).then_done()
    assert show(story, voter, "ada") == []


def test_supporters_tap_on_the_question_behind_the_one_in_the_spotlight() -> None:
    story = scene().given("bob", "ask", id="a", text="A?").given("cem", "ask", id="b", text="B?")
    supporter = joined(story, Supporter(seat(), within=20), "ada")
    story.given("host", "spotlight", question="a").given("host", "deck", question="b")
    (tap,) = show(story, supporter, "ada")
    assert (tap.command, tap.args) == ("support", {"question": "b"})
    assert 0 <= tap.at <= 20
    story.when("ada", "support", **tap.args).then_done()


@pytest.mark.parametrize("who", ["cem", "ada"])
def test_nobody_taps_on_their_own_question_or_twice(who: str) -> None:
    story = scene().given("bob", "ask", id="a", text="A?").given("cem", "ask", id="b", text="B?")
    story.given("ada", "support", question="b")
    supporter = joined(story, Supporter(seat(), within=20), who)
    story.given("host", "spotlight", question="a")
    assert show(story, supporter, who) == []


def test_an_asker_introduces_themselves_when_they_are_next() -> None:
    asker = Asker(seat(3), at=5)
    (ask,) = [act for act in asker.plan() if act.command == "ask"]
    story = scene().given("ada", "ask", id="q", **ask.args)
    joined(story, asker, "ada")
    story.given("host", "deck", question="q")
    (introduce,) = show(story, asker, "ada")
    story.when("ada", introduce.command, **introduce.args).then_done()


def test_guests_of_a_rehearsal_follow_the_demos_timetable_without_marks() -> None:
    plans = [list(Guest(seat(number, people=40, seconds=600.0)).plan()) for number in range(40)]
    acts = [act for plan in plans for act in plan]
    assert all(plan[0].command == ARRIVE for plan in plans if plan)
    said = [act.args["text"] for act in acts if act.command == "say"]
    assert said and not any("@" in text for text in said)


# the host


def at_the_desk(story: Scene, **duties: Any) -> Host:
    host = Host(seat(role="host"), **duties)
    joined(story, host, "host")
    return host


def test_a_host_opens_the_doors_and_greets_one_person_a_look() -> None:
    story = scene().given("host", "wait_session").given_each(["ada", "bob"], "arrive", **PEOPLE)
    host = at_the_desk(story)
    assert due(host, 0) == ["open_session", "greet"]
    story.given("host", "open_session").given("host", "greet", person="ada")
    show(story, host, "host")
    (greeting,) = [act for act in host.look(1) if act.command == "greet"]
    assert greeting.args["person"] == "bob"


def test_a_host_approves_what_is_held() -> None:
    story = scene(premoderated=True).given("ada", "ask", id="q", text="Why?")
    host = at_the_desk(story)
    assert "approve" in due(host, 0)


def test_a_host_brings_one_question_after_the_other_on_stage() -> None:
    story = scene().given("ada", "ask", id="a", text="A?").given("bob", "ask", id="b", text="B?")
    for person in ("ada", "bob"):
        story.given("host", "greet", person=person)
    host = at_the_desk(story, stage=StageTimes(begins=10, lasts=5))
    taken = []
    for now in (0, 10, 11, 12, 13, 20, 21, 22, 23, 24):
        show(story, host, "host")
        for act in list(host.look(now)):
            if act.command != LOOK:
                taken.append((now, act.command, act.args.get("question")))
                story.given("host", act.command, **act.args)
    assert taken[:4] == [(0, "queue", "a"), (0, "queue", "b"), (10, "deck", "a"), (11, "spotlight", "a")]
    answered = [(now, question) for now, command, question in taken if command == "answer"]
    assert answered == [(20, "a")]
    assert (21, "spotlight", "b") in taken


def test_a_host_drafts_opens_closes_and_reveals_a_poll_in_time() -> None:
    story = scene()
    host = at_the_desk(story, polls=[POLL])
    taken = []
    for now in (0, 5, 9, 10, 19, 20, 20.5, 21, 30):
        show(story, host, "host")
        for act in [act for act in host.look(now) if act.command.endswith("_poll")]:
            taken.append((now, act.command))
            story.given("host", act.command, **act.args)
    assert taken == [(0, "draft_poll"), (10, "open_poll"), (20, "close_poll"), (21, "reveal_poll")]


def test_a_host_leaves_an_earlier_poll_alone_and_clears_the_stage_of_an_earlier_question() -> None:
    story = scene().given("host", "draft_poll", id="p", question=POLL.question, options=["Tea", "Coffee"])
    story.given("ada", "ask", id="q", text="Why?").given("host", "spotlight", question="q")
    story.given("host", "greet", person="ada")
    host = at_the_desk(story, polls=[POLL], stage=StageTimes(begins=10, lasts=60))
    assert due(host, 0) == ["draft_poll", "answer"]


def test_a_step_that_is_on_its_way_is_not_taken_twice() -> None:
    host = at_the_desk(scene(), polls=[POLL])
    assert due(host, 0) == ["draft_poll"]
    assert due(host, 0.5) == []
    assert due(host, FEEDBACK) == ["draft_poll"]
